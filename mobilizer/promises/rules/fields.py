"""What the fields of a promise are called, where its history is told."""

from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
from mobilizer.promises.rules import Frequency, Method, Precision, PromiseState, Unit

FIELDS = {
    "exact_words": N_("Exact words"),
    "language": N_("Language of the source"),
    "titles": N_("Short title"),
    "party": N_("Party or coalition"),
    "speaker": N_("Speaker"),
    "topic": N_("Topic"),
    "level": N_("Level of government"),
    "places": N_("Places"),
    "source": N_("Source"),
    "source_spot": N_("Page or minute"),
    "made_on": N_("Made on"),
    "due": N_("Promised deadline"),
    "due_precision": N_("Kind of deadline"),
    "due_raw": N_("Deadline in the words of the source"),
    "institution": N_("Responsible institution"),
    "is_in_its_power": N_("In the power of this institution"),
    "focus": N_("Focus of monitoring"),
    "became_link": N_("What became of it"),
    "state": N_("State"),
    "duplicate_of": N_("Duplicate of promise number"),
    "indicators": N_("Indicator"),
    "text": N_("Indicator"),
    "unit": N_("Unit"),
    "unit_name": N_("What is counted"),
    "baseline": N_("Baseline"),
    "baseline_on": N_("Baseline as of"),
    "target": N_("Target as promised"),
    "methods": N_("How information is collected"),
    "data_source": N_("Source of information"),
    "frequency": N_("How often"),
}


class Plain(Word):
    """An answer that is kept as a word."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")


#: The fields that hold codes, and the words these stand for.
WORDS: dict[str, type[Word]] = {
    "level": Level,
    "due_precision": Precision,
    "is_in_its_power": Plain,
    "state": PromiseState,
    "unit": Unit,
    "methods": Method,
    "frequency": Frequency,
}


def label_of(field: str) -> tuple[str, int | None]:
    """The message id of a field of the history, and which indicator it is of."""
    whole, _, rest = field.partition(".")
    if whole == "indicators" and rest:
        position, _, part = rest.partition(".")
        return FIELDS.get(part, part), int(position)
    return FIELDS.get(whole, whole), None


def words_in(field: str, value: str) -> list[str]:
    """A value of the history as message ids and plain text, in its order."""
    kind = WORDS.get(field.rpartition(".")[2])
    if kind is None or not value:
        return [value]
    return [kind(code).label for code in value.split()]
