"""How long the old page is shown while the new one is made, and who makes it."""

from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from mobilizer.publication.rules.asking import Key
from mobilizer.publication.views.front import MOST_PATIENT, Front

#: How long anything is waited for, in seconds; a wait costs only as long as it lasts.
LONGEST = 30
HOME: Any = Key("/en/", "")


class Still:
    """Nothing is known of any publication."""

    patience = 0.5

    def stamp(self) -> None:
        """None is in force."""

    ask = stamp


@pytest.fixture
def front(app: Flask) -> Front:
    return Front(app, Still())


def nobody(*_: object) -> Any:
    """Stands for an application."""


def test_pages_are_made_made_anew_and_all_else_answered_by_three(front: Front) -> None:
    pages, again, desk = (lambda *_: nobody() for _ in range(3))
    front.begin(pages, again, desk)
    assert (front.inner, front.again, front.desk) == (pages, again, desk)


def test_however_long_a_page_takes_the_old_one_is_shown_for_a_few_seconds_at_most(
    front: Front,
) -> None:
    front._took = 1_000_000.0
    over: Any = SimpleNamespace(ended=monotonic() - MOST_PATIENT)
    assert not front._may_wait(over)
    just: Any = SimpleNamespace(ended=monotonic() + LONGEST)
    assert front._may_wait(just)


def test_a_page_waits_to_be_made_once_and_how_long_it_took_is_remembered(front: Front) -> None:
    for _ in range(3):
        front._make_later(HOME)
    assert front._waiting.qsize() == 1
    front.begin(nobody, nobody, nobody)
    began = monotonic()
    while not front._took:
        assert monotonic() - began < LONGEST
        sleep(0.01)
