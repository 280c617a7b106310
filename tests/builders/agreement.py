"""Second looks, drawn as the worker draws them."""

from typing import Any

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.agreement import actions
from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.rules import Answer
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import newest_of
from mobilizer.scoring.rules import Rating
from tests.builders.review import ReviewBuilders


class AgreementBuilders(ReviewBuilders):
    """What a second mentor said."""

    def drawn(self, entry: Entry) -> SecondLook | None:
        """The second look at an entry after the hourly drawing; all are drawn, chance left out."""
        cycle = entry.assignment.cycle
        cycle.second_share = 100
        db.session.flush()
        actions.draw(cycle)
        db.session.flush()
        newest = newest_of(entry)
        assert newest is not None
        return db.session.scalar(select(SecondLook).where(SecondLook.revision_id == newest.id))

    def look(self, entry: Entry, coder: User) -> SecondLook:
        """A second look at the newest revision that this mentor was asked for."""
        return self._keep(SecondLook(revision=newest_of(entry), coder=coder, drawn_at=clock.now()))

    def odd_report(self, assignment: Assignment | None, rating: Rating | str) -> Entry:
        """A report of any rating that can be approved, whatever its answers say."""
        return self.report(
            assignment, rating, contradiction_reason="The ministry has said so in writing."
        )

    def second(self, entry: Entry, rating: Rating | str | None, *, by: User) -> SecondLook:
        """A second look that was given."""
        look = self.look(entry, by)
        return actions.give(
            look.id, Answer(Rating(rating) if rating else None, "The photo shows it."), by=by
        )

    def drawn_elsewhere(self, mentor: User, known: dict[str, Any]) -> dict[str, Any]:
        """A report of another region that a mentor is asked for, with known files in it."""
        town = self.municipality("Veles", region="Vardar")
        assignment = self.assignment(
            self.mobilizer("Vardar"), promise=self.promise(places=[town]), place=town
        )
        entry = self.entry(assignment, month="2026-10", state="submitted")
        photo, clip = (
            self.evidence(entry, kind=kind, address="", media_sha256=known[file], has_consent=True)
            for kind, file in (("photo", "sha256"), ("video", "clip sha256"))
        )
        self.revision(entry, "kept")
        look = self.look(entry, mentor)
        return {"look": look.id, "far photo": photo.id, "far clip": clip.id}
