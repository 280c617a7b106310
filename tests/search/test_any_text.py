"""Whatever is typed, in whatever script: no error, and what plain reading finds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.search import actions as search
from mobilizer.search.models import Findable
from mobilizer.search.rules.numbers import numbers
from mobilizer.search.rules.words import LONGEST_ASKED, MOST_WORDS, asked
from tests.builders import Builders
from tests.search.test_both_alike import by_reading
from tests.support.page import Page
from tests.support.searching import each, ranked

#: What the two databases, an address and a page each take for their own.
SIGNS = (
    '"',
    "'",
    "''",
    "\\",
    "\\'",
    "*",
    "^",
    ":",
    "(",
    ")",
    "+",
    "-",
    "{",
    "}",
    "&",
    "|",
    "!",
    "<->",
    "@@",
    "%",
    "_",
    ";",
    "--",
    "/*",
    "\x00",
    "\n",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ud800",
    "🙂",
    "👩‍👩‍👧",
    "NEAR",
    "AND",
    "OR",
    "NOT",
    "words:",
    ":*",
    "<b>",
    "&amp;",
    "٧",
    "७",
    "𝟟",
    "Ⅷ",
    "½",
    "١٢٣",
    "училишта",
    "ucilista",
    "shkolla",
    "中文",
    "İ",
    "ß",
    "ﬁ",
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=14).map("".join),
    st.lists(st.sampled_from(SIGNS), max_size=14).map(" ".join),
    st.tuples(st.sampled_from(SIGNS), st.integers(1, 4_000)).map(lambda pair: pair[0] * pair[1]),
)
IN_ONE_DATABASE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def rows(app: object) -> dict[int, str]:
    """A promise of each sign, and one of all."""
    for number, sign in enumerate(SIGNS, 1):
        search.write(number, [f"{sign} school"], [f"{sign}road"])
    search.keep(len(SIGNS) + 1, [" ".join(SIGNS)])
    for term in ("+scool", "~road*", "~77", "+ucilist*"):
        search.keep_set(term)
    db.session.commit()
    return dict(db.session.execute(db.select(Findable.number, Findable.words)).all())


@given(text=TEXTS)
@IN_ONE_DATABASE
def test_any_text_finds_what_plain_reading_finds(rows: dict[int, str], text: str) -> None:
    words = asked(text).words
    found = [list(numbers(rank)) for rank in ranked(words)]
    assert found == (by_reading(rows, words) if words else [[], [], []])
    assert set(each(words)) == set(words)


@given(text=TEXTS)
def test_what_is_looked_for_has_its_bounds_and_plain_letters(text: str) -> None:
    looked_for = asked(text)
    assert len(looked_for.words) <= MOST_WORDS
    assert all(len(word) <= LONGEST_ASKED and word.isalnum() for word in looked_for.words)
    assert asked(" ".join(looked_for.words)).words == looked_for.words


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    """A public cycle with a promise of everything."""
    cycle: Cycle = make.cycle(is_public=True)
    make.promise(" ".join(sign for sign in SIGNS if sign not in "\x00\ud800"), cycle=cycle)
    db.session.commit()
    return cycle


@given(text=TEXTS.filter(lambda text: "\x00" not in text), data=st.data())
@IN_ONE_DATABASE
def test_any_text_in_every_field_gets_a_page(
    cycle: Cycle, page: Page, text: str, data: st.DataObject
) -> None:
    sent = text.encode("utf-8", "replace").decode()
    named = ("q", "topic", "party", "region", "rating", "page", "cycle")
    others = data.draw(st.sets(st.sampled_from(named)))
    asked_for = dict.fromkeys(others, sent[:2_000]) | {"q": sent[:3_000]}
    answer = page.client.get("/mk/promises/", query_string=asked_for)
    is_off_a_list = bool(sent) and not others.isdisjoint(("topic", "party", "region", "rating"))
    refused = 400 if is_off_a_list else 200
    assert answer.status_code == (404 if sent and "cycle" in others else refused)
