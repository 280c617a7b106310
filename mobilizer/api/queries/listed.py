"""From which day each promise counts where, as it is on record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.opendata.rules.cells import Row
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.models import Listing


def listings(cycle: Cycle) -> Iterator[Row]:
    """Where each published promise of a cycle counted since when: by number, the earlier first."""
    codes = dict(db.session.execute(select(Place.id, Place.code)).all())
    columns = (Promise.number, Topic.code.label("topic"), Party.code.label("party"))
    told = (
        _recorded(cycle, *columns, Listing.since, Listing.place_ids, Listing.unread)
        .join(Topic, Topic.id == Listing.topic_id)
        .join(Party, Party.id == Listing.party_id)
        .order_by(Promise.number, Listing.since)
    )
    for row in db.session.execute(told):
        yield {
            "promise": row.number,
            "since": row.since,
            "topic": row.topic,
            "party": row.party,
            "places": " ".join(sorted(codes[key] for key in row.place_ids)),
            "unread": row.unread.value,
        }


def first_days(cycle: Cycle) -> dict[int, date]:
    """The day since which each published promise of a cycle counts, by its key."""
    first = _recorded(cycle, Listing.promise_id, func.min(Listing.since))
    return dict(db.session.execute(first.group_by(Listing.promise_id)).all())


def ever_listed(cycle: Cycle, column: Any) -> Select[Any]:
    """What a column of the listings of a cycle's published promises says, now or before."""
    return _recorded(cycle, column).distinct()


def places_listed(cycle: Cycle) -> ColumnElement[bool]:
    """Whether a published promise of a cycle was ever made for a place."""
    told = db.session.scalars(_recorded(cycle, Listing.place_ids))
    return Place.id.in_({key for keys in told for key in keys})


def _recorded(cycle: Cycle, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Promise, Promise.id == Listing.promise_id)
        .where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED)
    )
