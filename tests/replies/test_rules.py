from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.replies.rules import (
    DAYS,
    Ground,
    LinkState,
    Ruling,
    check_decision,
    days_for,
    named_in,
    state,
)
from tests.support.world import NOVEMBER

HER = ("Mirjana Tajnovska", "Eyes of Polog", "mira.t@marks.example")
LETTERS = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=3, max_size=10)
SOON, LATER = NOVEMBER + timedelta(days=1), NOVEMBER - timedelta(days=1)


@pytest.mark.parametrize(
    ("moments", "become"),
    [
        ((SOON, None, None, None), LinkState.OPEN),
        ((LATER, None, None, None), LinkState.EXPIRED),
        ((NOVEMBER, None, None, None), LinkState.EXPIRED),
        ((SOON, None, None, NOVEMBER), LinkState.WITHDRAWN),
        ((SOON, None, NOVEMBER, None), LinkState.FORGONE),
        ((LATER, NOVEMBER, None, None), LinkState.ANSWERED),
    ],
)
def test_what_becomes_of_a_link(moments, become):
    assert state(*moments, now=NOVEMBER) is become


@given(st.integers(0, 30))
def test_a_link_lives_at_least_as_long_as_the_deadline(days):
    assert days_for(days) in DAYS
    assert days_for(days) >= days


@pytest.mark.parametrize(
    "text",
    [
        "Ask Mirjana who paid her.",
        "Прашајте ја Мирјана.",
        "What Tajnovska writes is a lie.",
        "Ја знаеме Мирјано, каде живееш.",
        "the eyes, of POLOG, lie",
        "write to mira.t@marks.example",
    ],
)
def test_a_text_that_points_at_somebody_is_noticed_in_any_script_and_form(text):
    assert list(named_in(text, [HER]))


@pytest.mark.parametrize("text", ["", "The eyes of the law are on Polog.", "The mir is a village."])
def test_other_texts_are_not(text):
    assert not list(named_in(text, [HER, ("", "", "")]))


@given(LETTERS, LETTERS, LETTERS)
def test_her_name_is_found_wherever_it_stands(before, name, after):
    assert name in named_in(f"{before} {name}. {after}", [(name, "", "")])


@pytest.mark.parametrize(
    ("ruling", "ground", "reason", "field"),
    [
        (None, None, "", "ruling"),
        (Ruling.DECLINE, None, "It calls us names.", "ground"),
        (Ruling.DECLINE, Ground.INSULT, "  ", "reason"),
    ],
)
def test_what_a_decision_needs(ruling, ground, reason, field):
    with pytest.raises(RuleBroken) as broken:
        check_decision(ruling, ground, reason)

    assert broken.value.field == field


def test_to_publish_needs_no_reason():
    check_decision(Ruling.PUBLISH, None, "")
