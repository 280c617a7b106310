"""Saying something, resolving it, and having looked. The caller commits, but for the last."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.conversation import queries
from mobilizer.conversation.models import Mention
from mobilizer.conversation.rules import (
    MOST_MENTIONS,
    SAID,
    SAME_WITHIN,
    Words,
    mentions,
    read_words,
)
from mobilizer.core import clock
from mobilizer.core.database import db, inserting, locked, writing
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.words import N_
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.actions.resolving import changed_fields
from mobilizer.monitoring.models import Comment, Entry, Revision, ThreadLook
from mobilizer.monitoring.queries import newest_of
from mobilizer.monitoring.rules.talk import asks, check_may_resolve
from mobilizer.promises.models import Promise


def say(entry_id: str, words: Words, *, by: User) -> Comment:
    """Say something in the thread of a report. The same again at once is the same comment.

    Raises:
        NotVisible: she may not know of the report, or replies to what is not said there.
        Incomplete: nothing is said, or too much, or about nothing that is there.
    """
    entry = _held(entry_id, by)
    root = _root(entry, words.reply_to)
    words = read_words(words, queries.known_to(entry))
    about = root.field if root else words.about
    said = select(Comment).where(
        Comment.entry_id == entry.id,
        Comment.author_id == by.id,
        Comment.field == about,
        Comment.text == words.text,
        Comment.said_at >= clock.now() - SAME_WITHIN,
        Comment.reply_to_id == (root.id if root else None),
    )
    if (same := db.session.scalars(said).first()) is not None:
        return same
    comment = Comment(
        entry=entry,
        revision=newest_of(entry),
        field=about,
        text=words.text,
        author=by,
        said_at=clock.now(),
        reply_to_id=root.id if root else None,
        asks=asks(
            about, is_author=entry.assignment.mobilizer_id == by.id, is_reply=root is not None
        ),
    )
    db.session.add(comment)
    db.session.flush()
    _note_mentions(comment, by)
    record(by, "entry.say", entry, comment=comment.id)
    enqueue(SAID, f"{SAID}:{comment.id}", {"comment": comment.id})
    return comment


def resolve(entry_id: str, comment_id: int, *, by: User) -> Comment:
    """Call what a comment asks resolved. Twice is once.

    Raises:
        NotVisible: she may not know of it.
        RuleBroken: it asks nothing, or she is the author and has neither answered nor changed it.
    """
    entry = _held(entry_id, by)
    comment = _asking(entry, comment_id)
    if comment.resolved_at is not None:
        return comment
    is_author = entry.assignment.mobilizer_id == by.id
    check_may_resolve(is_author=is_author, has_met_it=not is_author or has_met(entry, comment))
    comment.resolved_at, comment.resolved_by = clock.now(), by
    record(by, "entry.resolve_comment", entry, comment=comment.id)
    return comment


def open_again(entry_id: str, comment_id: int, *, by: User) -> Comment:
    """Ask again what was called resolved.

    Raises:
        NotVisible: she may not know of it.
        RuleBroken: it asks nothing, or she is the author and the desk called it resolved.
    """
    entry = _held(entry_id, by)
    comment = _asking(entry, comment_id)
    if comment.resolved_at is not None:
        if not queries.may_open_again(by, comment):
            raise RuleBroken(
                N_("Whoever asked this calls it resolved. Reply below it: that will be read.")
            )
        comment.resolved_at = comment.resolved_by = comment.resolved_in = None
        comment.was_answered = False
        record(by, "entry.reopen_comment", entry, comment=comment.id)
    return comment


def note_look(user_id: int, entry_id: str, comment_id: int) -> None:
    """Remember how far somebody has read, in a transaction of its own: its page only reads."""
    values = {"comment_id": comment_id, "looked_at": clock.now()}
    row = inserting(ThreadLook).values(user_id=user_id, entry_id=entry_id, **values)
    kept = row.on_conflict_do_update(
        index_elements=["user_id", "entry_id"],
        set_=values,
        where=ThreadLook.comment_id < comment_id,
    )
    with writing() as session:
        session.execute(kept)


def has_met(entry: Entry, comment: Comment) -> bool:
    """Whether a report's author has answered a comment, or changed its field since."""
    author_id = entry.assignment.mobilizer_id
    answered = select(Comment.id).where(
        Comment.reply_to_id == comment.id, Comment.author_id == author_id
    )
    if db.session.scalar(answered.limit(1)) is not None:
        return True
    seen = db.session.get_one(Revision, comment.revision_id)
    newest = newest_of(entry)
    return newest is not None and comment.field in changed_fields(seen, newest)


def _held(entry_id: str, by: User) -> Entry:
    """A report she may speak about, held until the transaction ends."""
    db.session.scalars(locked(select(Entry).where(Entry.id == entry_id))).one_or_none()
    return queries.find(by, entry_id)


def _root(entry: Entry, comment_id: int | None) -> Comment | None:
    """The comment that began the strand in which something is replied to."""
    if comment_id is None:
        return None
    comment = _of(entry, comment_id)
    return comment if comment.reply_to_id is None else _of(entry, comment.reply_to_id)


def _of(entry: Entry, comment_id: int) -> Comment:
    found = db.session.get(Comment, comment_id)
    if found is None or found.entry_id != entry.id:
        raise NotVisible
    return found


def _asking(entry: Entry, comment_id: int) -> Comment:
    comment = _of(entry, comment_id)
    if not comment.asks:
        raise RuleBroken(N_("This comment asks for nothing that could be resolved."))
    return comment


def _note_mentions(comment: Comment, by: User) -> None:
    """Note what is mentioned, of all that who says it may see herself."""
    told = queries.meant(by, mentions([comment.text])[:MOST_MENTIONS], comment.entry)
    numbers = {mention.number for mention in told}
    rows = db.session.execute(select(Promise.number, Promise.id).where(Promise.number.in_(numbers)))
    ids = dict(rows.all())
    for mention, record_id in told.items():
        entry_id = record_id if mention.month else None
        db.session.add(Mention(comment=comment, promise_id=ids[mention.number], entry_id=entry_id))
    db.session.flush()
