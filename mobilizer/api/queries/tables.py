"""The rows of every table of a data package, read in strides so that memory stays bounded.

Each is in one order on every database: what is public sorts it, never a key of ours.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from mobilizer.agreement.queries import figures
from mobilizer.api.queries import records
from mobilizer.api.queries.editions import Edition
from mobilizer.api.queries.listed import first_days, listings
from mobilizer.api.queries.rows import agreement_row, reply_row
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.counted import AGREEMENT
from mobilizer.opendata.rules.counting import days_of
from mobilizer.opendata.rules.crossing import correction_of
from mobilizer.opendata.rules.tables import BYS, RATINGS
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.replies.queries import published as published_replies
from mobilizer.requests.queries import answered_in
from mobilizer.scorecards.queries import scores as scores_of
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import METHODOLOGY

#: How many rows are held in memory at once.
STRIDE = 500


def rows_of(name: str, of: Edition) -> Iterable[Row]:
    """The rows of a table by its name."""
    return _ROWS[name](of)


def _findings(of: Edition) -> Iterator[Row]:
    columns = (
        Finding.number,
        Promise.number.label("promise"),
        Place.code.label("place"),
        Finding.month,
        Finding.rating,
        Finding.content,
        Finding.published_on,
        Finding.imported_from,
        Finding.corrects,
        Finding.previous_hash,
        Finding.hash,
    )
    told = select(*columns).join(Finding.promise).join(Finding.place)
    for row in _strides(told.where(Finding.cycle_id == of.cycle.id), of):
        yield {"cycle": of.cycle.code, **row, "rating": row["rating"].value}


def _links(of: Edition) -> Iterator[Row]:
    columns = (Finding.number, Finding.previous_hash, Finding.hash)
    yield from _strides(select(*columns).where(Finding.cycle_id != of.cycle.id), of)


def _strides(listing: Any, of: Edition) -> Iterator[Row]:
    """Findings, some at a time: the next ones are those after the last number."""
    last, until = 0, listing.where(Finding.number <= of.last)
    ordered = until.order_by(Finding.number).limit(STRIDE)
    while some := db.session.execute(ordered.where(Finding.number > last)).mappings().all():
        yield from map(dict, some)
        last = some[-1]["number"]


def _corrections(of: Edition) -> Iterator[Row]:
    corrected = aliased(Finding)
    mended = (
        select(Finding, corrected.rating)
        .join(corrected, corrected.number == Finding.corrects)
        .where(Finding.cycle_id == of.cycle.id, Finding.number <= of.last)
        .order_by(Finding.number)
        .options(joinedload(Finding.promise), joinedload(Finding.place))
    )
    for finding, rating in db.session.execute(mended):
        why = finding.content.get("correction")
        yield correction_of(
            {
                "number": finding.number,
                "promise": finding.promise.number,
                "place": finding.place.code,
                "rating": finding.rating.value,
                "published_on": finding.published_on,
            },
            {"number": finding.corrects, "rating": rating.value},
            why if isinstance(why, dict) else {},
        )


def _replies(of: Edition) -> Iterator[Row]:
    told: dict[int, list[Row]] = {}
    for reply in db.session.scalars(published_replies(of.cycle)):
        if reply.shown_on and reply.shown_on <= of.day:
            told.setdefault(reply.beside or 0, []).append(reply_row(reply))
    for finding in sorted(told):
        for position, row in enumerate(told[finding], start=1):
            yield {"position": position, **row} | {
                name: date.fromisoformat(row[name]) if row[name] else None
                for name in ("written_about", "published_on")
            }


def _answers(of: Edition) -> Iterator[Row]:
    promise = position = 0
    for one in db.session.scalars(answered_in(of.cycle, of.end)):
        position = position + 1 if one.promise.number == promise else 1
        promise = one.promise.number
        yield {
            "promise": promise,
            "position": position,
            "kind": one.kind.value,
            "question_language": one.question_language,
            "question": one.question,
            "quoted": one.is_quoted,
            "link": one.url,
            "answer_language": one.answer_language,
            "answer": one.answer,
            "published_on": one.published_on,
        }


def _agreement(of: Edition) -> Iterator[Row]:
    found = figures(of.cycle)
    if found.pairs or found.unratable or found.untold or found.corrected:
        row = agreement_row(of.cycle)
        yield {name: row[name] for name in AGREEMENT.columns}


def _scores(of: Edition) -> Iterator[Row]:
    """Every score as the site itself shows it: what is counted here is not counted again."""
    for day in score_days(of):
        for by in BYS:
            told = scores_of(of.cycle, None if by == "cycle" else By(by), day)
            for row in sorted(told, key=lambda one: one["key"]):
                yield {
                    "as_of": day,
                    "by": by,
                    "key": row["key"],
                    **row["score"],
                    **{rating: row["counts"][rating] for rating in RATINGS},
                    "promises": row["promises"],
                    "rated": row["rated"],
                    "methodology": METHODOLOGY,
                }


def score_days(of: Edition) -> tuple[date, ...]:
    """The days of which scores stand in the package: its day, and each month's end before."""
    first = min(first_days(of).values(), default=None)
    return days_of(first, of.cycle.last_month, of.day)


_ROWS: dict[str, Callable[[Edition], Iterable[Row]]] = {
    "cycle": records.cycle,
    "elections": records.elections,
    "topics": records.topics,
    "parties": records.parties,
    "places": records.places,
    "sources": records.sources,
    "promises": records.promises,
    "indicators": records.indicators,
    "changes": records.changes,
    "listings": listings,
    "findings": _findings,
    "links": _links,
    "corrections": _corrections,
    "replies": _replies,
    "answers": _answers,
    "agreement": _agreement,
    "scores": _scores,
}
