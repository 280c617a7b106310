"""While her second look is open, the desk tells neither whose report it is nor what was decided.

The hardest case: a promise for the whole country, which is her own region's to follow as well, and
whose page she therefore reads every day.
"""

import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from mobilizer.accounts.models import User
from mobilizer.agreement.models import SecondLook
from mobilizer.assignments.models import Handover
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry
from mobilizer.promises.actions.history import note
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.page import Page

#: So many pages of one kind are looked at: the others are the same with another filter.
MOST_OF_A_KIND = 2
REASON = "It is kept, because the roof is on and the doors are open."
SAID = "A word between the first mentor and her."
#: What a walk that was worth something has come by.
MUST_SEE = {
    "agreement.index",
    "agreement.show",
    "assignments.index",
    "assignments.show",
    "board.index",
    "conversation.mentions",
    "conversation.messages",
    "desk.home",
    "people.index",
    "progress.behind",
    "progress.index",
    "promises.index",
    "promises.show",
    "review.queue",
    "review.show",
    "sheets.month",
}


@dataclass
class Case:
    """A report of Polog, decided on, and the mentor of Vardar who still is to look at it."""

    entry: Entry
    look: SecondLook
    own: Entry

    @property
    def author(self) -> User:
        return self.entry.assignment.mobilizer

    @property
    def far(self) -> User:
        assert self.look.coder is not None
        return self.look.coder


@pytest.fixture
def case(make: Builders) -> Case:
    first, far = make.mentor("Polog"), make.mentor("Vardar")
    author = make.mobilizer("Polog", mentor=first, full_name="Ana Anovska", alias="Swift Heron")
    promise = make.promise(logged_by=author, checked_by=first)
    record(author, "promise.log", promise, number=promise.number)
    record(first, "promise.check", promise)
    note(promise, "focus", "", "Schools", by=author, reason="It was left out.")
    entry = make.odd_report(make.assignment(author, promise=promise), "kept")
    entry.revisions[0].answers["rating_reason"] = REASON
    own = make.report(
        make.assignment(make.mobilizer("Vardar", mentor=far), promise=promise), "stalled"
    )
    make.comment(own, text=f"See #{promise.number}.", author=far)
    look = make.drawn(entry)
    assert look is not None
    assert look.coder is far
    make.decision(entry, "approve", whole=SAID)
    make.comment(entry, text=SAID)
    return Case(entry, look, own)


def walked(app: Flask, page: Page, case: Case) -> dict[str, list[Answer]]:
    """All the desk's pages that she can open: by every route, and by every link on them."""
    promise, entry = case.look.revision.entry.assignment.promise, case.entry
    named = {
        "number": promise.number,
        "entry_id": entry.id,
        "assignment_id": entry.assignment_id,
        "look_id": case.look.id,
        "code": promise.cycle.code,
        "cycle": promise.cycle.code,
        "month": f"{entry.month:%Y-%m}",
        "user_id": case.author.id,
        "posting_id": case.author.postings[0].id,
        "uid": entry.evidence[0].id,
        "comment_id": 1,
        "step": "words",
        "mobilizer": case.author.id,
    }
    inside = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and declared(app.view_functions[rule.endpoint]) not in (PUBLIC, ANYONE)
        and rule.arguments - set(rule.defaults or ()) <= set(named)
    ]
    filters = {name: named[name] for name in ("mobilizer", "month", "cycle")}
    paths = sorted({address(page, rule, named, filters) for rule in inside})
    found: dict[str, list[Answer]] = {}
    known, router = set(paths), app.url_map.bind("localhost")
    while paths:
        path = paths.pop(0)
        endpoint, _ = router.match(path.partition("?")[0])
        if len(found.get(endpoint, ())) == MOST_OF_A_KIND:
            continue
        answer = page.get(path, expect=None)
        if answer.status != 200:
            continue
        found.setdefault(endpoint, []).append(answer)
        links = set(map(unescape, re.findall(r'href="(/(?:desk|field)/[^"#]*)', written(answer))))
        paths += sorted(links - known)
        known |= links
    return found


