"""A row of another tracker as a promise and a verdict: pure, fault by fault."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.languages import Language
from mobilizer.core.text import excerpt
from mobilizer.core.words import N_
from mobilizer.evidence.rules.links import Link, recognise
from mobilizer.imports.rules.mapping import Mapping
from mobilizer.imports.rules.table import Fault, Row
from mobilizer.promises.rules import Precision
from mobilizer.promises.rules.dates import last_day
from mobilizer.promises.rules.values import LONGEST_TITLE, LONGEST_WORDS
from mobilizer.scoring.rules import Rating

_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+)\)")
#: As much as is stored of these.
LONGEST_DUE, LONGEST_TOPIC, LONGEST_PERCENT = 200, 120, 9

_UPDATE = re.compile(r"(\d{4}-\d{2}-\d{2}):\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Update:
    """Something the tracker noted on a day; None where it gave none."""

    on: date | None
    text: str


@dataclass(frozen=True)
class Imported:
    """One promise as another tracker has it, and its verdict."""

    row: int
    key: str
    exact_words: str
    title: str
    party: str
    topic: str
    language: str
    made_on: date | None
    due_on: date | None
    due_precision: Precision
    due_raw: str
    rating: Rating | None
    status: str
    links: tuple[Link, ...]
    updates: tuple[Update, ...]


def read_row(row: Row, mapping: Mapping) -> Imported | list[Fault]:
    """A row as a promise, or all that is wrong with it."""
    reading = _Reading(row, mapping)
    imported = reading.imported()
    return reading.faults or imported


def repeated(rows: list[Imported]) -> Iterator[Fault]:
    """A fault for each row whose key another row had before."""
    first: dict[str, int] = {}
    for one in rows:
        if one.key in first:
            yield Fault(
                one.row,
                "",
                RuleBroken(
                    N_("Row %(other)s has the same key “%(key)s”."),
                    other=first[one.key],
                    key=one.key,
                ),
            )
        first.setdefault(one.key, one.row)


class _Reading:
    """Reads one row, and gathers its faults beside their columns."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        self.row = row
        self.mapping = mapping
        self.faults: list[Fault] = []

    def cell(self, field: str) -> tuple[str, str]:
        """The first cell of a field that is not empty, and the name of its column."""
        columns = self.mapping.fields.get(field, ())
        filled = [(self.row.cells.get(name, ""), name) for name in columns]
        return next((one for one in filled if one[0]), ("", columns[0] if columns else ""))

    def fault(self, column: str, message: str, **params: Any) -> None:
        self.faults.append(Fault(self.row.number, column, RuleBroken(message, **params)))

    def imported(self) -> Imported:
        due_on, due_precision, due_raw = self.due()
        rating, status = self.rating()
        words, title = self.needed("words", LONGEST_WORDS), self.cell("title")[0]
        return Imported(
            row=self.row.number,
            key=self.needed("key", 120),
            exact_words=words,
            title=excerpt(title or words, LONGEST_TITLE),
            party=self.needed("party", 200),
            topic=self.at_most("topic", LONGEST_TOPIC) or self.mapping.default_topic,
            language=self.language(),
            made_on=self.day("made_on")[0],
            due_on=due_on,
            due_precision=due_precision,
            due_raw=due_raw,
            rating=rating,
            status=status,
            links=self.links(),
            updates=self.updates(),
        )

    def needed(self, field: str, most: int) -> str:
        text, column = self.cell(field)
        if not 1 <= len(text) <= most:
            self.fault(column, N_("Write %(least)s to %(most)s characters."), least=1, most=most)
        return text

    def at_most(self, field: str, most: int) -> str:
        return self.needed(field, most) if self.cell(field)[0] else ""

    def language(self) -> str:
        text, column = self.cell("language")
        language = text or self.mapping.language
        if language not in set(Language):
            self.fault(
                column,
                N_("“%(code)s” is none of: %(words)s."),
                code=language,
                words=", ".join(Language),
            )
        return language

    def day(self, field: str) -> tuple[date | None, Precision, str]:
        """A date, how exact it is, and its raw words where it is none."""
        text, _ = self.cell(field)
        for form in self.mapping.date_forms:
            try:
                found = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
            except ValueError:
                continue
            return found, _precision(form), text
        return None, Precision.NONE, text

    def due(self) -> tuple[date | None, Precision, str]:
        """When it is due. Words that are no date are kept as they are: trackers write them."""
        due_on, precision, raw = self.day("due")
        self.at_most("due", LONGEST_DUE)
        return due_on and last_day(due_on, precision), precision, raw

    def rating(self) -> tuple[Rating | None, str]:
        status, column = self.cell("status")
        if status:
            rating = self.mapping.statuses.get(status.casefold())
            if rating is None:
                self.fault(
                    column, N_("[status] does not say what “%(status)s” means."), status=status
                )
            return rating, status
        progress, column = self.cell("progress")
        return (self.progress(progress, column), f"{progress} %") if progress else (None, "")

    def progress(self, text: str, column: str) -> Rating | None:
        percent = text.rstrip("% ").strip()
        if percent.isdecimal() and len(percent) < LONGEST_PERCENT:
            for first, last, rating in self.mapping.progress:
                if first <= int(percent) <= last:
                    return rating
        self.fault(column, N_("[progress] does not say what “%(progress)s” means."), progress=text)
        return None

    def links(self) -> tuple[Link, ...]:
        """Links of both kinds of cells and of the updates, each once."""
        found: dict[str, Link] = {}
        for field in ("promise_links", "evidence"):
            cell, column = self.cell(field)
            for text in cell.split(self.mapping.link_separator or None):
                if text.strip():
                    self.take(text.strip(), column, found)
        updates, column = self.cell("updates")
        for _, address in _MARKDOWN_LINK.findall(updates):
            self.take(address, column, found)
        return tuple(found.values())

    def take(self, text: str, column: str, found: dict[str, Link]) -> None:
        try:
            link = recognise(text)
        except RuleBroken as broken:
            self.faults.append(Fault(self.row.number, column, broken))
        else:
            found.setdefault(link.url, link)

    def updates(self) -> tuple[Update, ...]:
        cell, _ = self.cell("updates")
        parts = [part.strip() for part in cell.split(self.mapping.update_separator)]
        return tuple(_update(_MARKDOWN_LINK.sub(r"\1", part)) for part in parts if part)


def _precision(form: str) -> Precision:
    """How exact a form of date is: without a day a month, without a month a year."""
    if "%d" in form or "%j" in form:
        return Precision.DAY
    has_month = any(part in form for part in ("%m", "%B", "%b"))
    return Precision.MONTH if has_month else Precision.YEAR


def _update(text: str) -> Update:
    found = _UPDATE.fullmatch(text)
    if found:
        try:
            return Update(date.fromisoformat(found[1]), found[2].strip())
        except ValueError:
            pass
    return Update(None, text)
