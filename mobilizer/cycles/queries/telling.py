"""A changed setting as a sentence, for whoever reads it."""

from datetime import date

from flask_babel import gettext

from mobilizer.core import formats, seed
from mobilizer.core.language import LANGUAGES, own_name, said
from mobilizer.cycles.rules.settings import Changed

#: What stands where nothing was or is set.
NOTHING = "–"


def told(change: Changed) -> str:
    """A change in the page's language: what it was and what it is."""
    label = gettext(change.label)
    return gettext(
        "“%(setting)s” was %(before)s and is now %(after)s",
        setting=f"{label} ({_named(change)})" if change.of else label,
        before=_written(change, change.before),
        after=_written(change, change.after),
    )


def _written(change: Changed, value: str | date) -> str:
    if isinstance(value, date):
        return formats.month(value)
    if change.name == "election":
        return _called("elections.csv", value) or NOTHING
    return (gettext(value) if change.is_word else value) or NOTHING


def _named(change: Changed) -> str:
    if change.name == "names":
        return own_name(change.of) if change.of in LANGUAGES else change.of
    return _called("regions.csv", change.of)


def _called(file: str, code: str) -> str:
    """What the project's own facts call a code; what they do not know is its code."""
    rows = (row for row in seed.all_rows(file) if row["code"] == code)
    return next((said(seed.names(row)).text for row in rows), code)
