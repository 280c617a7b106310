"""What a public page tells of itself to machines, and what it offers to put elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for
from flask_babel import gettext
from jinja2 import pass_context
from jinja2.runtime import Context

from mobilizer.core.language import current
from mobilizer.core.languages import TAGS
from mobilizer.core.text import excerpt
from mobilizer.opendata.rules.description import FILE
from mobilizer.opendata.rules.keeping import KINDS as KINDS_OF_FILES
from mobilizer.opendata.rules.keeping import XLSX, ZIP, kind_of
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Precision
from mobilizer.scorecards.rules import By
from mobilizer.sharing.queries import Subject
from mobilizer.sharing.queries.subjects import WAYS
from mobilizer.sharing.rules import claims, embeds
from mobilizer.sharing.rules.cards import Card, Kind
from mobilizer.sharing.rules.looks import PICTURES, SHAPES, Shape
from mobilizer.sharing.views import addresses
from mobilizer.sharing.views.cards import card, figure, height, in_words, named
from mobilizer.sharing.views.own import OF_A_WHOLE_CYCLE, default_of, is_past, own_addresses

KINDS = {by: kind for kind, by in WAYS.items()}
#: What the page of data lists, by the views that answer it.
_LISTS: Mapping[str, dict[str, Any]] = {"api.promises": {}, "api.file": {"name": "findings"}}
#: The longest description; what search engines and messengers show of it is shorter still.
DESCRIPTION = 300
#: What Open Graph calls our languages.
LOCALES = {"en": "en_GB", "sq": "sq_AL", "mk": "mk_MK", "sr": "sr_RS"}


@dataclass(frozen=True)
class Shared:
    """What a page offers to put elsewhere; ``address`` and ``oembed`` are whole, others paths."""

    address: str
    title: str
    said: Card
    pictures: tuple[tuple[Shape, str], ...]
    chart: Mapping[str, str]
    frame: str
    code: str
    oembed: str

    @property
    def image(self) -> tuple[Shape, str]:
        """The picture that messengers show beside a link."""
        return self.pictures[0]


@dataclass(frozen=True)
class Told:
    """What stands in the head of a public page."""

    canonical: str
    alternates: Mapping[str, str]
    description: str
    locale: str
    is_invented: bool
    #: It tells how things stood on an earlier day: search engines are to find today's page.
    is_past: bool
    facts: tuple[Mapping[str, Any], ...]
    shared: Shared | None


@pass_context
def told(context: Context) -> Told:
    """What the page that is being made tells machines; the same for whoever asks."""
    if "told" not in g:
        g.told = _told(context)
    found: Told = g.told
    return found


@pass_context
def shared(context: Context) -> Shared | None:
    """What can be put elsewhere of the page that is being made; None where nothing can."""
    return told(context).shared


def _told(context: Context) -> Told:
    found = _subject(context)
    cycle = context.get("cycle")
    facts = (_dataset(context), _review(context))
    own = own_addresses(context)
    return Told(
        canonical=own[TAGS.get(current(), current())],
        alternates={**own, "x-default": default_of(own)},
        description=excerpt(_description(context, found), DESCRIPTION),
        locale=LOCALES[current()],
        is_invented=bool(cycle and cycle.is_demonstration),
        is_past=is_past(context),
        facts=tuple(fact for fact in facts if fact),
        shared=_shared(found) if found and not is_past(context) else None,
    )


# --- what the page is about


def _subject(context: Context) -> Subject | None:
    """The score or promise a page is about, by what it shows."""
    cycle = context.get("cycle")
    if not cycle:
        return None
    if (promise := context.get("promise")) and context.get("rating"):
        return Subject(Kind.PROMISE, cycle, promise, rating=context["rating"])
    counts = context.get("counts")
    if counts is None:
        return None
    if thing := context.get("thing"):
        kind = KINDS[By(context["by"])]
        return Subject(kind, cycle, thing, counts, coverage=context["story"].coverage)
    if request.endpoint not in OF_A_WHOLE_CYCLE:
        return None
    return Subject(Kind.CYCLE, cycle, cycle, counts, coverage=context["story"].coverage)


def _shared(found: Subject) -> Shared:
    said, address = card(found), addresses.whole(addresses.page(found))
    frame = addresses.embed(found)
    asked = urlencode({"url": address, "format": "json"})
    chart = {
        ending: addresses.picture(found, said, "chart", ending)
        for ending in ("svg", "png")
        if found.kind is not Kind.PROMISE
    }
    if chart:
        chart["csv"] = addresses.numbers(found)
    return Shared(
        address=address,
        title=said.title,
        said=said,
        pictures=tuple((SHAPES[name], addresses.picture(found, said, name)) for name in PICTURES),
        chart=chart,
        frame=frame,
        code=embeds.code(
            addresses.whole(frame), f"{said.title} · Mobilizer", height(said, embeds.WIDEST)
        ),
        oembed=addresses.whole(f"{url_for('sharing.oembed')}?{asked}"),
    )


def _description(context: Context, found: Subject | None) -> str:
    """What a page says in a sentence or two: its number in words, or its name and what it is of."""
    if found is not None:
        return card(found, context.get("as_of")).in_words
    if comparison := context.get("comparison"):
        return " ".join(_side(column) for column in comparison.columns)
    kind = gettext(
        "What parties promised in North Macedonia and Kosovo, followed month by month with "
        "evidence that anybody can check."
    )
    title = str(context.get("page_title") or "")
    return f"{title} · {kind}" if title else kind


def _side(column: Any) -> str:
    """One of two that are compared: its name, its number, and what that counts."""
    side = column.side
    percent, least = side.score.percent, side.rules.least_rated
    number = f"{figure(side.counts, percent, least)} " if percent is not None else ""
    return f"{column.name}: {number}{in_words(side.counts, percent, least)}"


# --- facts for search engines


def _review(context: Context) -> Mapping[str, Any] | None:
    """The verdict on a promise as a ClaimReview, where it is one and is ours."""
    promise, rating = context.get("promise"), context.get("rating")
    if not isinstance(promise, Promise) or rating is None or is_past(context):
        return None
    readings = [
        claims.Reading(one.published_on, one.imported_from) for one in context.get("readings") or ()
    ]
    invented = promise.cycle.is_demonstration or promise.party.invented
    if not claims.verdict_applies(rating, readings, invented=invented):
        return None
    source, number = promise.source, promise.number
    is_known = source.said_on_precision == Precision.DAY
    return claims.review(
        claims.Said(
            words=promise.exact_words,
            party=named(promise.party.names),
            source=source.link,
            said_on=source.said_on if is_known else None,
        ),
        rating,
        gettext(rating.label),
        max(one.published_on for one in readings),
        address=addresses.whole(url_for("scorecards.promise", lang=current(), number=number)),
        site=addresses.whole(""),
        language=TAGS.get(current(), current()),
    )


def _dataset(context: Context) -> Mapping[str, Any] | None:
    """What the page of data offers; of a demonstration nothing, for it is no data."""
    cycle = context.get("cycle")
    if request.endpoint != "scorecards.data" or cycle is None or cycle.is_demonstration:
        return None
    package = context.get("package")
    packed = {
        url_for("api.package", cycle=cycle.code, file=file): kind_of(file)
        for file in (ZIP, XLSX, FILE)
        if package is not None
    }
    lists = {
        url_for(view, **values, form=form, cycle=cycle.code): KINDS_OF_FILES[form]
        for view, values in _LISTS.items()
        for form in ("csv", "json")
    }
    return claims.dataset(
        address=addresses.whole(url_for("scorecards.data", lang=current(), cycle=cycle.code)),
        site=addresses.whole(""),
        language=TAGS.get(current(), current()),
        name=f"{named(cycle.names)} · Mobilizer",
        description=gettext(
            "Promises of an election and what was found about each of them, month by month: "
            "ratings, evidence and scores."
        ),
        months=(cycle.first_month, cycle.last_month),
        country=cycle.country,
        files={addresses.whole(file): kind for file, kind in {**packed, **lists}.items()},
    )
