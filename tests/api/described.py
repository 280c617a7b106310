"""An answer of the API held to its description."""

from mobilizer.api.rules.openapi import RESPONSES, Operation
from tests.support.answers import Answer

#: What is described once, by the reference that names it.
NAMED = {f"#/components/responses/{name}": one for name, one in RESPONSES.items()}


def hold(answer: Answer, operation: Operation) -> None:
    """It is one that the description has, of a type and with the headers that this names."""
    described = operation["responses"][str(answer.status)]
    described = NAMED.get(described.get("$ref"), described)
    assert answer.headers["Content-Type"].partition(";")[0] in described["content"]
    assert set(described.get("headers", ())) <= set(answer.headers.keys())
