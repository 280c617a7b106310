"""From bytes that anybody could have sent to plain values of the agreed shape, or to faults."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.sync.rules.refusals import Malformed

#: How deep lists and objects may stand in each other.
DEEPEST = 6
#: The largest whole number that every JSON reader keeps exactly.
LARGEST = 2**53 - 1

UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")

NOT_JSON = N_("This is not the JSON that was agreed on.")
UNKNOWN = N_("There is no field of this name.")
MISSING = N_("This is needed.")
WRONG = N_("This is not of the kind that was agreed on.")


def parsed(body: bytes) -> dict[str, Any]:
    """The object that a body holds.

    Raises:
        Malformed: it is no JSON object in UTF-8; or a name stands in it twice, a number is no
            whole one of a size that is kept exactly, a text holds what nobody types, or it is
            too deep.
    """
    try:
        found = json.loads(
            body.decode(),
            object_pairs_hook=_once,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
        _check(found, 1)
    except (ValueError, RecursionError):
        raise Malformed([RuleBroken(NOT_JSON, field="")]) from None
    if not isinstance(found, dict):
        raise Malformed([RuleBroken(NOT_JSON, field="")])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name stands twice in one object.")
    return found


def _no_number(written: str) -> NoReturn:
    raise ValueError(f"Not a whole number: {written}")


def _check(found: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("Too deep.")
    if isinstance(found, str):
        _check_text(found)
    elif isinstance(found, list):
        for one in found:
            _check(one, depth + 1)
    elif isinstance(found, dict):
        for name, one in found.items():
            _check_text(name)
            _check(one, depth + 1)
    elif isinstance(found, int) and abs(found) > LARGEST:
        raise ValueError("Too large a number.")


def _check_text(text: str) -> None:
    text.encode()  # Half of a surrogate pair is no text: a UnicodeEncodeError is a ValueError.
    if "\x00" in text:
        raise ValueError("The sign NUL is not typed, and PostgreSQL cannot keep it.")


class Reader:
    """Reads the fields of one object, and gathers what is wrong with them by name.

    Every reading answers something of the right kind; whoever has read all asks ``close`` of the
    outermost one, which raises if anything was wrong.
    """

    def __init__(
        self, found: Mapping[str, Any], at: str = "", faults: list[RuleBroken] | None = None
    ) -> None:
        """Read this object, which stands under a name in another (``evidence.0.``)."""
        self.found = found
        self.at = at
        self.faults = faults if faults is not None else []
        self.read: set[str] = set()

    def blame(self, name: str, message: str, **params: object) -> None:
        """Note a fault of a field."""
        self.faults.append(RuleBroken(message, field=self.at + name, **params))

    def close(self) -> None:
        """All has been read.

        Raises:
            Malformed: something was wrong, each fault by its field; what nobody asked for too.
        """
        self.finish()
        if self.faults:
            raise Malformed(self.faults)

    def finish(self) -> None:
        """Blame what nobody asked for."""
        for name in self.found:
            if name not in self.read:
                self.blame(name[:60], UNKNOWN)

    def text(self, name: str, longest: int, *, needed: bool = False) -> str:
        """A text of at most so many characters."""
        typed = self._get(name, str, "", needed=needed)
        if len(typed) > longest:
            self.blame(
                name,
                N_("At most %(most)s characters; this has %(n)s."),
                most=longest,
                n=len(typed),
            )
        return typed

    def like(self, name: str, form: re.Pattern[str]) -> str:
        """A text of a given form, such as ``UID``."""
        typed = self._get(name, str, "", needed=True)
        if name in self.found and isinstance(self.found[name], str) and not form.fullmatch(typed):
            self.blame(name, WRONG)
        return typed

    def word(self, name: str, words: Collection[str]) -> str:
        """One of a few words."""
        typed = self._get(name, str, "", needed=True)
        if isinstance(self.found.get(name), str) and typed not in words:
            self.blame(name, WRONG)
        return typed

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        typed = self._get(name, int, least, needed=True)
        if not least <= typed <= most:
            self.blame(name, WRONG)
        return typed

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return bool(self._get(name, bool, False, needed=False))

    def inside(self, name: str, *, needed: bool = False) -> "Reader":
        """A reader of the object that stands under a name; of an empty one where there is none."""
        return Reader(self._get(name, dict, {}, needed=needed), f"{self.at}{name}.", self.faults)

    def several(self, name: str, most: int, *, needed: bool = False) -> list[Any]:
        """A list of at most so many things."""
        found = self._get(name, list, [], needed=needed)
        if len(found) > most:
            self.blame(
                name, N_("At most %(most)s are taken; these are %(n)s."), most=most, n=len(found)
            )
        return found[:most]

    def _get(self, name: str, kind: type[Any], otherwise: Any, *, needed: bool) -> Any:
        self.read.add(name)
        if name not in self.found:
            if needed:
                self.blame(name, MISSING)
            return otherwise
        value = self.found[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.blame(name, WRONG)
            return otherwise
        return value
