"""A small package, written from plain rows: two promises, three findings, one correction."""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mobilizer.findings.rules import GENESIS, Published, bind
from mobilizer.opendata.rules.cells import Row, written
from mobilizer.opendata.rules.checking import check, ground_of, listings_of, readings_of
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.counting import counted, days_of
from mobilizer.opendata.rules.crossing import correction_of
from mobilizer.opendata.rules.description import FILE, About, Head, Written, as_text, described
from mobilizer.opendata.rules.folder import sums
from mobilizer.opendata.rules.package import Package
from mobilizer.opendata.rules.sources import source_key

TODAY = date(2026, 3, 15)
NAMES = {"en": "Spring", "mk": "Пролет"}


def rows() -> dict[str, list[Row]]:
    """The rows of every table, all as they should be."""
    tables: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    tables["cycle"] = [_cycle()]
    tables["topics"] = [{"topic": code, "names": NAMES} for code in ("health", "roads")]
    tables["parties"] = [
        {"party": code, "country": "MK", "kind": "party", "names": NAMES, "sure": True,
         "invented": False}
        for code in ("MK-ONE", "MK-TWO")
    ]  # fmt: skip
    tables["places"] = [
        _place("MK", "country", None, None),
        _place("MK-101", "municipality", "MK005", "MK005"),
        _place("MK005", "region", "MK", "MK005"),
    ]
    source = {"kind": "programme", "title": "=Plan 2024", "said_on": date(2024, 4, 1), "link": "",
              "said_on_precision": "day", "said_on_raw": "", "archive_link": ""}  # fmt: skip
    tables["sources"] = [{"source": source_key(source), **source}]
    tables["promises"] = [
        _promise(1, "MK-ONE", "health", "MK-101", source_key(source)),
        _promise(2, "MK-TWO", "roads", "MK", source_key(source)),
    ]
    tables["indicators"] = [
        {"promise": 1, "position": 1, "text": "-5 % waiting", "unit": "percent", "unit_name": "",
         "baseline": "", "baseline_on": None, "target": "5"}
    ]  # fmt: skip
    tables["listings"] = [
        {"promise": one["promise"], "since": one["published_on"], "topic": one["topic"],
         "party": one["party"], "places": one["places"], "unread": "not_yet_rated"}
        for one in tables["promises"]
    ]  # fmt: skip
    tables["findings"] = findings()
    first, _, third = tables["findings"]
    tables["corrections"] = [correction_of(third, first, third["content"]["correction"])]
    tables["answers"] = [
        {"promise": 1, "position": 1, "kind": "question", "question_language": "mk",
         "question": "=Кога?", "quoted": True, "link": "https://a.example/1",
         "answer_language": "en", "answer": "In May.", "published_on": date(2026, 2, 2)},
        {"promise": 2, "position": 1, "kind": "evidence", "question_language": "en",
         "question": "A page.", "quoted": False, "link": "", "answer_language": "en",
         "answer": "Thank you.", "published_on": date(2026, 2, 1)},
    ]  # fmt: skip
    tables["scores"] = scores(tables)
    return tables


def _cycle() -> Row:
    return {
        "cycle": "spring", "names": NAMES, "country": "MK", "election": None, "level": "local",
        "first_month": date(2026, 1, 1), "last_month": date(2026, 12, 1), "opens_day": 20,
        "due_day": 28, "closes_day": 5, "time_zone": "Europe/Skopje", "least_rated": 1,
        "review_days": 7, "reply_days": 0, "second_share": 10, "matrix_version": "1",
        "is_current": True, "is_demonstration": False,
    }  # fmt: skip


def _place(code: str, kind: str, lies_in: str | None, region: str | None) -> Row:
    return {"place": code, "kind": kind, "country": "MK", "lies_in": lies_in, "region": region,
            "names": NAMES, "sure": True}  # fmt: skip


