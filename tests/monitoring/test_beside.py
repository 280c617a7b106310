"""What was said about her reports, and what proves them: pages of their own on the phone."""

import pytest

from mobilizer.core.database import db

pytestmark = pytest.mark.usefixtures("november")


def said_to(make, mobilizer=None, **given):
    entry = make.report(make.assignment(mobilizer), state="returned", month="2026-11")
    make.comment(entry, **given)
    return entry


def test_messages_say_what_they_are_about_and_lead_to_the_conversation(make, page):
    entry = said_to(make, field="finding_1", text="Who told you?")
    page.sign_in(entry.assignment.mobilizer)

    messages = page.get("conversation.mine")

    (said,) = messages.texts(".comment")
    assert "What did you find?" in said
    assert said.endswith("Who told you?")
    assert messages.query("h2 a")[0].attrs["href"] == page.address(
        "conversation.show", entry_id=entry.id
    )


def test_her_own_answers_stand_between_the_questions(make, page):
    entry = said_to(make, text="Who told you?")
    make.comment(entry, text="The mayor did.", author=entry.assignment.mobilizer)
    page.sign_in(entry.assignment.mobilizer)
    (last,) = page.get("conversation.mine").texts(".comment")
    assert last.startswith("You")
    asked, *_, answered = page.get("conversation.show", entry_id=entry.id).texts(".comment")
    assert "Who told you?" in asked
    assert "The mayor did." in answered


def test_messages_and_evidence_are_her_own_alone(make, page):
    said_to(make)
    page.sign_in(make.mobilizer())
    assert "Nobody has said anything yet" in page.get("conversation.mine")
    assert "No evidence yet" in page.get("monitoring.evidence")


def test_evidence_stands_by_the_report_it_proves_the_latest_month_first(make, page):
    assignment = make.assignment()
    for month in ("2026-10", "2026-11"):
        make.report(assignment, month=month)
    page.sign_in(assignment.mobilizer)
    months = page.get("monitoring.evidence").texts("h2 + .hint")
    assert months == ["November 2026", "October 2026"]


@pytest.mark.parametrize("view", ["conversation.mine", "monitoring.evidence"])
def test_a_long_list_costs_no_more_queries(make, page, queries, view):
    mobilizer = make.mobilizer()
    said_to(make, mobilizer)
    page.sign_in(mobilizer)
    db.session.commit()
    page.get(view)
    with queries.counted() as few:
        page.get(view)
    for _ in range(8):
        said_to(make, mobilizer)
    db.session.commit()
    with queries.at_most(len(few)):
        page.get(view)
