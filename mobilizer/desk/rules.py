"""The audit log as people read it: a sentence a step, and what may be told of its details."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mobilizer.accounts.rules import Role
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Timeliness
from mobilizer.cycles.rules.settings import Changed, changes
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.progress.rules import By
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.promises.rules.fields import label_of
from mobilizer.scoring.rules import Rating


class Subject(Word):
    """The kinds of records the log is about, as the coordinator of a cycle sees them."""

    ENTRY = "entry", N_("Reports")
    EVIDENCE = "evidence", N_("Evidence")
    FINDING = "finding", N_("Findings")
    PROMISE = "promise", N_("Promises")
    ASSIGNMENT = "assignment", N_("Assignments")
    CYCLE = "cycle", N_("Cycles")
    TOPIC = "topic", N_("Topics")
    EXTENSION = "extension", N_("Extensions")
    MEETING = "meeting", N_("Meetings")
    POSTING = "posting", N_("Roles")
    INVITATION = "invitation", N_("Invitations")
    HELD = "held_finding", N_("Findings held back")
    REPLY_LINK = "reply_link", N_("Links for replies")
    REPLY = "reply", N_("Replies")
    REQUEST = "public_request", N_("Requests")
    USER = "user", N_("People")


#: The step as it is stored -> the sentence that tells it.
SENTENCES: dict[str, str] = {
    "entry.start": N_("%(who)s began the report %(what)s"),
    "entry.submit": N_("%(who)s sent the report %(what)s"),
    "entry.discard": N_("%(who)s threw away what was typed and not sent of the report %(what)s"),
    "entry.withdraw": N_("%(who)s took back the report %(what)s"),
    "entry.approve": N_("%(who)s approved the report %(what)s"),
    "entry.return": N_("%(who)s returned the report %(what)s"),
    "entry.reject": N_("%(who)s rejected the report %(what)s"),
    "entry.reopen": N_("%(who)s reopened, to be corrected, the report %(what)s"),
    "entry.release": N_("%(who)s let in, after the close, the report %(what)s"),
    "entry.say": N_("%(who)s wrote in the conversation about the report %(what)s"),
    "entry.resolve_comment": N_("%(who)s resolved a comment on the report %(what)s"),
    "entry.reopen_comment": N_("%(who)s opened again a comment on the report %(what)s"),
    "entry.extend": N_("%(who)s gave more time to %(what)s"),
    "entry.hand_in": N_("%(who)s handed in, from a phone's file, the report %(what)s"),
    "second.draw": N_("%(who)s drew for a second look the report %(what)s"),
    "second.ask": N_("%(who)s asked a second mentor about the report %(what)s"),
    "second.lapse": N_("%(who)s called off the second look at the report %(what)s"),
    "second.give": N_("%(who)s gave a second rating of the report %(what)s"),
    "evidence.add": N_("%(who)s added evidence to %(what)s"),
    "evidence.keep": N_("%(who)s kept the file of evidence for %(what)s"),
    "evidence.remove": N_("%(who)s took away evidence that was not sent"),
    "finding.publish": N_("%(who)s published %(what)s"),
    "finding.hold": N_("%(who)s had a finding wait for a reply, %(what)s"),
    "finding.reckon": N_(
        "%(who)s reckoned anew when a finding that waits for a reply is published, %(what)s"
    ),
    "finding.let_out": N_("%(who)s published a finding that had waited for a reply, %(what)s"),
    "finding.let_go": N_("%(who)s let go of a finding that waited for a reply, %(what)s"),
    "reply.invite": N_("%(who)s made a link for a reply, %(what)s"),
    "reply.send": N_("%(who)s sent the letter with a link for a reply, %(what)s"),
    "reply.withdraw": N_("%(who)s took back a link for a reply, %(what)s"),
    "reply.receive": N_("%(who)s received a reply, %(what)s"),
    "reply.use": N_("%(who)s closed a link for a reply, for the reply came, %(what)s"),
    "reply.forgo": N_(
        "%(who)s was told by whoever held a link that there will be no reply, %(what)s"
    ),
    "reply.publish": N_("%(who)s published a reply, %(what)s"),
    "reply.decline": N_("%(who)s declined a reply, %(what)s"),
    "reply.set_aside": N_("%(who)s set aside a reply, %(what)s"),
    "reply.contact": N_("%(who)s changed an address of a party in %(what)s"),
    "request.receive": N_("%(who)s received a request about %(what)s"),
    "request.answer": N_("%(who)s answered a request about %(what)s"),
    "request.decline": N_("%(who)s declined a request about %(what)s"),
    "request.mark_spam": N_("%(who)s set aside as spam a request about %(what)s"),
    "request.move": N_("%(who)s set another day for a request about %(what)s"),
    "request.publish": N_("%(who)s published the answer to a request about %(what)s"),
    "request.hide": N_("%(who)s took from the page the answer to a request about %(what)s"),
    "request.erase": N_("%(who)s erased the words of a request about %(what)s"),
    "promise.log": N_("%(who)s logged the promise %(what)s"),
    "promise.hand_in": N_("%(who)s handed in, from a phone's file, the promise %(what)s"),
    "promise.change": N_("%(who)s changed the promise %(what)s"),
    "promise.check": N_("%(who)s checked the promise %(what)s"),
    "promise.publish": N_("%(who)s published the promise %(what)s"),
    "promise.reopen": N_("%(who)s sent back to be checked the promise %(what)s"),
    "promise.mark_duplicate": N_("%(who)s said of what this is a duplicate: %(what)s"),
    "promise.keep_copy": N_("%(who)s kept a copy of the source of %(what)s"),
    "promise.import": N_("%(who)s imported the promise %(what)s"),
    "assignment.make": N_("%(who)s assigned %(what)s"),
    "assignment.hand_over": N_("%(who)s handed over the assignment %(what)s"),
    "assignment.withdraw": N_("%(who)s ended the assignment %(what)s"),
    "cycle.make": N_("%(who)s made the cycle %(what)s"),
    "cycle.change": N_("%(who)s changed the cycle %(what)s"),
    "cycle.show_first": N_("%(who)s changed which cycle is shown first: %(what)s"),
    "topic.add": N_("%(who)s added the topic %(what)s"),
    "topic.rename": N_("%(who)s renamed the topic %(what)s"),
    "topic.remove": N_("%(who)s removed the topic %(what)s"),
    "topic.import": N_("%(who)s imported the topic %(what)s"),
    "meeting.note": N_("%(who)s noted a meeting with %(what)s"),
    "meeting.change": N_("%(who)s changed what was noted of a meeting with %(what)s"),
    "meeting.take_step": N_("%(who)s marked as done the next step with %(what)s"),
    "meeting.untake_step": N_("%(who)s opened again the next step with %(what)s"),
    "posting.add": N_("%(who)s gave a role to %(what)s"),
    "posting.change": N_("%(who)s changed the role of %(what)s"),
    "posting.name_stand_in": N_("%(who)s named who stands in for an absent mentor: %(what)s"),
    "posting.end_stand_in": N_("%(who)s ended that somebody stands in: %(what)s"),
    "posting.end": N_("%(who)s ended the role of %(what)s"),
    "invitation.create": N_("%(who)s made an invitation, %(what)s"),
    "invitation.withdraw": N_("%(who)s withdrew an invitation, %(what)s"),
    "invitation.accept": N_("%(who)s came in by an invitation, %(what)s"),
    "account.sign_in": N_("%(who)s signed in"),
    "account.sign_out": N_("%(who)s signed out"),
    "account.session_end": N_("%(who)s signed out elsewhere"),
    "account.password": N_("%(who)s changed her password"),
    "account.come_back": N_("%(who)s chose a new password by a link"),
    "account.change": N_("%(who)s changed her account"),
    "person.create": N_("%(who)s made an account for %(what)s"),
    "person.deactivate": N_("%(who)s closed the account of %(what)s"),
    "person.reactivate": N_("%(who)s opened again the account of %(what)s"),
    "person.sign_out": N_("%(who)s signed out everywhere %(what)s"),
    "person.way_back": N_("%(who)s made a link for a new password for %(what)s"),
    "progress.export": N_("%(who)s saved as a file the table of completeness of %(what)s"),
    "sheet.export": N_("%(who)s saved as a file the filled matrix of %(what)s"),
    "meeting.export": N_("%(who)s saved as a file the meetings of %(what)s"),
    "audit.export": N_("%(who)s saved as a file the log of %(what)s"),
}
#: A step nobody has written a sentence for yet.
UNTOLD = N_("%(who)s: a step on %(what)s")
#: What stands for a record that can go, once it is gone; a topic's steps keep its names.
GONE: dict[str, str] = {"evidence": N_("a report (the evidence was taken away since)")}
GONE_TOO = N_("something that is no longer there")

#: Details that are words of the field -> what they are, and which words.
WORDS: dict[str, tuple[str, type[Word]]] = {
    "each": (N_("A row for each"), By),
    "rating": (N_("Rating"), Rating),
    "role": (N_("Role"), Role),
    "testability": (N_("Testability"), Testability),
    "timeliness": (N_("Received"), Timeliness),
}
#: The same, where the words depend on what the step was about.
STATES: dict[str, type[Word]] = {"entry": EntryState, "promise": PromiseState}
KINDS: dict[str, type[Word]] = {"entry": RevisionKind, "evidence": EvidenceKind}
#: Details that are days, and days that stand for their months.
DAYS: dict[str, str] = {"until": N_("Until"), "since": N_("From")}
MONTHS: dict[str, str] = {
    "month": N_("Month"),
    "first_month": N_("First month"),
    "last_month": N_("Last month"),
}
#: Details that are plain numbers and codes.
PLAIN: dict[str, str] = {
    "revision": N_("Version"),
    "finding": N_("Finding"),
    "comments": N_("Comments"),
    "number": N_("Number"),
    "code": N_("Code"),
    "days": N_("Days"),
    "rows": N_("Rows"),
    # To what a file was narrowed. Names of their own: who has or had what is not told of a step.
    "only_region": N_("Only the region"),
    "only_mentor": N_("Only the mentor with the number"),
    "only_mobilizer": N_("Only the mobilizer with the number"),
    "file": N_("Kind of file"),
}
#: Details that name a person by her id, and what of: her name is looked up for the reader.
PEOPLE: dict[tuple[str, str], str] = {
    ("posting", "user"): N_("Who stands in"),
    ("entry", "stands_in_for"): N_("In place of"),
}
#: Counts that are told only where there is something to count.
COUNTS = frozenset({"comments"})
#: The detail that names which fields of a promise were changed; the promise's page says how.
FIELDS = ("promise", "fields")
#: The details that tell what was changed of a cycle's settings, or of a topic's names.
SETTINGS = {("cycle", "changed"), ("topic", "changed")}


class Shape(Enum):
    """How a detail is to be written for people."""

    WORD = "a message id"
    DAY = "a day, as the log keeps it"
    MONTH = "a month, by its first day"
    PERSON = "a person, by her id"
    PLAIN = "as it is"


@dataclass(frozen=True)
class Told:
    """One detail of a step: what it is, what it was if it was anything, and what it became."""

    label: str
    before: str
    after: str
    shape: Shape
    #: What was changed of a cycle's settings: it is told as a sentence of its own.
    setting: Changed | None = None


#: Details that are not words -> what they are, and how they are written.
SHAPED: dict[str, tuple[str, Shape]] = {
    name: (label, shape)
    for shape, names in ((Shape.DAY, DAYS), (Shape.MONTH, MONTHS), (Shape.PLAIN, PLAIN))
    for name, label in names.items()
}


def sentence(verb: str) -> str:
    """The message id that tells a step."""
    return SENTENCES.get(verb, UNTOLD)


def gone(subject: str) -> str:
    """The message id that stands for a record which is no longer there."""
    return GONE.get(subject, GONE_TOO)


def told(subject: str, details: Mapping[str, Any]) -> Iterator[Told]:
    """What may be told of a step's details.

    Named one by one, so that a detail somebody adds later is not shown until it is named here.
    """
    words = dict(WORDS)
    if subject in STATES:
        words["state"] = (N_("State"), STATES[subject])
    if subject in KINDS:
        words["kind"] = (N_("Kind"), KINDS[subject])
    for name, value in details.items():
        if (subject, name) in SETTINGS:
            for one in changes(value):
                yield Told("", "", one.name, Shape.PLAIN, setting=one)
        else:
            yield from _one(subject, name, value, words)


def _one(
    subject: str, name: str, value: Any, words: Mapping[str, tuple[str, type[Word]]]
) -> Iterator[Told]:
    before, after = _both(value)
    if name in COUNTS and not after:
        return
    if name in words:
        label, kind = words[name]
        yield Told(label, _label(kind, before), _label(kind, after), Shape.WORD)
    elif name in SHAPED:
        label, shape = SHAPED[name]
        yield Told(label, _plain(before), _plain(after), shape)
    elif (subject, name) in PEOPLE and isinstance(after, int):
        yield Told(PEOPLE[subject, name], "", _plain(after), Shape.PERSON)
    elif (subject, name) == FIELDS:
        for label in dict.fromkeys(label_of(str(field))[0] for field in value):
            yield Told(N_("Field"), "", label, Shape.WORD)


def _both(value: Any) -> tuple[Any, Any]:
    if isinstance(value, Mapping):
        return value.get("from"), value.get("to")
    return None, value


def _label(kind: type[Word], value: Any) -> str:
    return kind(value).label if value in set(kind) else ""


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
