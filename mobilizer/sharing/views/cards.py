"""What a picture says, in the language of the request: the same words and numbers as the page."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext, ngettext

from mobilizer.core import clock, formats
from mobilizer.core.language import current, said
from mobilizer.core.languages import TAGS
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import METHODOLOGY, Counts, Rating, score
from mobilizer.sharing.queries import Subject
from mobilizer.sharing.rules import heights
from mobilizer.sharing.rules.cards import Card, Piece

INVENTED = N_("Demonstration: all of this is invented")


def card(subject: Subject, day: date | None = None) -> Card:
    """All that stands on a picture of it; of today, unless its page is of another day."""
    day = day or clock.today(subject.cycle.time_zone)
    if isinstance(subject.thing, Promise):
        return _of_promise(subject, subject.thing, day)
    counts, now = subject.counts, score(subject.counts, subject.cycle.least_rated)
    is_whole = isinstance(subject.thing, Cycle)
    return Card(
        language=TAGS.get(current(), current()),
        over="" if is_whole else named(subject.cycle.names),
        title=named(subject.thing.names),
        notes=(rated_of(counts, day), _method()),
        source=_source(),
        banner=_banner(subject.cycle),
        figure=figure(counts, now.percent, subject.cycle.least_rated),
        words=in_words(counts, now.percent, subject.cycle.least_rated),
        framed=_in_few_words(counts, now.percent),
        pieces=tuple(_piece(rating, counts[rating]) for rating in Rating),
        has_score=now.percent is not None,
        covered=formats.sentence(subject.coverage.told) if subject.coverage else "",
    )


def _of_promise(subject: Subject, promise: Promise, day: date) -> Card:
    as_of = gettext("as of %(date)s", date=formats.day(day))
    return Card(
        language=TAGS.get(current(), current()),
        over=named(subject.cycle.names),
        title=named(promise.titles),
        notes=(f"{as_of} · {_method()}",),
        source=_source(),
        banner=_banner(subject.cycle),
        quote=promise.exact_words,
        quoted_in=promise.language,
        author=named(promise.party.names),
        verdict=_piece(subject.rating or Rating.NOT_YET_RATED, 1),
    )


def height(said: Card, widest: int) -> int:
    """How high the frame has to be that shows a card, where it may be so wide."""
    method = gettext(
        "Kept counts 1, partly kept ½, all else 0; what cannot be rated or is not yet rated does "
        "not count."
    )
    return heights.height(said, (method, f"{gettext('How we score')} · Mobilizer"), widest)


def named(names: Mapping[str, str]) -> str:
    """A name in the page's language, or visibly in another: "Tetovo (in English)"."""
    content = said(names)
    return f"{content.text} ({gettext(content.note)})" if content.falls_back else content.text


def figure(counts: Counts, percent: int | None, least: int) -> str:
    """The number as the pages write it, or that there is none yet, or can be none."""
    if percent is not None:
        return f"{formats.number(percent)}\u00a0%"
    return (
        gettext("Too few for a score") if 0 < counts.promises < least else gettext("No score yet")
    )


def in_words(counts: Counts, percent: int | None, least: int) -> str:
    """What the number counts, or how many it takes."""
    if percent is None:
        return ngettext(
            "%(num)s promise is rated; a score takes %(least)s.",
            "%(num)s promises are rated; a score takes %(least)s.",
            counts.rated,
            least=least,
        )
    # With what it is made of: 8 of 57 are not 39 % to whoever does not know that partly is half.
    return ngettext(
        "fulfilled, of %(num)s rated promise: %(kept)s kept, %(partly)s partly (counting half).",
        "fulfilled, of %(num)s rated promises: %(kept)s kept, %(partly)s partly (counting half).",
        counts.rated,
        kept=formats.number(counts.kept),
        partly=formats.number(counts.partly_kept),
    )


def _in_few_words(counts: Counts, percent: int | None) -> str:
    """The same for a frame, which has the rule for the half in full below."""
    if percent is None:
        return ""
    return ngettext(
        "fulfilled, of %(num)s rated promise.",
        "fulfilled, of %(num)s rated promises.",
        counts.rated,
    )


def rated_of(counts: Counts, day: date) -> str:
    """How many of how many are rated, and of which day this is."""
    return ngettext(
        "%(rated)s of %(num)s promise is rated, as of %(date)s.",
        "%(rated)s of %(num)s promises are rated, as of %(date)s.",
        counts.promises,
        rated=formats.number(counts.rated),
        date=formats.day(day),
    )


def _method() -> str:
    return gettext("Method, version %(version)s", version=METHODOLOGY)


def _source() -> str:
    return urlsplit(current_app.config["SITE_URL"]).netloc


def _banner(cycle: Cycle) -> str:
    return gettext(INVENTED) if cycle.is_demonstration else ""


def _piece(rating: Rating, count: int) -> Piece:
    return Piece(rating, gettext(rating.label), count, formats.number(count))
