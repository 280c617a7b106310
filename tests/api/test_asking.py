"""What may be asked of the API, to the last sign: as rules, without a database."""

from collections.abc import Callable

import pytest

from mobilizer.api.rules.asking import (
    LAST_PAGE,
    by_word,
    language_code,
    one_of,
    page_number,
    said_once,
    sought_words,
)
from mobilizer.core.errors import RuleBroken
from mobilizer.scorecards.rules import By
from mobilizer.search.rules.words import LONGEST_ASKED

OFFERED = ("en", "mk")


def test_what_is_not_asked_for_is_told_as_that() -> None:
    assert (page_number(None), by_word(None), language_code(None, OFFERED)) == (1, None, None)
    assert sought_words(None) == sought_words("") == ""


def test_what_can_be_asked_is_read() -> None:
    assert (page_number("1"), page_number(str(LAST_PAGE))) == (1, LAST_PAGE)
    assert by_word("topic") is By.TOPIC
    assert language_code("mk", OFFERED) == "mk"
    assert one_of("rating", "kept", iter(["kept", "broken"])) == "kept"
    assert sought_words("ж" * LONGEST_ASKED) == "ж" * LONGEST_ASKED


def test_what_is_said_twice_is_refused_by_its_name() -> None:
    said_once(["page", "cycle"])
    with pytest.raises(RuleBroken) as refused:
        said_once(["page", "cycle", "page"])
    assert refused.value.params["name"] == "page"


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        *((page_number, one) for one in ("0", "01", "-1", "1.0", "", "x", "１", "1\n", "9" * 30)),
        (page_number, str(LAST_PAGE + 1)),
        *((by_word, one) for one in ("", "Topic", "colour")),
        *((lambda asked: language_code(asked, OFFERED), one) for one in ("", "sq", "MK")),
        (lambda asked: one_of("rating", asked, ["kept"]), "broken"),
        (sought_words, "x" * (LONGEST_ASKED + 1)),
    ],
)
def test_what_cannot_be_asked_is_refused(read: Callable[[str], object], asked: str) -> None:
    with pytest.raises(RuleBroken):
        read(asked)
