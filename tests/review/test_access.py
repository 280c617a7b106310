"""Every view of the review desk × everybody who might try it."""

import pytest

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.rules.workflow import EntryState

NO_DOOR, FORBIDDEN, UNKNOWN, SHOWN, DONE, REFUSED, AGAIN = 302, 403, 404, 200, 302, 409, 422

#: who -> what comes of: the queue, looking at a report, deciding on it, letting it in,
#: the list of what says the same, approving from it.
EVERYBODY = {
    "nobody": (NO_DOOR, NO_DOOR, REFUSED, REFUSED, NO_DOOR, REFUSED),
    "its mobilizer": (FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    "another mobilizer": (FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    "an administrator": (FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    "a mentor of its region": (SHOWN, SHOWN, DONE, FORBIDDEN, SHOWN, DONE),
    "its mentor from elsewhere": (SHOWN, SHOWN, DONE, FORBIDDEN, SHOWN, DONE),
    "a mentor of another region": (SHOWN, UNKNOWN, UNKNOWN, FORBIDDEN, SHOWN, DONE),
    "a mentor of its region in another cycle": (SHOWN, UNKNOWN, UNKNOWN, FORBIDDEN, SHOWN, DONE),
    "a mentor whose posting has ended": (
        FORBIDDEN,
        FORBIDDEN,
        FORBIDDEN,
        FORBIDDEN,
        FORBIDDEN,
        FORBIDDEN,
    ),
    "a mentor who wrote it": (SHOWN, SHOWN, AGAIN, FORBIDDEN, SHOWN, DONE),
    "its coordinator": (SHOWN, SHOWN, DONE, DONE, SHOWN, DONE),
    "a coordinator who wrote it": (SHOWN, SHOWN, AGAIN, DONE, SHOWN, DONE),
    "a coordinator of another cycle": (SHOWN, UNKNOWN, UNKNOWN, UNKNOWN, SHOWN, DONE),
}
VIEWS = {
    "review.queue": "GET",
    "review.show": "GET",
    "review.decide": "POST",
    "review.release": "POST",
    "review.same": "GET",
    "review.approve_together": "POST",
}
#: Looked at by ``test_reopening.py`` and ``test_workflow.py``.
ELSEWHERE = {"review.how": "GET", "review.reopen": "POST"}


def a_mentor_gone(make):
    mentor = make.user()
    make.posting(mentor, "mentor", "Polog", ended_at=mentor.created_at)
    return mentor


def who_also_writes(make, role):
    user = make.user()
    make.posting(user, "mobilizer", "Polog")
    make.posting(user, role, "Polog" if role == "mentor" else None)
    return user


def cast(make, who):
    """The person, and a report that waits."""
    writer = {
        "a mentor who wrote it": lambda: who_also_writes(make, "mentor"),
        "a coordinator who wrote it": lambda: who_also_writes(make, "coordinator"),
    }.get(who, lambda: make.mobilizer("Polog"))()
    mentor = make.mentor("Skopje" if who == "its mentor from elsewhere" else "Polog")
    entry = make.report(make.assignment(writer, mentor=mentor))
    person = {
        "nobody": lambda: None,
        "its mobilizer": lambda: writer,
        "another mobilizer": lambda: make.mobilizer("Polog"),
        "an administrator": make.administrator,
        "a mentor of its region": lambda: make.mentor("Polog"),
        "its mentor from elsewhere": lambda: mentor,
        "a mentor of another region": lambda: make.mentor("Skopje"),
        "a mentor of its region in another cycle": lambda: make.mentor("Polog", cycle=make.cycle()),
        "a mentor whose posting has ended": lambda: a_mentor_gone(make),
        "its coordinator": make.coordinator,
        "a coordinator of another cycle": lambda: make.coordinator(cycle=make.cycle()),
    }.get(who, lambda: writer)()
    return person, entry


def test_no_view_is_left_out(app):
    stated = {
        rule.endpoint: "POST" if "POST" in rule.methods else "GET"
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("review.")
    }

    assert stated == VIEWS | ELSEWHERE
    assert all(len(row) == len(VIEWS) for row in EVERYBODY.values())


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_is_hers_and_nothing_more(make, page, who):
    person, entry = cast(make, who)
    title = entry.assignment.promise.titles["en"]
    if person is not None:
        page.sign_in(person)
    queue, show, decide, release, same, together = EVERYBODY[who]

    listed = page.get("review.queue", expect=queue)
    may_decide = decide == DONE
    assert queue != SHOWN or (title in listed) == may_decide
    page.get("review.show", entry_id=entry.id, expect=show)
    page.post("review.release", entry_id=entry.id, expect=release)
    page.get("review.same", expect=same)
    ticked = {"same": f"{entry.id}.1.{entry.revisions[0].sha256}"}
    page.post("review.approve_together", data=ticked, expect=together)
    assert entry.state is EntryState.SUBMITTED
    named = {"revision": "1", "sha256": entry.revisions[0].sha256, "verdict": "approve"}
    page.post("review.decide", entry_id=entry.id, data=named, expect=decide)

    is_done = entry.state is EntryState.APPROVED
    assert is_done == may_decide
    assert (db.session.scalar(db.select(Finding.number)) is not None) == may_decide


def test_there_is_no_such_report(make, page):
    page.sign_in(make.coordinator())
    nowhere = "00000000-0000-4000-8000-000000000000"

    page.get("review.show", entry_id=nowhere, expect=404)
    page.post("review.decide", entry_id=nowhere, data={"verdict": "approve"}, expect=404)
    page.get("/desk/review/1", expect=404)


def test_what_was_not_sent_is_not_on_the_desk(make, page):
    draft = make.entry()
    page.sign_in(draft.assignment.mentor)

    page.get("review.show", entry_id=draft.id, expect=404)
