"""What is new to whom, and threads too long for anybody."""

import pytest

from mobilizer.conversation.queries import unread_threads
from mobilizer.core.database import db


def test_what_the_other_said_is_new_until_she_looks(make, page, entry):
    mentor, her = entry.assignment.mentor, entry.assignment.mobilizer
    make.comment(entry, text="Who told you?")
    assert (unread_threads(her), unread_threads(mentor)) == (1, 0)
    page.sign_in(her)
    assert "1 new" in page.get("conversation.mine")
    assert "1 new" in page.get("monitoring.home")
    page.get("conversation.show", entry_id=entry.id)
    assert "1 new" not in page.get("conversation.mine")

    make.comment(entry, text="The mayor did.", author=her)
    assert (unread_threads(her), unread_threads(mentor)) == (0, 1)
    page.sign_in(mentor)
    assert "1 new" in page.get("conversation.messages")
    page.get("conversation.show", entry_id=entry.id)
    assert "1 new" not in page.get("conversation.messages")


def test_looking_at_an_earlier_page_or_again_takes_nothing_back(make, page, entry):
    her = entry.assignment.mobilizer
    for number in range(30):
        make.comment(entry, text=f"Word {number}", asks=False)
    page.sign_in(her)
    page.get("conversation.show", entry_id=entry.id, page=2)
    assert unread_threads(her) == 1
    page.get("conversation.show", entry_id=entry.id)
    page.get("conversation.show", entry_id=entry.id, page=2)
    assert unread_threads(her) == 0


def test_a_thread_is_new_to_each_of_them_alone(make, page, entry):
    make.comment(entry, text="I was there.", author=entry.assignment.mobilizer)
    mentor = entry.assignment.mentor
    second = make.mentor(entry.assignment.region)
    page.sign_in(mentor)
    page.get("conversation.show", entry_id=entry.id)
    assert (unread_threads(mentor), unread_threads(second)) == (0, 1)


def test_a_coordinator_has_the_threads_in_which_she_spoke(make, entry):
    coordinator = make.coordinator()
    make.comment(entry, text="I was there.", author=entry.assignment.mobilizer)
    assert unread_threads(coordinator) == 0
    make.comment(entry, text="Well seen.", author=coordinator)
    make.comment(entry, text="Thank you.", author=entry.assignment.mobilizer)
    assert unread_threads(coordinator) == 1


def test_messages_are_hers_alone(make, page, entry):
    make.comment(entry, text="Who told you?")
    page.sign_in(make.mobilizer())
    assert "Who told you?" not in page.get("conversation.mine")
    page.sign_in(make.mentor("Vardar"))
    assert "Who told you?" not in page.get("conversation.messages")


def pages_of(entry):
    at = {"assignment_id": entry.assignment_id, "month": "2026-11"}
    mentor, her = entry.assignment.mentor, entry.assignment.mobilizer
    return [
        (mentor, "conversation.show", {"entry_id": entry.id}),
        (her, "conversation.show", {"entry_id": entry.id, "page": 3}),
        (mentor, "review.show", {"entry_id": entry.id}),
        (mentor, "conversation.messages", {}),
        (her, "conversation.mine", {}),
        (her, "monitoring.show", at),
    ]


@pytest.mark.parametrize("at", range(6))
def test_a_thread_of_500_comments_costs_no_more_than_one_of_some(make, page, queries, entry, at):
    """The page stays as small, and the older ones are behind a link."""
    who, view, values = pages_of(entry)[at]

    def grow(number):
        for one in range(number):
            author = None if one % 2 else entry.assignment.mobilizer
            make.comment(entry, "rating" if one % 3 else "", f"Word {one} #12", author=author)
        db.session.commit()

    grow(80)
    page.sign_in(who)
    page.get(view, **values)
    with queries.counted() as few:
        small = page.get(view, **values)
    grow(420)
    page.get(view, **values)
    with queries.at_most(len(few)):
        large = page.get(view, **values)
    assert len(large.source) < len(small.source) * 1.1
    assert len(large.source) < 120_000
    if view == "conversation.show":
        assert "earlier messages" in large
