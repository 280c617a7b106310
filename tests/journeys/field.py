"""A programme in the field, and what has come in of it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import WebSession
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.sync.models import Receipt
from tests.builders import Builders
from tests.support.site import Site

NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)


class Field:
    """A programme with one mobilizer who follows a few promises, each with a report of October."""

    def __init__(self, site: Site, promises: int = 3) -> None:
        self.site = site
        site.moment = NOVEMBER
        with clock.at(NOVEMBER), site.data() as make:
            self._begin(make, promises)

    def _begin(self, make: Builders, promises: int) -> None:
        make.cycle("field", first_month="2026-10", last_month="2027-06")
        mentor = make.mentor("Polog")
        her = make.mobilizer("Polog", alias="Mira", mentor=mentor)
        other = make.mobilizer("Polog", alias="Nora", mentor=mentor)
        self.her, self.other = her.id, other.id
        self.titles = [f"Build school number {n}" for n in range(1, promises + 1)]
        self.assignments = []
        for title in self.titles:
            promise = make.promise(f"We will {title.lower()}.", titles={"en": title})
            assignment = make.assignment(her, promise=promise)
            make.report(assignment, state="approved", month="2026-10")
            self.assignments.append(assignment.id)

    @property
    def address(self) -> str:
        """Where the first report begins, in the page that needs no network."""
        return f"/field/phone/en#/{self.assignments[0]}/2026-11"

    def comes_back(self, comments: dict[str, str]) -> None:
        """The first promise's report of November is with her again."""
        with clock.at(NOVEMBER), self.site.data() as make:
            assignment = db.session.get(Assignment, self.assignments[0])
            entry = make.report(assignment, state="returned", month="2026-11")
            for field, text in comments.items():
                make.comment(entry, field, text)

    def replies(self) -> dict[str, str]:
        """What she answered to comments."""
        with self.site.data():
            mine = select(Comment).where(Comment.author_id == self.her)
            return {one.field: one.text for one in db.session.scalars(mine)}

    def standing(self) -> dict[str, tuple[bool, bool]]:
        """What was asked: is it still open, and was it answered in words."""
        with self.site.data():
            asked = select(Comment).where(Comment.asks.is_(True))
            return {one.field: (one.is_open, one.was_answered) for one in db.session.scalars(asked)}

    def is_approved(self) -> bool:
        """The mentor of the first promise approves what came in."""
        with clock.at(NOVEMBER), self.site.data() as make:
            entry = db.session.scalars(select(Entry).where(Entry.state == "submitted")).one()
            make.decision(entry, "approve")
        return self.filed() == [(self.titles[0], "approved", 2)]

    def count(self, model: Any) -> int:
        """How many there are."""
        with self.site.data():
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    def filed(self) -> list[tuple[str, str, int]]:
        """November's entries: their promise, their state, and how many revisions they have."""
        with self.site.data():
            found = db.session.scalars(
                select(Entry).where(Entry.month == NOVEMBER.date().replace(day=1))
            )
            return sorted(
                (e.assignment.promise.titles["en"], str(e.state), len(e.revisions)) for e in found
            )

    def arrived_once(self) -> bool:
        """Whether the first promise's report is in, and nothing else."""
        return receipts(self) == 1 and self.filed() == [(self.titles[0], "submitted", 1)]

    def newest(self) -> dict[str, Any]:
        """What the last revision that came in says."""
        with self.site.data():
            one = db.session.scalars(select(Revision).order_by(Revision.id.desc())).first()
            assert one is not None
            return {
                **one.answers,
                "kind": one.kind,
                "sha256": one.sha256,
                "entry": one.entry_id,
                "pieces": len(one.evidence),
                "quarantined": one.entry.is_quarantined,
                "timeliness": one.entry.timeliness,
            }

    def withdraws(self) -> None:
        """The coordinator gives the first promise to somebody else."""
        with self.site.data():
            one = db.session.get(Assignment, self.assignments[0])
            assert one is not None
            one.withdrawn_at = NOVEMBER

    def sign_out_everywhere(self) -> None:
        """Her session ends while she is away."""
        with self.site.data():
            db.session.execute(db.delete(WebSession))


def receipts(field: Field) -> int:
    return field.count(Receipt)
