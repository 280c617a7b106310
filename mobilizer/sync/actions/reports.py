"""Taking a report from a phone. The caller commits."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.monitoring import actions as monitoring
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.queries import assignments_of, window_of
from mobilizer.monitoring.rules.answers import EVIDENCE, Incomplete
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import WORKFLOW, Verb
from mobilizer.promises.models import Promise
from mobilizer.sync.actions.evidence import bring
from mobilizer.sync.actions.names import Parcel, known, note_revision
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules.clocks import believed
from mobilizer.sync.rules.refusals import Conflict, Decided, Faulty, Refused, ToldOtherwise
from mobilizer.sync.rules.reports import FieldReport, report_from

#: What every report on an assignment asks of it.
WHOLE = (
    joinedload(Assignment.cycle),
    joinedload(Assignment.promise).selectinload(Promise.indicators),
)


def take_report(
    parcel: Parcel, *, sent_at: datetime | None, by: User, handed_in_by: User | None = None
) -> tuple[Receipt, bool]:
    """Take a report as the next revision of its entry, which is begun if it is not there.

    Args:
        parcel: under the entry's name and the number her phone counts.
        sent_at: by her phone's clock, if it said so.
        by: the author.
        handed_in_by: who brought it at the desk, if her phone did not send it.

    Returns:
        The receipt, and whether it is a new one: the same sent again gives the same.

    Raises:
        NotVisible: the assignment, the entry or a piece of evidence is another's.
        Malformed: it is not written as agreed.
        Faulty: something is missing or wrong; every fault names its field.
        Conflict, Decided, ToldOtherwise: it cannot come in any more.
    """
    receipt = known(parcel, by=by)
    if receipt is not None:
        return receipt, False
    report = report_from(parcel.body)
    mine = assignments_of(by).where(Assignment.id == report.assignment).options(*WHOLE)
    entry = _entry(db.one_or_404(mine), report, parcel.uid, by)
    revision = _submit(entry, report, sent_at, by, handed_in_by)
    return note_revision(parcel, revision, by=by), True


def _entry(assignment: Assignment, report: FieldReport, uid: str, by: User) -> Entry:
    """The entry that is meant: also where another device has begun it under another name."""
    named = db.session.get(Entry, uid)
    if named is not None and (named.assignment_id, named.month) != (assignment.id, report.month):
        if named.assignment.mobilizer_id == by.id:
            raise Conflict
        raise NotVisible
    try:
        with db.session.begin_nested():
            return monitoring.start(assignment, report.month, by=by, uid=uid)
    except IntegrityError:  # Somebody else's entry got this name at this moment.
        raise NotVisible from None
    except RuleBroken as fault:
        raise Faulty([_at(fault, "month")]) from None


def _submit(
    entry: Entry,
    report: FieldReport,
    sent_at: datetime | None,
    by: User,
    handed_in_by: User | None,
) -> Revision:
    window = window_of(entry.assignment, report.month)
    zone = entry.assignment.cycle.time_zone
    saved_at, clock_off = believed(report.saved_at, sent_at, clock.now(), window.opens, zone)
    typed_since = entry.draft if _is_later(entry.draft_saved_at, saved_at) else None
    evidence, faults = bring(entry, report.evidence, by=by)
    sent = Sent(
        report.kind,
        report.fields,
        evidence,
        report.contradiction_reason,
        report.replies,
        saved_at,
        clock_off,
        handed_in_by.id if handed_in_by else None,
    )
    try:
        revision = monitoring.submit(entry, sent, by=by)
    except RuleBroken as fault:
        raise _refused(entry, fault, faults) from None
    if faults:
        raise Faulty(faults)
    entry.draft = typed_since  # What she typed elsewhere after this stays hers to send.
    return revision


def _is_later(moment: datetime | None, than: datetime) -> bool:
    return moment is not None and moment > than


def _refused(entry: Entry, fault: RuleBroken, faults: list[RuleBroken]) -> Refused:
    """In the phone's words, why a report could not be submitted."""
    if (entry.state, Verb.SUBMIT) not in WORKFLOW:
        return Decided()
    if isinstance(fault, monitoring.ToldOtherwise):
        return ToldOtherwise()
    if not isinstance(fault, Incomplete):
        return Faulty([*faults, _at(fault, fault.field or "")])
    # A piece that is wrong is not missing as well.
    others = (one for one in fault.faults if one.field != EVIDENCE or not faults)
    return Faulty([*faults, *others])


def _at(fault: RuleBroken, field: str) -> RuleBroken:
    return RuleBroken(fault.message, field=field, **fault.params)
