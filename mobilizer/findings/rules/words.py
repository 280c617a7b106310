"""The texts of a finding in which the public searches."""

from collections.abc import Iterator, Mapping
from typing import Any

#: The answers that are texts of the mobilizer's own; the others are codes and numbers.
WRITTEN = ("finding_", "tried", "stagnation_other")


def readable(content: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a finding's public content, field by field: what is new to it is not searched.

    Args:
        content: as ``public_content`` made it, or an import, or a correction.
    """
    for name in ("reason", "summary", "contradiction_reason", "status"):
        yield str(content.get(name, ""))
    yield str(content.get("correction", {}).get("reason", ""))
    for name, answer in content.get("answers", {}).items():
        if name.startswith(WRITTEN) and isinstance(answer, str):
            yield answer
    for piece in content.get("evidence", []):
        yield str(piece.get("caption", ""))
    for noted in content.get("updates", []):
        yield str(noted.get("text", ""))