def _promise(number: int, party: str, topic: str, places: str, source: str) -> Row:
    return {
        "promise": number, "party": party, "speaker": "", "topic": topic, "level": "local",
        "places": places, "language": "mk", "exact_words": "'Ќе' изградиме,\n\"сѐ\".",
        "titles": NAMES, "source": source, "source_spot": "p. 4", "made_on": None,
        "due_on": date(2027, 1, 1), "due_precision": "day", "due_raw": "", "institution": "",
        "in_its_power": True, "testability": "testable", "testability_reason": "",
        "imported_from": "", "imported_key": None, "published_on": date(2026, 1, number),
    }  # fmt: skip


def findings() -> list[Row]:
    """Three findings in a chain; the third corrects the first."""
    told = [
        (1, 1, "MK-101", date(2026, 1, 1), "kept", {"kind": "full"}, date(2026, 1, 28), None),
        (2, 2, "MK", date(2026, 1, 1), "partly_kept", {"kind": "full"}, date(2026, 2, 28), None),
        (3, 1, "MK-101", date(2026, 1, 1), "broken", {"kind": "full", "correction": {
            "language": "en", "reason": "@ll wrong."}}, date(2026, 3, 2), 1),
    ]  # fmt: skip
    before, found = GENESIS, []
    for number, promise, place, month, rating, content, day, corrects in told:
        facts = {"number": number, "cycle": "spring", "promise": promise, "place": place,
                 "month": month, "rating": rating, "content": content, "published_on": day,
                 "imported_from": "", "corrects": corrects}  # fmt: skip
        sealed = bind(before, Published(**facts))
        found.append({**facts, "previous_hash": before, "hash": sealed})
        before = sealed
    return found


def scores(tables: Mapping[str, list[Row]]) -> list[Row]:
    """What these come to."""
    package = Package({name: dict(enumerate(rows, start=2)) for name, rows in tables.items()})
    first = min(row["since"] for row in tables["listings"])
    days = days_of(first, tables["cycle"][0]["last_month"], TODAY)
    told = counted(ground_of(package), listings_of(package), readings_of(package), days)
    return [{"as_of": day, "by": by, "key": key, **row} for (day, by, key), row in told]


def write(folder: Path, tables: Mapping[str, list[Row]] | None = None, day: date = TODAY) -> Path:
    """Write a package into a folder."""
    tables = rows() if tables is None else tables
    for table in TABLES:
        with (folder / table.file).open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(table.columns)
            lines.writerows(written(table, row) for row in tables[table.name])
    describe(folder, tables, day)
    return folder


def describe(folder: Path, tables: Mapping[str, list[Row]], day: date = TODAY) -> None:
    """Describe the files as they are, as somebody would who changed one and has seen the code."""
    last = tables["findings"][-1]
    about = About("spring", NAMES, day, Head(last["number"], last["hash"]), "https://a.example")
    files = {}
    for table in TABLES:
        content = (folder / table.file).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        found = sums(folder, table)
        files[table.name] = Written(len(content), sha256, len(tables[table.name]), found)
    (folder / FILE).write_text(as_text(described(about, files)), encoding="utf-8")


def redescribe(folder: Path, how: Callable[[dict[str, Any]], Any]) -> None:
    """Change what a package says of itself."""
    told = said(folder)
    how(told)
    (folder / FILE).write_text(as_text(told), encoding="utf-8")


def said_of(name: str) -> dict[str, Any]:
    """What is said of a table, as it should be."""
    about = About("spring", NAMES, TODAY, None, "https://a.example")
    (told,) = described(about, {name: Written(0, "", 0)})["resources"]
    return dict(told)


def said(folder: Path) -> dict[str, Any]:
    """Its description."""
    return json.loads((folder / FILE).read_text(encoding="utf-8"))


def faults(folder: Path) -> list[str]:
    """What is wrong, a line each."""
    found = [str(fault) for fault in check(folder).faults]
    assert not any("\n" in line or len(line) > 400 for line in found)
    return found
