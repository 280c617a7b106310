"""Keeping the index, in the transaction of what it tells of. The caller commits.

The sets that are kept of common terms follow at the end of that transaction, before the log is
sealed: whoever changes them is alone until it is over, and waits for nobody but who seals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, event, select, text, tuple_
from sqlalchemy.orm import Session, SessionTransaction

from mobilizer.core.database import db, inserting, locked
from mobilizer.search.models import CommonTerm, Findable
from mobilizer.search.queries import all_common, looked_up
from mobilizer.search.rules.numbers import changed, cut
from mobilizer.search.rules.terms import BLOCK, answers
from mobilizer.search.rules.words import FOUND, PROMISED, signed, spelled, with_sign

#: The number under which PostgreSQL lets one transaction at a time change the kept sets.
SETS_LOCK = 7_301_040

#: So many promises, and so many blocks, are looked at together.
STRIDE = 500

_BEFORE = "the words before this transaction, by number"


def keep(number: int, texts: Iterable[str]) -> None:
    """Let the public find a promise by the texts it has now; what was found of it stays."""
    kept = _kept(number)
    _write(number, kept, spelled(signed(texts, PROMISED), with_sign(kept, FOUND)))


def add(number: int, texts: Iterable[str]) -> None:
    """Let the public find a promise by the texts of a finding too."""
    kept = _kept(number)
    _write(number, kept, spelled(kept.split(), signed(texts, FOUND)))


def write(number: int, promised: Iterable[str], found: Iterable[str]) -> None:
    """Let the public find a promise by its own texts and by those of all its findings."""
    _write(number, _kept(number), spelled(signed(promised, PROMISED), signed(found, FOUND)))


def forget(number: int) -> None:
    """The public finds this promise no more."""
    if kept := _kept(number):
        _note(number, kept)
        db.session.execute(delete(Findable).where(Findable.number == number))


def keep_set(term: str) -> None:
    """Keep the promises that answer to a term as a set from now on, as the full text tells them."""
    drop_set(term)
    blocks = cut(looked_up([(term,)])[(term,)], BLOCK)
    rows = [{"term": term, "block": at, "numbers": block} for at, block in blocks.items()]
    db.session.execute(inserting(CommonTerm), rows)


def drop_set(term: str) -> None:
    """Let the full text alone tell of a term from now on."""
    _hold_sets(db.session())  # Or a block that comes in meanwhile would be left.
    db.session.execute(delete(CommonTerm).where(CommonTerm.term == term))


def _kept(number: int) -> str:
    row = db.session.scalar(locked(select(Findable.words).where(Findable.number == number)))
    return row or ""


def _write(number: int, before: str, words: str) -> None:
    if words == before and words:
        return
    _note(number, before)
    row = inserting(Findable).values(number=number, words=words)
    written = row.on_conflict_do_update(index_elements=["number"], set_={"words": words})
    db.session.execute(written)


def _note(number: int, before: str) -> None:
    db.session.info.setdefault(_BEFORE, {}).setdefault(number, before)


def _hold_sets(session: Session) -> None:
    """Wait until nobody else changes the sets. SQLite's writers are alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SETS_LOCK})


@event.listens_for(Session, "after_transaction_create")
def _begin(session: Session, transaction: SessionTransaction) -> None:
    """Nothing is written yet, however the transaction before ended."""
    if transaction.parent is None:
        session.info.pop(_BEFORE, None)


@event.listens_for(Session, "before_commit", insert=True)  # Whatever was imported first.
def _settle(session: Session) -> None:
    """Let the kept sets follow what was written. A savepoint's end is no end yet."""
    if session.in_nested_transaction():
        return
    before: Mapping[int, str] = session.info.pop(_BEFORE, {})
    if not before:
        return
    session.flush()
    _hold_sets(session)
    if terms := all_common():
        rows = sorted(before.items())
        for at in range(0, len(rows), STRIDE):
            _follow(terms, dict(rows[at : at + STRIDE]))


def _follow(terms: Iterable[str], before: Mapping[int, str]) -> None:
    asked = select(Findable.number, Findable.words).where(Findable.number.in_(before))
    now = dict(db.session.execute(asked).all())
    moved: dict[tuple[str, int], list[tuple[int, bool]]] = defaultdict(list)
    for number, words in before.items():
        row, row_now = words.split(), now.get(number, "").split()
        for term in terms:
            is_now = answers(row_now, term)
            if is_now != answers(row, term):
                moved[term, number // BLOCK].append((number % BLOCK, is_now))
    blocks = list(moved.items())
    for at in range(0, len(blocks), STRIDE):
        _move(dict(blocks[at : at + STRIDE]))


def _move(moved: Mapping[tuple[str, int], list[tuple[int, bool]]]) -> None:
    there = db.session.execute(
        select(CommonTerm.term, CommonTerm.block, CommonTerm.numbers).where(
            tuple_(CommonTerm.term, CommonTerm.block).in_(moved)
        )
    )
    blocks = {(term, block): numbers for term, block, numbers in there}
    empty = bytes(BLOCK // 8)
    rows = [
        {
            "term": term,
            "block": block,
            "numbers": changed(blocks.get((term, block), empty), those),
        }
        for (term, block), those in moved.items()
    ]
    new = inserting(CommonTerm)
    kept = new.on_conflict_do_update(
        index_elements=["term", "block"], set_={"numbers": new.excluded.numbers}
    )
    db.session.execute(kept, rows)
