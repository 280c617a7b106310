"""What a table of a data package is made of, in the words of the Frictionless standard."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Type = Literal["string", "integer", "number", "boolean", "date", "object", "array"]

#: How the constraints of the standard are called, by their names here.
_CONSTRAINTS = {"required": "required", "among": "enum", "pattern": "pattern", "least": "minimum"}


@dataclass(frozen=True)
class Field:
    """One column: its name, its type, and what may stand in it.

    A text that is not required may be empty; of the other types, an empty cell is nothing.
    """

    name: str
    type: Type
    describes: str
    required: bool = False
    among: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None
    #: A text that may be absent, which is something else than empty.
    may_be_absent: bool = False

    def described(self) -> dict[str, Any]:
        """The field as ``datapackage.json`` tells it."""
        told: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.describes}
        if self.type == "boolean":
            told |= {"trueValues": ["yes"], "falseValues": ["no"]}
        given = {word: getattr(self, name) for name, word in _CONSTRAINTS.items()}
        constraints = {
            word: list(value) if isinstance(value, tuple) else value
            for word, value in given.items()
            # A least of 0 is a constraint, though 0 equals False.
            if value is not False and value not in ((), "", None)
        }
        return told | ({"constraints": constraints} if constraints else {})


@dataclass(frozen=True)
class Reference:
    """A column that names a row of a table, by the one column of that table's key."""

    column: str
    table: str
    named: str

    def described(self, here: str) -> dict[str, Any]:
        """The reference as ``datapackage.json`` tells it; of a table to itself it has no name."""
        resource = "" if self.table == here else self.table
        return {
            "fields": [self.column],
            "reference": {"resource": resource, "fields": [self.named]},
        }


@dataclass(frozen=True)
class Table:
    """One file: its columns in their order, what tells its rows apart, and what they name."""

    name: str
    title: str
    describes: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def file(self) -> str:
        """What its file is called."""
        return f"{self.name}.csv"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(field.name for field in self.fields)

    def schema(self) -> dict[str, Any]:
        """Its Table Schema."""
        told: dict[str, Any] = {
            "fields": [field.described() for field in self.fields],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        if self.references:
            told["foreignKeys"] = [one.described(self.name) for one in self.references]
        return told


def codes(*words: str) -> tuple[str, ...]:
    """The words of a list, as cells hold them."""
    return tuple(str(word) for word in words)
