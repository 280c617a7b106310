"""A promise as somebody would have typed it, for changing it on the same screens."""

from mobilizer.core.language import LANGUAGES
from mobilizer.promises.actions.history import told_of_indicator
from mobilizer.promises.models import Indicator, Promise
from mobilizer.promises.rules import Precision
from mobilizer.promises.rules.dates import written
from mobilizer.promises.rules.fields import Plain

UNDATED = (Precision.MANDATE, Precision.NONE)


def typed_of(promise: Promise) -> dict[str, list[str]]:
    """The fields of all screens, as they are kept in a draft."""
    is_dated = promise.due_precision not in UNDATED
    made_on = promise.made_on if promise.made_on != promise.source.said_on else None
    fields = {
        "exact_words": promise.exact_words,
        "language": promise.language,
        "title": promise.titles.get(promise.language, ""),
        "party": promise.party.code,
        "speaker": promise.speaker,
        "source": str(promise.source_id),
        "source_spot": promise.source_spot,
        "made_on": written(made_on, None),
        "topic": promise.topic.code,
        "level": promise.level.value,
        "due": "date" if is_dated else promise.due_precision.value,
        "due_on": written(promise.due_on, promise.due_precision) if is_dated else "",
        "due_raw": promise.due_raw,
        "institution": promise.institution,
        "in_power": Plain.YES.value if promise.is_in_its_power else Plain.NO.value,
        "focus": promise.focus,
    }
    for code in LANGUAGES:
        fields[f"title_{code}"] = promise.titles.get(code, "") if code != promise.language else ""
    typed = {name: [text] for name, text in fields.items()}
    typed["places"] = [place.code for place in promise.places]
    for indicator in promise.indicators:
        typed |= _typed_of_indicator(indicator)
    return typed


def _typed_of_indicator(indicator: Indicator) -> dict[str, list[str]]:
    before = f"indicators-{indicator.position - 1}-"
    told = told_of_indicator(indicator)
    typed = {before + part: [text] for part, text in told.items()}
    typed[f"{before}methods"] = [str(method) for method in indicator.methods]
    return typed
