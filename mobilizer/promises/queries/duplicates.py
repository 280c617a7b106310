"""Promises that may be the one somebody is typing. It shows; it never blocks."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.text import trigrams
from mobilizer.promises.models import Promise, PromiseWord
from mobilizer.promises.queries.search import begins
from mobilizer.promises.queries.visibility import visible_to
from mobilizer.promises.rules.likeness import LIKELY, shared, stems

#: So many are compared letter by letter, and so many are shown.
CANDIDATES, SHOWN = 40, 5


@dataclass(frozen=True)
class Likely:
    """A promise, and from 0 to 1 how alike it is."""

    promise: Promise
    likeness: float


def likely_duplicates(
    user: User, cycle_id: int, text: str, *, but_for: int | None = None
) -> list[Likely]:
    """The promises of a cycle that are most like a text, of those this person may see.

    Two queries: the index names those that share most words with the text, and only these
    few are read and compared.

    Args:
        user: who asks.
        cycle_id: where to look.
        text: what has been typed so far.
        but_for: the id of the promise that is being changed: it is like itself.
    """
    beginnings = stems(text)
    if not beginnings:
        return []
    seen = visible_to(user).where(Promise.cycle_id == cycle_id, Promise.id != (but_for or 0))
    hits = (
        select(PromiseWord.promise_id)
        .where(or_(*(begins(stem) for stem in beginnings)))
        .where(PromiseWord.promise_id.in_(seen.with_only_columns(Promise.id)))
        .group_by(PromiseWord.promise_id)
        .order_by(func.count().desc(), PromiseWord.promise_id)
        .limit(CANDIDATES)
    )
    found = select(Promise).where(Promise.id.in_(hits.subquery().select()))
    found = found.options(joinedload(Promise.party))
    typed = trigrams(text)
    ranked = [Likely(promise, _likeness(typed, promise)) for promise in db.session.scalars(found)]
    ranked.sort(key=lambda likely: (-likely.likeness, likely.promise.id))
    return [likely for likely in ranked[:SHOWN] if likely.likeness >= LIKELY]


def _likeness(typed: frozenset[str], promise: Promise) -> float:
    texts = (promise.exact_words, *promise.titles.values())
    return max(shared(typed, trigrams(text)) for text in texts)
