"""Links to reply by, replies, and findings that are held back."""

from typing import Any

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.queries import newest_of
from mobilizer.replies.actions import Addressee, Written, decide, invite, receive
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink
from mobilizer.replies.rules import AddresseeKind, Ground, Ruling
from tests.builders.findings import FindingBuilders
from tests.builders.review import ReviewBuilders


class ReplyBuilders(FindingBuilders, ReviewBuilders):
    """What bodies answer."""

    def reply_link(
        self,
        about: Finding | HeldFinding | None = None,
        *,
        by: User | None = None,
        days: int = 14,
        **given: Any,
    ) -> tuple[ReplyLink, str]:
        """An open link on a finding, and its token."""
        values = {"kind": AddresseeKind.PARTY, "name": "Road Party", "language": "en"}
        to = Addressee(**{**values, **given})
        made = invite(about or self.finding(), to, by=by, days=days)
        db.session.flush()
        return made

    def reply(
        self,
        about: Finding | HeldFinding | None = None,
        *,
        addressee: str = "Road Party",
        **given: Any,
    ) -> Reply:
        """What came in by a link."""
        _, token = self.reply_link(about, name=addressee)
        values = {"body": "Road Party", "text": "The school opened in May.", "language": "en"}
        return self._keep(receive(token, Written(**{**values, **given})))

    def published_reply(self, about: Finding | None = None, **given: Any) -> Reply:
        """The same, published by a coordinator."""
        reply = self.reply(about, **given)
        self._keep(decide(reply, Ruling.PUBLISH, by=self.coordinator()))
        return reply

    def declined_reply(self, about: Finding | None = None, **given: Any) -> Reply:
        """The same, declined by a coordinator."""
        reply = self.reply(about, **given)
        ruling = (Ruling.DECLINE, Ground.INSULT, "It calls us names.")
        self._keep(decide(reply, *ruling, by=self.coordinator()))
        return reply

    def held(self, entry: Entry | None = None, *, days: int = 10, **given: Any) -> HeldFinding:
        """What the approval of a report holds back, in a cycle that lets the body reply first."""
        entry = entry or self.report(**given)
        entry.assignment.cycle.reply_days = days
        self.decision(entry, "approve")
        newest = newest_of(entry)
        assert newest is not None
        mine = select(HeldFinding).where(HeldFinding.revision_id == newest.id)
        return db.session.scalars(mine).one()
