"""What a new revision resolves of all that was asked. The caller commits."""

from collections.abc import Mapping

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.monitoring.models import Comment, Revision
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.carry import changed


def resolve_with(
    revision: Revision, former: Revision | None, replies: Mapping[str, str], *, by: User
) -> None:
    """Resolve what is asked about each field that a revision answers or changes."""
    if former is None:
        return
    met = changed_fields(former, revision)
    asked = select(Comment).where(Comment.entry_id == revision.entry_id, Comment.is_open)
    for comment in db.session.scalars(asked):
        if comment.field in replies or comment.field in met:
            comment.resolved_at, comment.resolved_by = revision.received_at, by
            comment.resolved_in = revision
            comment.was_answered = comment.field in replies


def changed_fields(former: Revision, revision: Revision) -> set[str]:
    """The fields in which two revisions differ, evidence among them; "" if there are any."""
    found = set(changed(former.answers, revision.answers))
    if {one.id for one in former.evidence} != {one.id for one in revision.evidence}:
        found.add(EVIDENCE)
    return found | {""} if found else found
