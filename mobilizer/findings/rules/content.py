"""What of a report the public gets to read: named field by field, so that the rest stays inside.

Where a mobilizer goes next and whom she met can lead to her. The note to the mentor is private.
None of them is on the list, and a field that is new to the matrix is not either until somebody
puts it there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mobilizer.evidence.rules.links import EvidenceKind

#: The published fields of the matrix, in its order. ``#`` stands for an indicator's position.
PUBLISHED = (
    "value_#",
    "light_#",
    "finding_#",
    "tried_#",
    "because",
    "tried",
    "stagnation",
    "stagnation_other",
    "step_decision",
    "step_procurement",
    "step_meetings",
    "step_plan",
    "step_preconditions",
    "step_activities",
    "step_results",
    "info_public",
    "participation",
    "mechanisms",
    "foi",
)
#: What has parts of its own.
PARTS: dict[str, type] = {"answers": dict, "correction": dict, "evidence": list, "updates": list}


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as the public gets it.

    ``media`` is the hash of a photo's public copy; ``address`` a canonical link. Not among it are
    the day on which it was taken, for then somebody stood there, and the number of a request, for
    whoever was asked keeps it beside her name.
    """

    kind: str
    address: str = ""
    provider: str = ""
    media: str | None = None
    width: int | None = None
    height: int | None = None
    caption: str = ""
    source_kind: str = ""


def public_content(
    *,
    kind: str,
    language: str,
    answers: Mapping[str, Any],
    evidence: Iterable[Shown],
    contradiction_reason: str = "",
) -> dict[str, Any]:
    """The content of a finding, in plain JSON values; what is empty is left out.

    Args:
        kind: the kind of the report, as ``monitoring``'s ``RevisionKind`` says it.
        language: the language in which its texts were written.
        answers: the matrix as it was approved, private fields and all.
        evidence: what may be shown: photos only with the consent of the people on them.
        contradiction_reason: why a rating stands that the answers seem to speak against.
    """
    published = {
        name: answer for name, answer in answers.items() if _general(name) in PUBLISHED and answer
    }
    findings = [text for name, text in published.items() if name.startswith("finding_")]
    content = {
        "kind": kind,
        "language": language,
        "reason": answers.get("rating_reason", ""),
        "summary": findings[0] if findings else "",
        "answers": published,
        "contradiction_reason": contradiction_reason,
        "evidence": [_present(asdict(piece)) for piece in evidence],
    }
    return _present(content)


def has_its_shape(content: Mapping[str, Any]) -> bool:
    """Whether each part is of the kind that its readers take it for, whoever made the content."""
    if not all(isinstance(content.get(name, kind()), kind) for name, kind in PARTS.items()):
        return False
    evidence, updates = content.get("evidence", []), content.get("updates", [])
    if not all(isinstance(one, Mapping) for one in (*evidence, *updates)):
        return False
    return all(one.get("kind") in tuple(EvidenceKind) for one in evidence)


def _general(name: str) -> str:
    return re.sub(r"_[1-9]$", "_#", name)


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [], {})}
