"""What a picture says, in words: for whoever does not see it, and for search engines."""

import pytest

from tests.sharing.cards import NOTES, a_promise, a_score, pieces


def test_a_score_says_its_number_its_day_where_somebody_looked_and_then_the_counts() -> None:
    assert a_score().in_words == (
        "Elections 2024. Health. 41\u00a0% fulfilled, of 57 rated promises. "
        "57 of 146 promises are rated, as of 29 November 2026. Method, version 1.0. "
        "25 of 80 municipalities are monitored; no conclusion about the others. "
        "Kept: 12, Partly kept: 9, In progress: 20, Stalled: 8, Not started: 4, Broken: 4, "
        "Cannot be rated: 2, Not yet rated: 87"
    )


def test_where_there_is_no_score_that_is_a_sentence_of_its_own() -> None:
    few = a_score(
        figure="No score yet", words="2 promises are rated; a score takes 5.", has_score=False,
        pieces=pieces(2, 0, 0, 0, 0, 0, 0, 3), notes=NOTES[1:], covered="",
    )  # fmt: skip
    assert few.in_words == (
        "Elections 2024. Health. No score yet. 2 promises are rated; a score takes 5. "
        "Method, version 1.0. Kept: 2, Not yet rated: 3"
    )


def test_a_promise_says_its_words_whose_they_are_and_how_it_stands() -> None:
    assert a_promise(banner="Demonstration: all of this is invented").in_words == (
        "Demonstration: all of this is invented. Elections 2024. New kindergartens. "
        "“We will build twenty-five kindergartens.” Bridge Party. Kept. Method, version 1.0"
    )


@pytest.mark.parametrize(
    ("language", "quote"),
    [("en", "“{}”"), ("sq", "„{}“"), ("mk", "„{}“"), ("sr-Latn", "„{}”")],
)
@pytest.mark.parametrize(
    ("words", "told"), [("More!", "More!{}"), ("More.", "More.{}"), ("More", "More{}.")]
)
def test_a_promise_is_quoted_as_its_page_quotes_and_ends_once(
    language: str, quote: str, words: str, told: str
) -> None:
    opened, closed = quote.split("{}")
    said = a_promise(language=language, quote=words).in_words
    assert f"kindergartens. {opened}{told.format(closed)} Bridge Party." in said


def test_whatever_is_said_otherwise_is_another_picture() -> None:
    marks = {
        a_score(**changed).mark(shape)
        for shape in ("wide", "chart")
        for changed in ({}, {"covered": ""}, {"source": "other.example"}, {"notes": NOTES[:1]})
    }
    assert len(marks) == 8
