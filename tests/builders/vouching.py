"""The steps that tell of what builders put there without one."""

from typing import Any

from sqlalchemy import select

from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.audit.rules import hashes
from mobilizer.core.database import Base as Table
from mobilizer.core.database import db
from mobilizer.desk.queries.kinds import KINDS, Kind
from tests.builders.base import Base

MODELS = {mapper.class_.__tablename__: mapper.class_ for mapper in Table.registry.mappers}


class VouchingBuilders(Base):
    """What the log vouches for."""

    def vouched(self) -> None:
        """Have the log tell of all that it does not tell of, and of what builders changed."""
        db.session.flush()
        latest = self._latest()
        for kind in KINDS:
            for one in db.session.scalars(select(kind.model).where(*kind.where)).all():
                now, told = hashes(one.as_told()), latest.get((one.__tablename__, key_of(one)))
                if told is None:
                    record(None, kind.makers[0], subject(kind, one), vouches=one)
                elif kind.changers and any(told[part] != hash_ for part, hash_ in now.items()):
                    record(None, kind.changers[0], subject(kind, one), vouches=one)

    def _latest(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What was told last of each record."""
        return {
            (told["of"], told["key"]): told
            for details in db.session.scalars(select(AuditEvent.details).order_by(AuditEvent.id))
            for told in details.get("content", [])
        }


def key_of(one: Any) -> str:
    """The key of a record, as the log has it."""
    return str(getattr(one, Table.metadata.tables[one.__tablename__].primary_key.columns.keys()[0]))


def subject(kind: Kind, one: Any) -> Table:
    """What the step is about that tells of a record."""
    about = db.session.scalar(select(kind.about_key).where(kind.key == getattr(one, kind.key.key)))
    model = MODELS[kind.about]
    is_number = model.__table__.primary_key.columns[0].type.python_type is int
    return db.session.get_one(model, int(about) if is_number else about)
