"""What comes back from the mentor is answered, or changed, field by field."""

import pytest

from mobilizer.core.database import db
from mobilizer.monitoring.models import Comment
from tests.monitoring.filing import REASON, VIDEO, on

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def returned(make, page):
    """A report that came back with a comment on its finding; its author signed in."""
    entry = make.report(month="2026-11", state="returned")
    make.comment(entry, "finding_1", "Who told you so?")
    page.sign_in(entry.assignment.mobilizer)
    return entry


def refused(page, entry) -> list[str]:
    answer = page.post("monitoring.send", **on(entry), expect=200)
    return [link.attrs["href"].rpartition("/")[2] for link in answer.query(".errors a")]


def newest(entry) -> int:
    db.session.expire_all()
    return entry.newest


def test_what_came_back_stands_above_everything_with_what_was_said(returned, page):
    home = page.get("monitoring.home")
    assert home.texts("h2")[0] == "Sent back by your mentor"
    assert "Who told you so?" in home


def test_a_comment_stands_beside_its_field(returned, page):
    screen = page.get("monitoring.screen", screen="indicator-1", **on(returned))
    assert "Who told you so?" in screen.texts(".comment")[0]
    assert screen.query("textarea[name=reply_finding_1]")
    other = page.get("monitoring.screen", screen="state", **on(returned))
    assert not other.query(".comment")


def test_sending_again_unchanged_and_unanswered_is_refused(returned, page):
    assert refused(page, returned) == ["indicator-1"]
    assert newest(returned) == 1


def test_changing_something_else_does_not_answer(returned, page):
    typed = {"rating": "stalled", "rating_reason": REASON, "next_step": "Ask."}
    page.post("monitoring.save", screen="state", **on(returned), data=typed)
    page.post(
        "monitoring.save", screen="standstill", **on(returned), data={"stagnation": "unknown"}
    )
    assert refused(page, returned) == ["indicator-1"]


def test_changing_the_commented_field_is_enough(returned, page):
    typed = {
        **shown(page, returned, "indicator-1"),
        "finding_1": "The mayor said so on 20 November.",
    }
    page.post("monitoring.save", screen="indicator-1", **on(returned), data=typed)

    page.post("monitoring.send", **on(returned))

    assert newest(returned) == 2
    assert returned.state == "submitted"


def test_answering_is_enough_and_the_answer_is_kept_as_a_comment(returned, page):
    typed = {**shown(page, returned, "indicator-1"), "reply_finding_1": "The mayor did."}
    page.post("monitoring.save", screen="indicator-1", **on(returned), data=typed)

    page.post("monitoring.send", **on(returned))

    assert newest(returned) == 2
    said = db.session.scalars(db.select(Comment).order_by(Comment.id)).all()
    assert [(one.field, one.text, one.revision.number) for one in said] == [
        ("finding_1", "Who told you so?", 1),
        ("finding_1", "The mayor did.", 2),
    ]
    assert said[1].author == returned.assignment.mobilizer


def test_a_comment_on_the_whole_is_answered_on_the_last_screen(make, page):
    entry = make.report(month="2026-11", state="returned")
    make.comment(entry, "", "Is this the right municipality?")
    page.sign_in(entry.assignment.mobilizer)

    assert "Is this the right municipality?" in page.get("monitoring.check", **on(entry))
    page.post("monitoring.send", **on(entry), expect=200)
    page.post("monitoring.send", **on(entry), data={"reply_whole": "Yes, it is."})

    assert newest(entry) == 2


def test_a_comment_on_the_evidence_is_met_by_other_evidence(make, page):
    entry = make.report(month="2026-11", state="returned")
    make.comment(entry, "evidence", "This page is gone.")
    page.sign_in(entry.assignment.mobilizer)

    screen = page.get("monitoring.screen", screen="evidence", **on(entry))
    assert "This page is gone." in screen.texts(".comment")[0]
    assert page.get("monitoring.show", **on(entry)).texts(".comment .hint")[0].endswith("Evidence")
    assert refused(page, entry) == ["evidence"]
    page.post("monitoring.save_evidence", **on(entry), data={"link": VIDEO})
    page.post("monitoring.send", **on(entry))

    assert newest(entry) == 2
    assert len(entry.revisions[1].evidence) == 2


def test_sending_a_mended_report_twice_is_sending_it_once(returned, page):
    page.post("monitoring.send", **on(returned), expect=200)
    typed = {**shown(page, returned, "indicator-1"), "reply_finding_1": "The mayor did."}
    page.post("monitoring.save", screen="indicator-1", **on(returned), data=typed)
    page.post("monitoring.send", **on(returned))
    page.post("monitoring.send", **on(returned))
    assert newest(returned) == 2


def shown(page, entry, screen: str) -> dict[str, str]:
    """What a browser sends of a screen without anybody typing."""
    form = page.get("monitoring.screen", screen=screen, **on(entry))
    values = {area.attrs["name"]: area.to_text() for area in form.query("form#report textarea")}
    for field in form.query("form#report input"):
        kind, name = field.attrs.get("type"), field.attrs.get("name")
        if kind != "hidden" and (kind != "radio" or "checked" in field.attrs):
            values[name] = field.attrs.get("value") or ""
    return values
