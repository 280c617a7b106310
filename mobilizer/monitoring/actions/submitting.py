"""Sending a report, and taking it back. The caller commits."""

from zoneinfo import ZoneInfo

from mobilizer.accounts.models import User
from mobilizer.assignments.rules import is_expected
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, new_uid
from mobilizer.core.errors import RuleBroken, TooLong
from mobilizer.core.words import N_
from mobilizer.cycles.rules import standing
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.actions.drafts import held
from mobilizer.monitoring.actions.resolving import resolve_with
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries import Report, report_on
from mobilizer.monitoring.rules.answers import EVIDENCE, Incomplete, clean
from mobilizer.monitoring.rules.carry import carried
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import MATRIX_VERSION, Answers
from mobilizer.monitoring.rules.revision import (
    REPLY_LONGEST,
    Content,
    Sent,
    no_change,
    not_found_out,
    reason,
    unanswered,
)
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind, Verb, after
from mobilizer.scoring.rules import Rating


class ToldOtherwise(RuleBroken):
    """A short report came over a full one that waits for review."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(N_("A report for this month was sent already. Open it to change it."))


def submit(entry: Entry, sent: Sent, *, by: User) -> Revision:
    """Send a report: the next revision, or the newest one if it says the same.

    Args:
        entry: one's own, begun by ``start``.
        sent: what is said, from a page or from a phone's outbox.
        by: the author.

    Raises:
        NotVisible: the entry is another's.
        Incomplete: something is missing or wrong; every fault names its field.
        ToldOtherwise: a full report waits, and this is a short one.
        RuleBroken: the entry has been decided on or taken back, or the month has not opened.
    """
    entry = held(entry, by)
    report = report_on(entry.assignment, entry.month, entry)
    content = _read(report, sent)
    if report.newest is not None and report.newest.sha256 == content.sha256(report.newest.salt):
        entry.draft = None
        return report.newest
    state = after(entry.state, Verb.SUBMIT).to
    if not report.has_opened:
        raise RuleBroken(
            N_("This month can be reported on from %(day)s on."),
            day=report.window.opens,
        )
    revision = _add(report, content, sent, by)
    resolve_with(revision, report.newest, content.replies, by=by)
    _note_receipt(report, revision, sent)
    before, entry.state, entry.draft = entry.state, state, None
    record(
        by,
        "entry.submit",
        entry,
        phone_time=sent.saved_at,
        vouches=(revision, entry),
        revision=revision.number,
        kind=revision.kind.value,
        state={"from": before.value, "to": state.value},
        quarantined=entry.is_quarantined,
    )
    return revision


def submit_draft(entry: Entry, draft: Draft, *, by: User) -> Revision:
    """Send what is typed.

    Raises:
        Incomplete, RuleBroken: as ``submit`` does.
    """
    return submit(
        entry,
        Sent(
            fields=draft.fields,
            evidence=draft.evidence,
            contradiction_reason=draft.contradiction_reason,
            replies=draft.replies,
        ),
        by=by,
    )


def submit_no_change(
    entry: Entry, *, by: User, tried: str = "", contradiction_reason: str = ""
) -> Revision:
    """Say "same as last month".

    Raises:
        Incomplete: there is nothing to be the same as, or it needs a word more.
    """
    sent = Sent(RevisionKind.NO_CHANGE, {"tried": tried}, contradiction_reason=contradiction_reason)
    return submit(entry, sent, by=by)


def submit_not_found_out(entry: Entry, *, by: User, because: str, tried: str = "") -> Revision:
    """Say "could not find out, because…".

    Raises:
        Incomplete: there is no reason.
    """
    fields = {"because": because, "tried": tried}
    return submit(entry, Sent(RevisionKind.NOT_FOUND_OUT, fields), by=by)


def withdraw(entry: Entry, *, by: User) -> None:
    """Take an entry back. Its revisions stay, for nothing that was sent is ever deleted.

    Raises:
        NotVisible: it is another's.
        RuleBroken: it has been decided on.
    """
    entry = held(entry, by)
    before = entry.state
    entry.state = after(before, Verb.WITHDRAW).to
    entry.draft = None
    record(
        by,
        "entry.withdraw",
        entry,
        vouches=entry,
        state={"from": before.value, "to": entry.state.value},
    )


# --- what is said


def _read(report: Report, sent: Sent) -> Content:
    if _is_told_otherwise(report, sent):
        raise ToldOtherwise
    answers, evidence = _READERS[sent.kind](report, sent)
    known = {"", EVIDENCE, *report.matrix.fields}
    replies = {
        name: text
        for name, typed in sent.replies.items()
        if name in known and (text := clean(typed))
    }
    faults: list[RuleBroken] = [
        TooLong(text, REPLY_LONGEST, field=name)
        for name, text in replies.items()
        if len(text) > REPLY_LONGEST
    ]
    if report.newest is not None:
        was = {**report.newest.answers, EVIDENCE: {one.id for one in report.newest.evidence}}
        now = {**answers, EVIDENCE: {piece.id for piece in evidence}}
        faults += unanswered(report.commented, replies, was, now)
    if faults:
        raise Incomplete(faults)
    return Content(
        sent.kind,
        answers,
        tuple(piece.id for piece in evidence),
        _reason(report, answers, evidence, sent),
        replies,
        MATRIX_VERSION,
    )


def _full(report: Report, sent: Sent) -> tuple[Answers, list[Evidence]]:
    draft = Draft(dict(sent.fields), sent.evidence)
    reading = report.read(draft)
    if reading.faults:
        raise Incomplete(reading.faults)
    return reading.answers, report.evidence(draft)


def _no_change(report: Report, sent: Sent) -> tuple[Answers, list[Evidence]]:
    if report.before is None:
        raise RuleBroken(N_("There is no earlier report to be the same as."))
    same = carried(report.matrix, report.before.answers)
    evidence = report.before.evidence
    answers = no_change(same, sent.fields, has_evidence=bool(evidence))
    if report.read(Draft(same)).answers != same:
        raise RuleBroken(N_("The questions have changed since: this month needs a full report."))
    return answers, evidence


def _is_told_otherwise(report: Report, sent: Sent) -> bool:
    """Whether a full report waits for review: a late tap on a short one must not undo it."""
    waits = report.entry is not None and report.entry.state == EntryState.SUBMITTED
    was_full = report.newest is not None and report.newest.kind == RevisionKind.FULL
    return waits and was_full and sent.kind != RevisionKind.FULL


def _not_found_out(_: Report, sent: Sent) -> tuple[Answers, list[Evidence]]:
    return not_found_out(sent.fields), []


_READERS = {
    RevisionKind.FULL: _full,
    RevisionKind.NO_CHANGE: _no_change,
    RevisionKind.NOT_FOUND_OUT: _not_found_out,
}


def _reason(report: Report, answers: Answers, evidence: list[Evidence], sent: Sent) -> str:
    """Why contradictions stand: needed where there are any, kept nowhere else."""
    if not report.contradictions(answers, evidence):
        return ""
    typed = sent.contradiction_reason
    if not typed and sent.kind == RevisionKind.NO_CHANGE and report.before:
        typed = report.before.contradiction_reason
    try:
        return reason(typed)
    except RuleBroken as fault:
        raise Incomplete([fault]) from None


# --- what is kept


def _add(report: Report, content: Content, sent: Sent, by: User) -> Revision:
    entry = report.entry
    if entry is None:
        raise ValueError("A report is sent for an entry that was begun.")
    said = content.answers.get("rating") or (report.before.rating if report.before else None)
    entry.newest += 1
    salt = new_uid()
    revision = Revision(
        entry=entry,
        number=entry.newest,
        kind=content.kind,
        rating=Rating(said or Rating.NOT_YET_RATED),
        answers=content.answers,
        contradiction_reason=content.contradiction_reason,
        matrix_version=content.matrix_version,
        salt=salt,
        sha256=content.sha256(salt),
        author=by,
        handed_in_by_id=sent.handed_in_by,
        saved_at=sent.saved_at,
        received_at=clock.now(),
        evidence=list(
            db.session.scalars(db.select(Evidence).where(Evidence.id.in_(content.evidence)))
        ),
    )
    db.session.add(revision)
    db.session.flush()
    for name, text in content.replies.items():
        db.session.add(
            Comment(
                entry=entry,
                revision=revision,
                field=name,
                text=text,
                author=by,
                said_at=revision.received_at,
            )
        )
    db.session.flush()
    return revision


def _note_receipt(report: Report, revision: Revision, sent: Sent) -> None:
    """Note when it came in. How timely it was is settled by the first revision."""
    entry = revision.entry
    entry.received_at = revision.received_at
    if revision.number > 1:
        return
    zone = ZoneInfo(report.assignment.cycle.time_zone)
    entry.timeliness = standing(
        report.window,
        revision.received_at.astimezone(zone).date(),
        saved=sent.saved_at.astimezone(zone).date() if sent.saved_at else None,
        clock_off=sent.clock_off,
    )
    owed = is_expected(report.assignment, report.month)
    entry.is_quarantined = entry.timeliness.quarantined or not owed
