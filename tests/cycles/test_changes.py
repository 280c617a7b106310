"""What was changed of a cycle's settings: told at the desk, and of rules in public."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.actions import Settings, change
from mobilizer.cycles.queries.changes import settled
from mobilizer.cycles.rules import Level, Quotas
from mobilizer.cycles.rules.settings import INSIDE, LABELS, RULES, changes, rule_changes

STEPS = "section[aria-labelledby=happened] li"
BEFORE, DURING = datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 12, 9, 23, 30, tzinfo=UTC)


@pytest.fixture
def cycle(make):
    return make.cycle(
        "mk-2026", first_month="2026-11", last_month="2027-10", is_public=True, is_current=True
    )


def settings_of(cycle, **other):
    kept = {name: getattr(cycle, name) for name in Settings.__dataclass_fields__}
    quotas = Quotas.from_data(cycle.quotas)
    return Settings(**{**kept, "quotas": quotas, "election": cycle.election, **other})


def changed(cycle, by, when=DURING, **other):
    with clock.at(when):
        change(cycle, settings_of(cycle, **other), by=by)
        db.session.commit()


# --- what is told


def test_the_page_of_a_cycle_tells_what_went_from_what_to_what(make, page, cycle):
    cora = make.coordinator(cycle=cycle, language="en")
    changed(
        cycle,
        cora,
        names={**cycle.names, "sq": "Premtimet"},
        level=Level.LOCAL if cycle.level is Level.CENTRAL else Level.CENTRAL,
        last_month=date(2027, 12, 1),
        quotas=Quotas(mobilizers=4, mentors=1, mobilizers_in={"MK008": 3}),
        review_days=9,
        reply_days=14,
    )
    page.sign_in(cora)

    told = "\n".join(page.get("cycles.show", code=cycle.code).texts(STEPS))

    assert "“Days for a reply before publication” was 0 and is now 14" in told
    assert "“Days for a review” was 7 and is now 9" in told
    assert "“Last month” was October 2027 and is now December 2027" in told
    assert "government and is now " in told
    assert "“Mobilizers (Skopje Region)” was – and is now 3" in told
    assert "“Name (Shqip)” was Cikli mk-2026 and is now Premtimet" in told


def test_the_log_and_its_file_tell_it_too(make, page, cycle):
    cora = make.coordinator(cycle=cycle)
    changed(cycle, cora, second_share=30)
    page.sign_in(cora)
    says = "“Reports that go to a second mentor, in percent” was 10 and is now 30"

    assert says in page.get("desk.audit")
    assert says in page.post("desk.export", expect=200).source


def test_every_setting_has_a_name_and_is_a_rule_unless_it_was_weighed():
    unnamed = {"names", "quotas"}

    assert set(Settings.__dataclass_fields__) - unnamed == set(LABELS)
    assert set(LABELS) > INSIDE
    assert {"reply_days", "second_share", "least_rated", "closes_day"} <= RULES


@given(st.dictionaries(st.text(), st.integers()), st.dictionaries(st.text(), st.integers()))
def test_what_is_the_same_is_not_told_and_all_else_is(before, after):
    told = list(changes({"names": {"from": before, "to": after}}))

    assert {one.of for one in told} == {
        code for code in {*before, *after} if before.get(code) != after.get(code)
    }


def test_no_plan_and_no_unknown_word_is_a_rule():
    logged = {"quotas": {"from": {"mentors": 1}, "to": {"mentors": 2}}, "secret": {"to": "x"}}

    assert [one.name for one in changes(logged)] == ["quotas"]
    assert list(rule_changes(logged)) == []


# --- in public


def test_the_method_page_lists_what_was_changed_after_the_cycle_began(make, page, cycle):
    cora = make.coordinator(cycle=cycle, full_name="Cora Cvetkovska", alias="Quiet Lake")
    changed(cycle, cora, BEFORE, second_share=20)
    changed(cycle, cora, reply_days=14, review_days=9)

    with clock.at(DURING):
        shown = page.get("scorecards.method", lang="en")

    assert shown.texts("#changes li") == [
        "10 December 2026 · “Days for a reply before publication” was 0 and is now 14"
    ]
    assert "23:30" not in shown.source
    assert not [one for one in (cora.full_name, cora.alias) if one in shown.source]


def test_nothing_changed_is_said_too(page, cycle):
    shown = page.get("scorecards.method", lang="en")

    assert "Since then no rule that bears on what is published was changed." in shown


def test_putting_the_first_month_off_hides_no_change(make, cycle):
    cora = make.coordinator(cycle=cycle)
    cycle.is_public = cycle.is_current = False
    changed(cycle, cora, reply_days=14)
    changed(cycle, cora, first_month=date(2027, 3, 1))

    found = settled(cycle)

    assert found.began == date(2026, 11, 1)
    assert [one.change.name for one in found.changes] == ["first_month", "reply_days"]


def test_the_form_says_that_it_will_be_shown(make, page, cycle):
    page.sign_in(make.coordinator(cycle=cycle))

    assert "is shown on its public page" in page.get("cycles.edit", code=cycle.code)


# --- what stays


@pytest.mark.parametrize(("when", "is_public"), [(BEFORE, True), (DURING, False)])
def test_before_the_public_relies_on_it_the_least_number_can_be_changed(
    make, cycle, when, is_public
):
    cycle.is_public = cycle.is_current = is_public
    changed(cycle, make.coordinator(cycle=cycle), when, least_rated=8)

    assert cycle.least_rated == 8


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("least_rated", 8),
        ("time_zone", "Pacific/Kiritimati"),
        ("first_month", date(2026, 12, 1)),
    ],
)
def test_once_a_public_cycle_has_begun_what_bears_on_its_past_stays(make, cycle, name, other):
    cora, before = make.coordinator(cycle=cycle), getattr(cycle, name)
    db.session.commit()

    with pytest.raises(RuleBroken) as broken:
        changed(cycle, cora, **{name: other}, reply_days=14)

    db.session.rollback()
    assert broken.value.field == name
    assert (getattr(cycle, name), cycle.reply_days) == (before, 0)


def test_a_public_cycle_ends_no_earlier_than_its_last_month_that_is_over(make, cycle):
    """Each month that is over has a release, at an address that stays."""
    cora, when = make.coordinator(cycle=cycle), datetime(2027, 2, 9, tzinfo=UTC)
    db.session.commit()

    with pytest.raises(RuleBroken) as broken:
        changed(cycle, cora, when=when, last_month=date(2026, 12, 1))

    db.session.rollback()
    assert broken.value.field == "last_month"
    changed(cycle, cora, when=when, last_month=date(2027, 1, 1))
    changed(cycle, cora, when=datetime(2028, 2, 9, tzinfo=UTC), reply_days=14)
    assert cycle.last_month == date(2027, 1, 1)


def test_a_public_cycle_can_begin_earlier_than_it_was_said(make, cycle):
    changed(cycle, make.coordinator(cycle=cycle), first_month=date(2026, 9, 1))

    assert cycle.first_month == date(2026, 9, 1)


def test_hiding_a_cycle_for_a_moment_does_not_free_the_least_number(make, cycle):
    cora = make.coordinator(cycle=cycle)
    changed(cycle, cora, is_public=False, is_current=False)

    with pytest.raises(RuleBroken) as broken:
        changed(cycle, cora, least_rated=50)

    db.session.rollback()
    assert broken.value.field == "least_rated"
