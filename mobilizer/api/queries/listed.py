"""From which day each promise counts where, as it is on record by the day of an edition."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from mobilizer.api.queries.editions import Edition
from mobilizer.core.database import db
from mobilizer.cycles.models import Topic
from mobilizer.elections.models import Party
from mobilizer.opendata.rules.cells import Row
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.models import Listing


def listings(of: Edition, *narrowed: ColumnElement[bool]) -> Iterator[Row]:
    """Where published promises counted since when: by number, the earlier first."""
    codes = dict(db.session.execute(select(Place.id, Place.code)).all())
    columns = (Promise.number, Topic.code.label("topic"), Party.code.label("party"))
    told = (
        _recorded(of, *columns, Listing.since, Listing.place_ids, Listing.unread)
        .join(Topic, Topic.id == Listing.topic_id)
        .join(Party, Party.id == Listing.party_id)
        .where(*narrowed)
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


def moved_since(of: Edition) -> dict[int, Row]:
    """Where promises stood that stand elsewhere since its day, by their numbers."""
    later = select(Listing.promise_id).where(Listing.since > of.day)
    moved = {row["promise"]: row for row in listings(of, Promise.id.in_(later))}
    return {
        number: {name: row[name] for name in ("topic", "party", "places")}
        for number, row in moved.items()
    }


def first_days(of: Edition) -> dict[int, date]:
    """The day since which each promise that was public by then counts, by its key."""
    first = _recorded(of, Listing.promise_id, func.min(Listing.since))
    return dict(db.session.execute(first.group_by(Listing.promise_id)).all())


def ever_listed(of: Edition, column: Any) -> Select[Any]:
    """What a column of the listings of public promises says, on its day or before."""
    return _recorded(of, column).distinct()


def places_listed(of: Edition) -> ColumnElement[bool]:
    """Whether a promise that was public by then was ever made for a place."""
    told = db.session.scalars(_recorded(of, Listing.place_ids))
    return Place.id.in_({key for keys in told for key in keys})


def _recorded(of: Edition, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Listing)
        .join(Promise, Promise.id == Listing.promise_id)
        .where(Promise.cycle_id == of.cycle.id, Promise.state == PromiseState.PUBLISHED)
        .where(Listing.since <= of.day)
    )
