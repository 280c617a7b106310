"""The fixed words of the field, each with the message that names it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


def N_(message: str) -> str:
    """Mark a message for the catalogues without translating it here."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark a message that has a plural, without translating it here."""
    return one, many


@dataclass(frozen=True)
class Sentence:
    """A message with the numbers in it, before it is translated: ``{{ found|sentence }}``."""

    one: str
    #: Its plural, where it has one: then ``num`` chooses between them.
    many: str = ""
    num: int = 0
    of: int = 0


class Word(StrEnum):
    """A code that is stored and sent, and a label that is shown.

    The value is what stands in the database, in addresses and in the API; the label is
    the message id that a page translates: ``{{ _(rating.label) }}``.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one word from its code and its label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word
