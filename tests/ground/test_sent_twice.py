"""Every form sent twice, as an impatient thumb does: one effect, and never a bare error page."""

from typing import Any

import pytest
from flask import Flask

from tests.ground.test_roles import MAY_NOT_ACT, digest, enter, expected
from tests.support.answers import Answer
from tests.support.applications import application
from tests.support.filled import DATA, NEEDS_MORE
from tests.support.page import Page
from tests.support.world import WHO, World

A_COPY = "each copy that leaves the house is noted"
#: What does more the second time, or is not there any more, and why that is right.
TWICE_IS_TWO = {
    "desk.export": A_COPY,
    "mentoring.export": A_COPY,
    "progress.as_table": A_COPY,
    "progress.as_workbook": A_COPY,
    "sheets.month": A_COPY,
    "sheets.one": A_COPY,
    "people.invite": "a link is shown once: the second is another, and the first can be withdrawn",
    "people.way_back": "a link is shown once",
    "promises.change": "each begins a draft of its own, which is thrown away unread",
    "replies.make": "a link is shown once",
}
GONE = {"promises.discard": "a draft that is thrown away is told from another's by nobody"}

#: What is refused in this world already.
NOTHING_TO_DO = {"promises.keep_copy"}


def forms() -> list[str]:
    """The views that take a form at the desk, in the field and from whoever replies."""
    places = ("/desk/", "/field/", "/account/reply/")
    rules = application("sqlite://").url_map.iter_rules()
    found = {
        rule.endpoint
        for rule in rules
        if "POST" in (rule.methods or ()) and rule.rule.startswith(places)
    }
    return sorted(found - NEEDS_MORE)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("view", forms())
def test_sent_twice_it_is_done_once_and_answered_kindly(
    app: Flask, page: Page, world: World, view: str
) -> None:
    may = [who for who in WHO if expected(app, view, who) == "let in"]
    enter(page, world, [who for who in may if who not in MAY_NOT_ACT.get(view, ())][-1])
    address = page.address(view, **world.values(view))
    form = page._hidden(address) | world.filled(DATA.get(view, {}))
    came = address if page._can_be_asked_for(address.partition("?")[0]) else "/account/"
    headers = {"Referer": f"http://localhost{came}", "Sec-Fetch-Site": "same-origin"}

    def send() -> Answer:
        return page.post(address, data=form, headers=headers, expect=None)

    first, done = send(), digest()
    second = send()

    assert first.status < 400 or view in NOTHING_TO_DO, f"{first.status}: {first.text}"
    if view not in GONE:
        assert not is_bare(second), second.text
    if view not in TWICE_IS_TWO:
        assert digest() == done, "done twice"


def is_bare(answer: Answer) -> bool:
    """Whether nothing but an error came back: no way on, no form, no word of what was done."""
    return answer.status >= 400 and bool(answer.query("#content a.button[href='/']"))


def test_what_was_written_is_shown_where_it_can_no_longer_be_taken(
    page: Page, world: World
) -> None:
    enter(page, world, "coordinator")
    number = world.records["checked"]
    reason = "Its target is missing."
    form = page._hidden(page.address("promises.reopen", number=number))
    data: dict[str, Any] = form | {"seen": world.records["checked mark"], "reason": reason}
    came = page.address("promises.show", number=number)
    headers = {"Referer": f"http://localhost{came}", "Sec-Fetch-Site": "same-origin"}
    page.post("promises.reopen", number=number, data=data)

    answer = page.post("promises.reopen", number=number, data=data, headers=headers, expect=409)

    assert reason in answer.texts(".said-as-typed")
    assert answer.query(f'a.button[href="{came}"]')


@pytest.mark.parametrize(
    "came",
    [
        "https://elsewhere.example/desk/",
        "http://localhost//elsewhere.example",
        "http://localhost/x",
        "http://[bad/",
    ],
)
def test_nobody_is_led_back_to_another_site_or_to_nothing(
    page: Page, world: World, came: str
) -> None:
    enter(page, world, "coordinator")
    headers = {"Referer": came, "Sec-Fetch-Site": "same-origin"}

    page.post("people.reactivate", user_id=world.people["mobilizer"], headers=headers, expect=409)


def test_every_exception_is_a_form_that_is_there() -> None:
    assert set(TWICE_IS_TWO) | set(GONE) | set(NOTHING_TO_DO) <= set(forms())
