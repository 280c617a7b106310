"""How long the old page is shown while the new one is made, and who makes it."""

from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.pages import DRAWN
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


def test_pages_are_made_made_anew_and_all_else_answered_by_others(front: Front) -> None:
    pages, again, desk, pictures = (lambda *_: nobody() for _ in range(4))
    front.begin(pages, again, desk, pictures)
    assert (front.inner, front.again, front.desk, front.pictures) == (pages, again, desk, pictures)


def test_pictures_and_nothing_else_are_asked_of_who_draws(app: Flask, front: Front) -> None:
    """Or they would wait where people work, of whom few can be answered at once."""
    front.desk, front.pictures = (lambda *_, name=name: [name] for name in (b"desk", b"pictures"))

    def asked(path: str, method: str = "GET") -> list[bytes]:
        return list(front({"PATH_INFO": path, "REQUEST_METHOD": method}, nobody))

    for rule in app.url_map.iter_rules():
        is_picture = rule.endpoint in ("sharing.picture", "sharing.picture_of_cycle")
        assert rule.rule.startswith(DRAWN) == is_picture
    assert asked(f"{DRAWN}en/x") == asked(f"{DRAWN}en/x", "HEAD") == [b"pictures"]
    assert asked(f"{DRAWN}en/x", "POST") == asked("/desk/") == asked(f"/{DRAWN}x") == [b"desk"]


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
    front.begin(nobody, nobody, nobody, nobody)
    began = monotonic()
    while not front._took:
        assert monotonic() - began < LONGEST
        sleep(0.01)
