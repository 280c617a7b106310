"""What moved between two days, and what is read in places."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import reduce
from itertools import groupby, permutations
from operator import or_
from typing import Any, NamedTuple

from sqlalchemy import Select, case, cast, func, select, union_all

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.scoring.rules import Rating
from mobilizer.search.rules.numbers import first
from mobilizer.tallies.models import Standing
from mobilizer.tallies.queries.sets import ratings_on_both
from mobilizer.tallies.queries.standing import stands_on
from mobilizer.tallies.rules import Kind, Subject

_IN_PLACES = (Kind.REGION, Kind.PLACE)


class Moved(NamedTuple):
    """What is rated otherwise than on an earlier day, of one rating then and one rating now."""

    before: Rating
    now: Rating
    many: int
    #: The first few: the number of a promise, and in which place; None for it as a whole.
    first: Sequence[tuple[int, int | None]]


def moved(cycle: Cycle, subject: Subject, since: date, as_of: date, most: int) -> list[Moved]:
    """What is rated otherwise at the end of a day than at that of an earlier one, in one query.

    What was not there on the earlier day was not yet rated. In a region or place these are
    readings, else promises as a whole. Of each pair of ratings come the first few, by number.
    """
    if subject[0] in _IN_PLACES:
        return _readings_moved(cycle, subject, since, as_of, most)
    then, now = ratings_on_both(cycle, subject, since, as_of)
    known = reduce(or_, then.values(), 0)
    among = -1 if subject[0] is Kind.CYCLE else now.get((subject[0], str(subject[1])), 0)
    found = []
    for was, rating in permutations(Rating, 2):
        before = then.get((Kind.CYCLE, was.value), 0)
        if was is Rating.NOT_YET_RATED:
            before |= ~known
        if those := before & among & now.get((Kind.CYCLE, rating.value), 0):
            named = [(number, None) for number in first(those, most)]
            found.append(Moved(was, rating, those.bit_count(), named))
    return found


def _readings_moved(
    cycle: Cycle, subject: Subject, since: date, as_of: date, most: int
) -> list[Moved]:
    """The same of the readings in a region or place: from what began or ended in between."""
    changed = _changed(cycle, subject, since, as_of).subquery()
    pair = changed.c.was, changed.c.now
    order = changed.c.number, changed.c.subject_id
    many = func.count().over(partition_by=pair).label("many")
    rank = func.row_number().over(partition_by=pair, order_by=order).label("rank")
    ranked = select(*pair, *order, many, rank).where(changed.c.was != changed.c.now).subquery()
    rows = db.session.execute(
        select(ranked).where(ranked.c.rank <= most).order_by(ranked.c.was, ranked.c.now, "rank")
    )
    return [
        Moved(*ratings, (some := list(group))[0].many, [(r.number, r.subject_id) for r in some])
        for ratings, group in groupby(rows, lambda row: (row.was, row.now))
    ]


def _changed(cycle: Cycle, subject: Subject, since: date, as_of: date) -> Select[Any]:
    """Every reading there that is another one than on the earlier day, with what it was then."""
    which = Standing.number, Standing.subject_id
    here = (
        Standing.cycle_id == cycle.id,
        Standing.kind == Kind.PLACE,
        Standing.subject_id.in_(_places(subject)),
    )
    none = cast(None, Standing.rating.type)
    stands = case((stands_on(cycle, as_of), Standing.rating))
    began = select(*which, none.label("was"), stands.label("now"))
    ended = select(*which, Standing.rating, none)
    both = union_all(
        began.where(*here, Standing.since > since, Standing.since <= as_of),
        ended.where(
            *here, Standing.since <= since, Standing.until > since, Standing.until <= as_of
        ),
    ).subquery()
    was = func.coalesce(func.max(both.c.was), Rating.NOT_YET_RATED)
    told = select(
        both.c.number, both.c.subject_id, was.label("was"), func.max(both.c.now).label("now")
    )
    return told.group_by(both.c.number, both.c.subject_id)


def readings(
    cycle: Cycle, subject: Subject, promise_ids: Sequence[int], as_of: date | None = None
) -> dict[int, list[Rating]]:
    """What is known of some promises in a place, or in a region with all that lies in it."""
    found: dict[int, list[Rating]] = defaultdict(list)
    if not promise_ids:
        return found
    told = select(Standing.promise_id, Standing.rating).where(
        Standing.promise_id.in_(promise_ids),
        Standing.kind == Kind.PLACE,
        Standing.subject_id.in_(_places(subject)),
        stands_on(cycle, as_of),
    )
    for promise_id, rating in db.session.execute(told):
        if rating is not None:
            found[promise_id].append(rating)
    return found


def _places(subject: Subject) -> Select[int]:
    """The keys of a place, or of a region and all that lies in it."""
    kind, key = subject
    tree = select(Place.id).where(Place.id == key).cte(recursive=kind is Kind.REGION)
    if kind is Kind.REGION:
        tree = tree.union(select(Place.id).where(Place.parent_id == tree.c.id))
    return select(tree.c.id)
