"""How published records are written as data: rows for programs."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from mobilizer.agreement.queries import figures, is_over, taken_over
from mobilizer.agreement.rules import commitment
from mobilizer.agreement.rules.alpha import LEAST_PAIRS, RESAMPLES, SCALE
from mobilizer.core import clock
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.replies.models import Reply
from mobilizer.scorecards.queries import board
from mobilizer.scorecards.queries.releases import Release
from mobilizer.scoring.rules import METHODOLOGY, Rating, as_number

Row = dict[str, Any]


def promise_rows(promises: Sequence[Promise], as_of: date | None = None) -> list[Row]:
    """Promises as data, each with its headline rating, now or at the end of a day.

    Of each cycle what counts is asked once.
    """
    of_cycles: dict[Cycle, list[Promise]] = defaultdict(list)
    for promise in promises:
        of_cycles[promise.cycle].append(promise)
    ratings: dict[int, Rating] = {}
    for cycle, some in of_cycles.items():
        ratings |= board(cycle, as_of).ratings_of(some)
    return [_promise_row(one, ratings[one.id]) for one in promises]


def _promise_row(promise: Promise, rating: Rating) -> Row:
    return {
        "number": promise.number,
        "cycle": promise.cycle.code,
        "party": promise.party.code,
        "topic": promise.topic.code,
        "level": promise.level.value,
        "places": [place.code for place in promise.places],
        "language": promise.language,
        "exact_words": promise.exact_words,
        "titles": promise.titles,
        "source": {
            "kind": promise.source.kind.value,
            "title": promise.source.title,
            "spot": promise.source_spot,
            "link": promise.source.link,
            "archive_link": promise.source.archive_link,
        },
        "made_on": _iso(promise.made_on),
        "due_on": _iso(promise.due_on),
        "due_precision": promise.due_precision.value,
        "due_raw": promise.due_raw,
        "institution": promise.institution,
        "testability": promise.testability.value if promise.testability else None,
        "testability_reason": promise.testability_reason,
        "rating": rating.value,
        "imported_from": promise.origin,
    }


def indicator_rows(promise: Promise) -> list[dict[str, Any]]:
    """How a promise is measured."""
    return [
        {
            "position": indicator.position,
            "text": indicator.text,
            "unit": indicator.unit.value,
            "baseline": indicator.baseline,
            "baseline_on": _iso(indicator.baseline_on),
            "target": indicator.target,
        }
        for indicator in promise.indicators
    ]


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as data: all that its hash is made of, so that the chain can be walked."""
    return {
        "number": finding.number,
        "cycle": finding.cycle.code,
        "promise": finding.promise.number,
        "place": finding.place.code,
        "month": finding.month.isoformat(),
        "rating": finding.rating.value,
        "content": finding.content,
        "published_on": finding.published_on.isoformat(),
        "imported_from": finding.imported_from,
        "corrects": finding.corrects,
        "previous_hash": finding.previous_hash,
        "hash": finding.hash,
    }


def reply_row(reply: Reply) -> dict[str, Any]:
    """A published reply as data: the body's own words. It counts in no score."""
    of = reply.written_about
    return {
        "promise": reply.link.promise.number,
        "finding": reply.beside,
        "written_about": _iso(_day(of, reply.link.promise.cycle)) if of else None,
        "kind": reply.link.kind.value,
        "body": reply.of,
        "signed": reply.body,
        "function": reply.function,
        "language": reply.language,
        "text": reply.text,
        "link": reply.url,
        "published_on": _iso(reply.shown_on),
    }


def release_row(release: Release) -> Row:
    """The release of a month as data: what stood at its end, and where the chain ended then."""
    head, package = release.head, release.package
    return {
        "cycle": release.cycle.code,
        "month": release.month.isoformat(),
        "as_of": release.day.isoformat(),
        "score": {
            "numerator": as_number(release.score.numerator),
            "denominator": release.score.denominator,
            "percent": release.score.percent,
        },
        "counts": release.counts.by_code(),
        "promises": release.counts.promises,
        "rated": release.counts.rated,
        "methodology": METHODOLOGY,
        "last_finding": head.number if head else None,
        "hash": head.hash if head else None,
        "package_sha256": package.sha256 if package else None,
        "package_made_on": _iso(package.made_on) if package else None,
    }


def agreement_row(cycle: Cycle) -> dict[str, Any]:
    """How far two mentors agree in a cycle, as data: only numbers, of nobody."""
    if (taken := taken_over(cycle)) is not None:
        return dict(taken.row)
    found = figures(cycle)
    return {
        "cycle": cycle.code,
        "share": cycle.second_share,
        "level_of_measurement": "ordinal",
        "scale": [rating.value for rating in SCALE],
        "pairs": found.pairs,
        "least_pairs": LEAST_PAIRS,
        "unratable": found.unratable,
        "cannot_tell": found.untold,
        "corrected": found.corrected,
        "alpha": found.alpha,
        "interval": found.interval,
        "resamples": RESAMPLES,
        "table": found.table,
        "seed_sha256": commitment(cycle.drawing_seed),
        "seed": cycle.drawing_seed if is_over(cycle) else None,
    }


def named(thing: Topic | Party | Place) -> dict[str, Any]:
    """A topic, party or place by its code."""
    return {"key": thing.code, "names": thing.names}


def party_row(party: Party) -> dict[str, Any]:
    """A party as data."""
    return {**named(party), "kind": party.kind.value, "invented": party.invented}


def place_row(place: Place) -> dict[str, Any]:
    """A region or municipality as data."""
    region = place.region
    return {**named(place), "country": place.country, "region": region.code if region else None}


def cycle_row(cycle: Cycle) -> dict[str, Any]:
    """A cycle as data."""
    return {
        "key": cycle.code,
        "names": cycle.names,
        "country": cycle.country,
        "level": cycle.level.value,
        "first_month": cycle.first_month.isoformat(),
        "last_month": cycle.last_month.isoformat(),
        "is_current": cycle.is_current,
        "is_demonstration": cycle.is_demonstration,
    }


def each(row: Callable[[Any], Row]) -> Callable[[Sequence[Any]], list[Row]]:
    """What writes rows one by one, for rows that need nothing in common."""
    return lambda found: [row(one) for one in found]


def _day(moment: datetime, cycle: Cycle) -> date:
    """The day of a moment where the cycle is."""
    return clock.day_of(moment, cycle.time_zone)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
