"""No page, address or letter of a link holds the name of anybody of the programme."""

import pytest

from mobilizer.core.database import db
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.replies.actions import Written, decide, forgo, receive, withdraw
from mobilizer.replies.rules import Ground, Ruling

WRITTEN = Written("Road Party", "The road was opened in May.", "en")
DECLINE = (Ruling.DECLINE, Ground.INSULT, "It calls us names.")


@pytest.fixture
def people(make):
    """All who had to do with a held finding, and the report it is of."""
    cora = make.coordinator(full_name="Cora Tajnovska", alias="Cora of Skopje")
    entry = make.report()
    return entry, [cora, entry.assignment.mobilizer, entry.assignment.mentor]


def names_of(people):
    return {name for one in people for name in (one.full_name, one.alias, one.sign_in_name) if name}


@pytest.mark.parametrize(
    "become",
    ["open", "waiting", "accepted", "published", "declined", "put aside", "forgone", "withdrawn"],
)
def test_a_links_page_and_address_name_nobody_whatever_became_of_it(make, page, people, become):
    entry, everybody = people
    cora = everybody[0]
    held = make.held(entry)
    link, token = make.reply_link(held, by=cora)
    if become == "accepted":
        make.reply_link(held, name="Ministry of Roads", by=cora)
    reply = None if become in {"open", "forgone", "withdrawn"} else receive(token, WRITTEN)
    if become in {"accepted", "published"}:
        decide(reply, Ruling.PUBLISH, by=cora)
    elif become == "declined":
        decide(reply, *DECLINE, by=cora)
    elif become == "put aside":
        entry.state = EntryState.RETURNED
        decide(reply, Ruling.SET_ASIDE, by=cora)
    elif become == "forgone":
        forgo(token)
    elif become == "withdrawn":
        withdraw(link, by=cora)
    db.session.flush()

    shown = page.get("reply.answer", secret=token, expect=404 if become == "withdrawn" else 200)

    said = f"{page.address('reply.answer', secret=token)} {shown.source}".casefold()
    assert not {name for name in names_of(everybody) if name.casefold() in said}


def test_a_letter_names_nobody(make, letters, work, people):
    entry, everybody = people
    make.reply_link(make.held(entry), by=everybody[0], address="press@party.example")

    work()

    said = letters[0].as_string().casefold() + letters[0].get_content().casefold()
    assert not {name for name in names_of(everybody) if name.casefold() in said}
