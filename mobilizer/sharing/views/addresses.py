"""Where something stands: its page, its frame, its pictures. Whole ones come from SITE_URL.

The name of a host that a visitor sends is never believed: it would lead whoever reads a kept
page to another site.
"""

from typing import Any

from flask import current_app, url_for

from mobilizer.core.language import current
from mobilizer.sharing.queries import Subject
from mobilizer.sharing.queries.subjects import WAYS
from mobilizer.sharing.rules.cards import Card, Kind

#: kind -> the view of its page, and what its address names it by.
VIEWS = {
    Kind.TOPIC: ("scorecards.topic", "code"),
    Kind.PARTY: ("scorecards.party", "code"),
    Kind.REGION: ("scorecards.region", "code"),
    Kind.MUNICIPALITY: ("scorecards.municipality", "code"),
    Kind.PROMISE: ("scorecards.promise", "number"),
    Kind.CYCLE: ("scorecards.cycle", "code"),
}


def whole(path: str) -> str:
    """A path as an address that works anywhere."""
    return f"{current_app.config['SITE_URL']}{path}"


def page(subject: Subject, lang: str | None = None) -> str:
    """The path of its public page."""
    lang = lang or current()
    if subject.kind is Kind.CYCLE and subject.cycle.is_current:
        return url_for("scorecards.home", lang=lang)
    view, name = VIEWS[subject.kind]
    values: dict[str, Any] = {name: subject.code, "cycle": _asked_for(subject)}
    return url_for(view, lang=lang, **values)


def embed(subject: Subject) -> str:
    """The path of its frame."""
    if subject.kind is Kind.CYCLE:
        asked = None if subject.cycle.is_current else subject.cycle.code
        return url_for("sharing.embedded_cycle", lang=current(), cycle=asked)
    asked = _asked_for(subject)
    return url_for(
        "sharing.embedded", lang=current(), kind=subject.kind, code=subject.code, cycle=asked
    )


def picture(subject: Subject, card: Card, shape: str, ending: str = "png") -> str:
    """The path of a picture, with the hash of what it says in it."""
    where: dict[str, Any] = {
        "lang": current(),
        "cycle": subject.cycle.code,
        "shape": shape,
        "mark": card.mark(shape),
        "ending": ending,
    }
    if subject.kind is Kind.CYCLE:
        return url_for("sharing.picture_of_cycle", **where)
    return url_for("sharing.picture", kind=subject.kind, code=subject.code, **where)


def numbers(subject: Subject) -> str:
    """The path of the numbers that a chart shows, beside those of its like."""
    by = WAYS.get(subject.kind)
    return url_for("api.scores", form="csv", by=by, cycle=subject.cycle.code)


def _asked_for(subject: Subject) -> str | None:
    """The cycle as an address names it: not where it is the current one, nor of a promise."""
    needless = subject.cycle.is_current or subject.kind in (Kind.PROMISE, Kind.CYCLE)
    return None if needless else subject.cycle.code


def method(subject: Subject) -> str:
    """How its number comes about, as a whole address."""
    asked = None if subject.cycle.is_current else subject.cycle.code
    return whole(url_for("scorecards.method", lang=current(), cycle=asked))
