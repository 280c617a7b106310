"""Letting photos and clips go: the record at once, the files once nobody can need them any more.

The files go by a job. It is written down in the transaction that takes the record away, so that
none is lost and none stays; and it looks again, for somebody may have kept the same meanwhile.
"""

from collections.abc import Sequence

from sqlalchemy import event

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core.database import db, new_uid
from mobilizer.core.storage import media as store
from mobilizer.evidence.actions.keeping import hold_files
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.queries import files_of, original_name, partial_name
from mobilizer.evidence.rules.uploads import LETTING_GO
from mobilizer.jobs.actions import enqueue


def remove(evidence: Evidence, *, by: User) -> None:
    """Take back a piece that was never sent; a file goes with the last piece that names it."""
    media, upload = evidence.media, evidence.upload
    record(by, "evidence.remove", evidence, removes=evidence, kind=evidence.kind.value)
    if upload is not None:
        remove_after_commit([partial_name(upload.id)])
        db.session.delete(upload)
    db.session.delete(evidence)
    db.session.flush()
    if media is None:
        return
    hold_files()
    uses = db.select(Evidence.id).where(Evidence.media_sha256 == media.sha256).limit(1)
    if db.session.scalar(uses) is None:
        files = {"sha256": media.sha256, "original": media.original_sha256}
        enqueue(LETTING_GO, f"{LETTING_GO}:{new_uid()}", files | {"copies": files_of(media)})
        db.session.delete(media)


def let_go(sha256: str, original: str, copies: Sequence[str]) -> None:
    """Let the files of a photo or clip go, as far as no record names them now.

    Args:
        sha256: names the record that was taken away.
        original: the hash of what was sent; other copies may have been made of it.
        copies: the names of its public files.
    """
    hold_files()
    if db.session.get(Media, sha256) is None:
        for name in copies:
            store().remove(name)
    others = db.select(Media.sha256).where(Media.original_sha256 == original).limit(1)
    if db.session.scalar(others) is None:
        store().remove(original_name(original))


def remove_after_commit(names: list[str]) -> None:
    """Let files go that one record alone needs, once it is gone for good; not if it is put back."""
    kept, session = store(), db.session()

    def remove_files(_: object) -> None:
        for name in names:
            kept.remove(name)

    event.listen(session, "after_commit", remove_files, once=True)
    event.listen(session, "after_rollback", lambda _: names.clear(), once=True)
