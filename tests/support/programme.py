"""A cycle with a coordinator and a mentor: what tests of assignments begin with."""

from collections.abc import Sequence

from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from tests.builders import Builders


class Ground:
    """A cycle of twelve months, whoever runs it, and a town of Polog."""

    #: The step whose rows are counted where none is named.
    verb = ""

    def __init__(self, make: Builders) -> None:
        """Make them."""
        self.cycle = make.cycle("hers", first_month="2026-09", last_month="2027-08")
        self.cora = make.coordinator(cycle=self.cycle)
        self.mentor = make.mentor(cycle=self.cycle)
        self.tetovo = make.municipality("Tetovo")

    def log(self, verb: str = "") -> Sequence[AuditEvent]:
        """The steps of a kind in the log."""
        told = select(AuditEvent).where(AuditEvent.verb == (verb or self.verb))
        return db.session.scalars(told).all()
