"""Decisions, through the one door there is."""

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import newest_of
from mobilizer.review.actions import Outcome, decide, reopen
from mobilizer.review.models import Reopening
from mobilizer.review.rules import Ruling, Verdict
from tests.builders.monitoring import MonitoringBuilders


class ReviewBuilders(MonitoringBuilders):
    """What mentors decided."""

    def ruling(self, entry: Entry, verdict: Verdict | str, **comments: str) -> Ruling:
        """A decision on the newest revision; ``whole="…"`` or a field's name makes a comment."""
        newest = newest_of(entry)
        assert newest is not None
        verdict = Verdict(verdict)
        if verdict is not Verdict.APPROVE and not comments:
            comments = {"whole": "Please say where you saw it."}
        said = {"" if about == "whole" else about: text for about, text in comments.items()}
        return Ruling(verdict, newest.number, newest.sha256, said)

    def decision(
        self, entry: Entry, verdict: Verdict | str, *, by: User | None = None, **comments: str
    ) -> Outcome:
        """A decision on the newest revision, by the assignment's mentor if nobody is said."""
        mentor = by or entry.assignment.mentor
        outcome = decide(entry.id, self.ruling(entry, verdict, **comments), by=mentor)
        db.session.flush()
        return outcome

    def reopening(
        self,
        entry: Entry,
        reason: str = "The decree is of another year.",
        *,
        by: User | None = None,
    ) -> Reopening:
        """What a coordinator sent back after it was approved."""
        made = reopen(entry.id, reason, by=by or self.coordinator())
        db.session.flush()
        return made
