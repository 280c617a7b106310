"""Whether records fit each other that the log vouches for one by one."""

from collections.abc import Iterator

from sqlalchemy import Row, select

from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.rules import is_drawn
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE, steps
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.queries.reading import readable
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.replies.models import HeldFinding

#: What a finding says that was held back, and what it was when it was held.
SAME = ("revision_id", "promise_id", "place_id", "month", "rating", "content")


def misfits() -> Iterator[tuple[str, int, str]]:
    """Every record that does not fit another: its kind, its number, and what is wrong."""
    yield from _published_otherwise()
    yield from _never_drawn()


def _published_otherwise() -> Iterator[tuple[str, int, str]]:
    """Findings that are not what was held back of them."""
    published = select(HeldFinding.id).where(HeldFinding.finding_number.is_not(None))
    following, after = published.order_by(HeldFinding.id).limit(STRIDE), 0
    while ids := list(db.session.scalars(following.where(HeldFinding.id > after))):
        for held, finding in readable(ids, _with_findings):
            if any(getattr(held, name) != getattr(finding, name) for name in SAME):
                yield "finding", finding.number, f"is not what held finding {held.id} says"
        after = ids[-1]


def _with_findings(ids: list[int]) -> list[Row[HeldFinding, Finding]]:
    both = select(HeldFinding, Finding).join(Finding, Finding.number == HeldFinding.finding_number)
    return list(db.session.execute(both.where(HeldFinding.id.in_(ids)).order_by(HeldFinding.id)))


def _never_drawn() -> Iterator[tuple[str, int, str]]:
    """Second looks at reports on which the lot did not fall, at any share their cycle ever had."""
    shares = _shares()
    looks = (
        select(SecondLook.id, Revision.entry_id, Cycle.id, Cycle.drawing_seed)
        .join(SecondLook.revision)
        .join(Revision.entry)
        .join(Entry.assignment)
        .join(Assignment.cycle)
        .order_by(SecondLook.id)
        .limit(STRIDE)
    )
    after = 0
    while rows := db.session.execute(looks.where(SecondLook.id > after)).all():
        for number, entry_id, cycle_id, seed in rows:
            if not is_drawn(seed, entry_id, shares[cycle_id]):
                yield "second look", number, "the lot did not fall on its report"
        after = rows[-1][0]


def _shares() -> dict[int, int]:
    """The greatest share of each cycle: it draws all that a smaller one has drawn."""
    shares = dict(db.session.execute(select(Cycle.id, Cycle.second_share)).all())
    changing = select(AuditEvent.id).where(AuditEvent.verb == "cycle.change")
    for cycle_id, share in readable(list(db.session.scalars(changing)), _shares_told):
        shares[cycle_id] = max(shares.get(cycle_id, 0), share)
    return shares


def _shares_told(ids: list[int]) -> list[tuple[int, int]]:
    """The shares that these steps gave to cycles, or took from them."""
    return [
        (int(step.subject_key), int(share))
        for step in steps(db.session(), ids)
        for share in step.details.get("changed", {}).get("second_share", {}).values()
    ]
