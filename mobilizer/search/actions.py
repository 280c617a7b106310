"""Keeping the index, in the transaction of what it tells of. The caller commits."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from mobilizer.core.database import db, inserting, locked
from mobilizer.search.models import Findable
from mobilizer.search.rules.words import FOUND, PROMISED, signed, spelled, with_sign


def keep(number: int, texts: Iterable[str]) -> None:
    """Let the public find a promise by the texts it has now; what was found of it stays."""
    _write(number, spelled(signed(texts, PROMISED), with_sign(_kept(number), FOUND)))


def add(number: int, texts: Iterable[str]) -> None:
    """Let the public find a promise by the texts of a finding too."""
    kept = _kept(number)
    _write(number, spelled(kept.split(), signed(texts, FOUND)))


def forget(number: int) -> None:
    """The public finds this promise no more."""
    db.session.execute(delete(Findable).where(Findable.number == number))


def forget_all() -> None:
    """Empty the index, before it is written anew."""
    db.session.execute(delete(Findable))


def _kept(number: int) -> str:
    row = db.session.scalar(locked(select(Findable.words).where(Findable.number == number)))
    return row or ""


def _write(number: int, words: str) -> None:
    row = inserting(Findable).values(number=number, words=words)
    written = row.on_conflict_do_update(index_elements=["number"], set_={"words": words})
    db.session.execute(written)
