"""The history of a promise: what stood before, what stands now, by whom and why."""

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import Names, db
from mobilizer.core.language import said
from mobilizer.promises.models import Indicator, Promise, PromiseChange
from mobilizer.promises.rules.dates import written


def told(promise: Promise) -> dict[str, str]:
    """A promise in words, field by field; names as its own language says them."""

    def named(names: Names) -> str:
        return said(names, promise.language).text

    fields = {
        "exact_words": promise.exact_words,
        "language": promise.language,
        "party": named(promise.party.names),
        "speaker": promise.speaker,
        "topic": named(promise.topic.names),
        "level": promise.level.value,
        "places": "; ".join(named(place.names) for place in promise.places),
        "source": promise.source.title,
        "source_spot": promise.source_spot,
        "made_on": written(promise.made_on, None),
        "due": written(promise.due_on, promise.due_precision),
        "due_precision": promise.due_precision.value,
        "due_raw": promise.due_raw,
        "institution": promise.institution,
        "is_in_its_power": "yes" if promise.is_in_its_power else "no",
        "focus": promise.focus,
        "became_link": promise.became_link,
        **{f"titles.{language}": title for language, title in promise.titles.items()},
    }
    for indicator in promise.indicators:
        for part, value in told_of_indicator(indicator).items():
            fields[f"indicators.{indicator.position}.{part}"] = value
    return fields


def counts_under(promise: Promise) -> dict[str, str | list[str]]:
    """The topic, party and places under which a promise counts, by their codes."""
    return {
        "topic": promise.topic.code,
        "party": promise.party.code,
        "places": sorted(place.code for place in promise.places),
    }


def told_of_indicator(indicator: Indicator) -> dict[str, str]:
    """An indicator part by part, as somebody would type it."""
    return {
        "text": indicator.text,
        "unit": indicator.unit.value,
        "unit_name": indicator.unit_name,
        "baseline": indicator.baseline,
        "baseline_on": written(indicator.baseline_on, None),
        "target": indicator.target,
        "methods": " ".join(indicator.methods),
        "data_source": indicator.data_source,
        "frequency": indicator.frequency.value,
    }


def note(
    promise: Promise, field: str, before: str, after: str, *, by: User | None, reason: str
) -> None:
    """Keep one change in the history of a promise."""
    db.session.add(
        PromiseChange(
            promise=promise,
            changed_at=clock.now(),
            by_id=by.id if by is not None else None,
            field=field,
            before=before,
            after=after,
            reason=reason.strip(),
        )
    )
