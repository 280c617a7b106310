"""The mapping: which column is which field, and what a tracker's own words mean here.

Its form is described in ``docs/import.md``.
"""

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
from mobilizer.elections.rules import PartyKind
from mobilizer.imports.rules.shape import check_shape
from mobilizer.promises.rules import SourceKind
from mobilizer.scoring.rules import Rating

#: What a column can be. Those of the first line must be there.
NEEDED_FIELDS = ("key", "words", "title", "party")
FIELDS = (
    *NEEDED_FIELDS,
    "topic",
    "language",
    "made_on",
    "due",
    "status",
    "progress",
    "evidence",
    "promise_links",
    "updates",
)
Kind = TypeVar("Kind", bound=Word)

_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


@dataclass(frozen=True)
class CycleTable:
    """The cycle that is made if there is none."""

    names: dict[str, str]
    country: str
    level: Level
    first_month: date
    last_month: date
    time_zone: str
    is_public: bool = True


@dataclass(frozen=True)
class Mapping:
    """A mapping, read and found complete.

    ``fields`` says for each field the columns it is taken from: the first that is not empty.
    ``progress`` holds ``(from, to, rating)`` in percent, both ends included.
    """

    tracker: str
    origin: str
    language: str
    fields: dict[str, tuple[str, ...]]
    cycle: CycleTable | None
    source_kind: SourceKind
    source_title: str
    party_kind: PartyKind = PartyKind.PARTY
    default_topic: str = ""
    statuses: dict[str, Rating] = field(default_factory=dict)
    progress: tuple[tuple[int, int, Rating], ...] = ()
    link_separator: str = " "
    update_separator: str = " | "
    date_forms: tuple[str, ...] = ("%Y-%m-%d",)
    encoding: str = "utf-8-sig"

    @property
    def columns(self) -> set[str]:
        """Every column the mapping speaks of."""
        return {column for columns in self.fields.values() for column in columns}


def read_mapping(text: str) -> Mapping:
    """Read a mapping from TOML.

    Raises:
        RuleBroken: it is not TOML, something is missing, unknown, or none of our words.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RuleBroken(N_("The mapping is not TOML: %(fault)s."), fault=fault) from fault
    check_shape(tables)
    tracker, cells = tables.get("tracker", {}), tables.get("cells", {})
    return Mapping(
        tracker=_text(tracker, "tracker", "name"),
        origin=_text(tracker, "tracker", "key"),
        language=_text(tracker, "tracker", "language"),
        fields=_fields(tables.get("fields", {})),
        cycle=_cycle(tables["cycle"]) if "cycle" in tables else None,
        source_kind=_word(SourceKind, tables.get("source", {}).get("kind", "programme")),
        source_title=_text(tables.get("source", {}), "source", "title"),
        party_kind=_word(PartyKind, tables.get("party", {}).get("kind", "party")),
        default_topic=tables.get("topic", {}).get("default", ""),
        statuses={
            status.casefold(): _word(Rating, rating)
            for status, rating in tables.get("status", {}).items()
        },
        progress=tuple(_range(*pair) for pair in tables.get("progress", {}).items()),
        link_separator=cells.get("links", " "),
        update_separator=cells.get("updates") or " | ",
        date_forms=_date_forms(cells.get("dates", ["%Y-%m-%d"])),
        encoding=cells.get("encoding", "utf-8-sig"),
    )


def _date_forms(forms: list[Any]) -> tuple[str, ...]:
    for form in forms:
        try:
            datetime.strptime(date(2020, 2, 1).strftime(form), form)  # noqa: DTZ007  # a day has no zone
        except (TypeError, ValueError) as fault:
            raise RuleBroken(f"[cells] “dates” has a form that is none: {form!r}.") from fault
    return tuple(forms)


def _fields(table: Table[str, Any]) -> dict[str, tuple[str, ...]]:
    unknown = sorted(set(table) - set(FIELDS))
    if unknown:
        raise RuleBroken(N_("[fields] has an unknown field “%(name)s”."), name=unknown[0])
    for name in NEEDED_FIELDS:
        _text_or_list(table, name)
    return {name: _text_or_list(table, name) for name in table}


def _text_or_list(table: Table[str, Any], name: str) -> tuple[str, ...]:
    columns = table.get(name)
    if isinstance(columns, str) and columns:
        return (columns,)
    if isinstance(columns, list) and columns and all(isinstance(one, str) for one in columns):
        return tuple(columns)
    raise RuleBroken(
        N_("[fields] needs “%(name)s”: the name of a column, or a list of them."), name=name
    )


def _text(table: Table[str, Any], where: str, name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RuleBroken(N_("[%(where)s] needs “%(name)s”."), where=where, name=name)
    return value.strip()


def _word(kind: type[Kind], code: Any) -> Kind:
    if code not in list(kind):
        raise RuleBroken(N_("“%(code)s” is none of: %(words)s."), code=code, words=", ".join(kind))
    return kind(code)


def _range(spans: str, code: Any) -> tuple[int, int, Rating]:
    found = _RANGE.fullmatch(spans.strip())
    if found is None:
        raise RuleBroken(
            N_("[progress] takes percentages such as 100 or 1-99, not “%(spans)s”."), spans=spans
        )
    first = int(found[1])
    return first, int(found[2] or first), _word(Rating, code)


def _cycle(table: Table[str, Any]) -> CycleTable:
    country = _text(table, "cycle", "country")
    if not re.fullmatch("[A-Z]{2}", country):
        raise RuleBroken(f"[cycle] “country” takes two capital letters, not “{country}”.")
    return CycleTable(
        names={language: str(name) for language, name in table.get("names", {}).items()},
        country=country,
        level=_word(Level, table.get("level", "central")),
        first_month=_month(table, "first_month"),
        last_month=_month(table, "last_month"),
        time_zone=_text(table, "cycle", "time_zone"),
        is_public=bool(table.get("public", True)),
    )


def _month(table: Table[str, Any], name: str) -> date:
    text = _text(table, "cycle", name)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise RuleBroken(
            N_("[cycle] “%(name)s” takes a month such as 2016-11."), name=name
        ) from fault
