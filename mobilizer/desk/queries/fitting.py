"""Whether records fit each other that the log vouches for one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute

from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.rules import is_drawn
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE, steps
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.queries.moving import moved_unlogged
from mobilizer.desk.queries.reading import readable
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.promises.models import Promise
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import asked_about
from mobilizer.replies.rules import held_until

Value = TypeVar("Value")

#: What a finding says that was held back, and what it was when it was held.
SAME = ("revision_id", "promise_id", "place_id", "month", "rating", "content")
#: Laws change clocks: what was reckoned by an older table of them is not forged.
SLACK = timedelta(hours=3)


def misfits() -> Iterator[tuple[str, int, str]]:
    """Every record that does not fit another: its kind, its number, and what is wrong."""
    yield from _published_otherwise()
    yield from _never_drawn()
    yield from _due_otherwise()
    yield from moved_unlogged()


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
    return {cycle_id: max(ever) for cycle_id, ever in _ever(Cycle.second_share, int).items()}


def _due_otherwise() -> Iterator[tuple[str, int, str]]:
    """What waits to be published on another day than its links say, and their replies.

    Each of their steps reckons it anew, but for a change of the cycle's time zone.
    """
    waiting = select(HeldFinding.id).where(HeldFinding.ended_at.is_(None))
    following, after = waiting.order_by(HeldFinding.id).limit(STRIDE), 0
    zones = _ever(Cycle.time_zone, str)
    while ids := list(db.session.scalars(following.where(HeldFinding.id > after))):
        for number, cycle_id, publish_at in readable(ids, _waiting):
            days = readable([(number, zone) for zone in zones[cycle_id]], _days)
            if days and all(publish_at is None or abs(publish_at - day) > SLACK for day in days):
                yield "held finding", number, "its day is not the one that its links give it"
        after = ids[-1]


def _waiting(ids: list[int]) -> list[Row[int, int, datetime | None]]:
    rows = select(HeldFinding.id, Promise.cycle_id, HeldFinding.publish_at)
    return list(db.session.execute(rows.join(HeldFinding.promise).where(HeldFinding.id.in_(ids))))


def _days(wanted: list[tuple[int, str]]) -> list[datetime]:
    """When these held findings are to be published, each as reckoned in a time zone."""
    found = []
    for number, zone in wanted:
        held = db.session.get_one(HeldFinding, number)
        asked = asked_about(number)
        found.append(held_until(asked, held.days, zone, approved_at=held.held_at))
    return found


def _ever(
    setting: InstrumentedAttribute[Value], of: Callable[[Any], Value]
) -> dict[int, set[Value]]:
    """All that a setting of each cycle ever was, by what it is and what changes of it tell."""
    ever: dict[int, set[Value]] = defaultdict(set)
    for cycle_id, value in db.session.execute(select(Cycle.id, setting)):
        ever[cycle_id].add(value)
    changing = db.session.scalars(select(AuditEvent.id).where(AuditEvent.verb == "cycle.change"))
    for cycle_id, value in readable(list(changing), partial(_told, setting.key, of)):
        ever[cycle_id].add(value)
    return ever


def _told(name: str, of: Callable[[Any], Value], ids: list[int]) -> list[tuple[int, Value]]:
    """What these steps gave to cycles, or took from them, of one setting."""
    return [
        (int(step.subject_key), of(value))
        for step in steps(db.session(), ids)
        for value in step.details.get("changed", {}).get(name, {}).values()
    ]
