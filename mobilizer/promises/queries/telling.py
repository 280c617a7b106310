"""The history of a promise, in words for whoever reads it."""

from flask_babel import gettext

from mobilizer.promises.models import PromiseChange
from mobilizer.promises.rules.fields import label_of, words_in


def told(change: PromiseChange) -> dict[str, str]:
    """A change of the history in the page's language: ``label before after``."""
    label, position = label_of(change.field)

    def words(value: str) -> str:
        return ", ".join(gettext(word) if word else "" for word in words_in(change.field, value))

    named = gettext(label)
    if position is not None:
        named = gettext("Indicator %(position)s: %(field)s", position=position, field=named)
    return {"label": named, "before": words(change.before), "after": words(change.after)}
