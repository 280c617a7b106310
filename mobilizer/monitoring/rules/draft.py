"""What has been typed and not sent: kept as typed, with faults, so that nothing is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

#: A text longer than this was not typed by a person; the field itself takes far less.
LONGEST = 20_000


@dataclass(frozen=True)
class Draft:
    """One report before it is sent. It is never changed; typing makes the next one."""

    #: Field → what stands in it, right or wrong.
    fields: dict[str, Any] = field(default_factory=dict)
    #: The uids of the evidence it rests on.
    evidence: tuple[str, ...] = ()
    #: Commented field ("" for the whole) → the author's answer.
    replies: dict[str, str] = field(default_factory=dict)
    contradiction_reason: str = ""
    #: How often it has been saved.
    number: int = 0

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> Self:
        """The draft as an entry keeps it."""
        return cls(**{**data, "evidence": tuple(data.get("evidence", ()))})

    @property
    def as_data(self) -> dict[str, Any]:
        """What an entry keeps."""
        return {**asdict(self), "evidence": list(self.evidence)}

    def typed(self, typed: Mapping[str, Any]) -> Self:
        """With what was typed on one screen; an emptied field is empty from now on."""
        kept = {name: value for name, value in self.fields.items() if name not in typed}
        fields = kept | {name: _cut(value) for name, value in typed.items() if value}
        return replace(self, fields=fields)

    def replied(self, replies: Mapping[str, str]) -> Self:
        """With the author's answers to comments."""
        both = {**self.replies, **{name: _cut(text) for name, text in replies.items()}}
        return replace(self, replies={name: text for name, text in both.items() if text})

    def reasoned(self, reason: str) -> Self:
        """With a reason why contradictions stand."""
        return replace(self, contradiction_reason=_cut(reason))

    def resting_on(self, evidence: Iterable[str]) -> Self:
        """With this evidence, each piece once."""
        return replace(self, evidence=tuple(dict.fromkeys(evidence)))

    def saved(self) -> Self:
        """Counted once more: a window that knows an older number must not overwrite it."""
        return replace(self, number=self.number + 1)


def _cut(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else value