def saved(page: Page, case: Case) -> dict[str, list[Answer]]:
    """The files of the month that she can save."""
    cycle, month = case.entry.assignment.cycle.code, f"{case.entry.month:%Y-%m}"
    return {
        view: [page.post(view, expect=200, cycle=cycle, month=month, **narrowed)]
        for view, narrowed in (
            ("sheets.month", {}),
            ("progress.as_table", {"by": "mobilizer"}),
            ("progress.as_workbook", {"by": "mentor"}),
        )
    }


def address(page: Page, rule: Any, named: dict[str, Any], filters: dict[str, Any]) -> str:
    """The address of a view, narrowed as far as it can be to what is to be hidden."""
    values = {name: value for name, value in named.items() if name in rule.arguments}
    return page.address(rule.endpoint, **filters | values)


def written(answer: Answer) -> str:
    """All that can be read of an answer, a workbook too."""
    if not answer.body.startswith(b"PK"):
        return answer.body.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.body)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_no_page_of_the_desk_tells_a_second_mentor_who_it_was_or_what_was_decided(
    app: Flask, make: Builders, page: Page, case: Case
) -> None:
    finding = db.session.query(Finding).filter_by(revision_id=case.look.revision_id).one()
    author = case.author
    first = case.entry.assignment.mentor
    hidden = {
        "her name": author.full_name,
        "her alias": author.alias,
        "what she signs in with": author.sign_in_name,
        "the first mentor": first.shown_name,
        "the reason": REASON,
        "the first mentor's words": SAID,
        "the finding": finding.hash,
        "her report": case.entry.id,
        "her assignment": case.entry.assignment_id,
        "its public page": f"/promises/{finding.promise.number}?cycle",
    }
    page.sign_in(case.far)

    seen = walked(app, page, case) | saved(page, case)

    told = {
        f"{what} at {answer.path}"
        for answers in seen.values()
        for answer in answers
        for what, word in hidden.items()
        if word in unescape(written(answer))
    }
    rated = {
        answer.path
        for answers in seen.values()
        for answer in answers
        if answer.is_html and "Kept" in answer.texts(".chip")
    }
    assert not told
    assert not rated
    assert set(seen) >= MUST_SEE


def test_her_own_people_are_still_named_on_the_same_promise(page: Page, case: Case) -> None:
    hers = case.own.assignment.mobilizer
    promise = case.own.assignment.promise
    record(hers, "promise.change", promise, fields=["focus"])
    page.sign_in(case.far)

    assert hers.shown_name in page.get("promises.show", number=promise.number)
    assert hers.shown_name in page.get("review.show", entry_id=case.own.id)


@pytest.mark.parametrize("knows", ["her other region", "another cycle", "all", "who had it before"])
def test_never_who_may_know_by_another_way_whose_it_is(make: Builders, knows: str) -> None:
    own, near = make.mentor("Polog"), make.mentor("Vardar")
    author = make.mobilizer("Polog", mentor=own)
    held = make.assignment(author)
    if knows == "her other region":
        make.posting(author, "mobilizer", "Vardar", ended_at=clock.now())
    elif knows == "another cycle":
        elsewhere = make.cycle()
        make.posting(author, "mobilizer", "Skopje", cycle=elsewhere)
        make.posting(near, "coordinator", cycle=elsewhere)
    elif knows == "all":
        make.posting(near, "administrator")
    else:
        before = make.assignment(
            make.mobilizer("Pelagonia", mentor=near), promise=held.promise, mentor=near
        )
        make._keep(
            Handover(
                ended_id=before.id,
                begun_id=held.id,
                first_month=held.first_month,
                was_until=held.last_month,
                reason="She moves.",
                made_at=clock.now(),
            )
        )

    look = make.drawn(make.report(held))

    assert look is not None
    assert look.coder is None
