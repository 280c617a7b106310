"""Whether records fit each other that the log vouches for one by one."""

from collections.abc import Iterator

from sqlalchemy import Row, select

from mobilizer.audit.queries import STRIDE
from mobilizer.core.database import db
from mobilizer.desk.queries.reading import readable
from mobilizer.findings.models import Finding
from mobilizer.replies.models import HeldFinding

#: What a finding says that was held back, and what it was when it was held.
SAME = ("revision_id", "promise_id", "place_id", "month", "rating", "content")


def misfits() -> Iterator[tuple[str, int, str]]:
    """Every record that does not fit another: its kind, its number, and what is wrong."""
    yield from _published_otherwise()


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
