"""What a phone has typed, read by the very screens on which others type; and its file."""

from collections.abc import Iterator, Mapping

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, FieldList

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form
from mobilizer.core.language import lazy_gettext
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.promises.forms import Screen, screens, values_of
from mobilizer.promises.rules.values import PromiseValues
from mobilizer.sync.rules.refusals import Faulty, Told


class ParcelForm(Form):
    """A file that a phone has exported."""

    parcel = FileField(
        lazy_gettext(N_("The file from the phone (ZIP)")),
        [FileRequired(lazy_gettext(N_("This is needed.")))],
    )


def promise_values(cycle: Cycle, typed: Mapping[str, list[str]]) -> PromiseValues:
    """What is said of a promise.

    Raises:
        Faulty: a screen would have refused it; each fault beside the field as it is named there.
    """
    filled = screens(cycle, typed)
    refused = [screen for screen in filled.values() if not screen.validate()]
    if refused:
        raise Faulty(fault for screen in refused for fault in _faults(screen))
    return values_of(cycle, filled)


def _faults(screen: Screen) -> Iterator[RuleBroken]:
    for field in _fields(screen):
        for message in field.errors:
            yield Told(str(message), field=field.name)


def _fields(screen: Screen) -> Iterator[Field]:
    for field in screen:
        if isinstance(field, FieldList):
            for entry in field:
                yield from entry.form
        else:
            yield field
