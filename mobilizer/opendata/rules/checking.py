"""Whether a folder is the package it says it is, and every score in it what it should be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from mobilizer.opendata.rules.cells import Row, as_json, short
from mobilizer.opendata.rules.counting import Ground, Listing, Reading, counted, days_of
from mobilizer.opendata.rules.crossing import differing, disagreements
from mobilizer.opendata.rules.description import FILE, shape_of
from mobilizer.opendata.rules.folder import Fault, Unsound, digest, opened, strangers, sums
from mobilizer.opendata.rules.forms import FORMS, Form, form_of
from mobilizer.opendata.rules.keeping import COPIES
from mobilizer.opendata.rules.locating import changed_row
from mobilizer.opendata.rules.package import Package, disordered, read_package
from mobilizer.opendata.rules.wording import worded
from mobilizer.scoring.rules import METHODOLOGY, Rating

#: A description that is larger is none of ours.
LARGEST = 1_000_000
SCORES = "scores.csv"
#: Of so many months no cycle is; it bounds what is counted.
MOST_DAYS = 240


@dataclass(frozen=True)
class Checked:
    """What came of it: no fault, or the first of each file; and how much there is."""

    faults: tuple[Fault, ...]
    cycle: str = ""
    scores: int = 0
    findings: int = 0
    head: str = ""
    #: The SHA-256 of the description, which names the hash of every file.
    sha256: str = ""
    #: What lies beside the tables and is none of them: copies of them, and what is hidden.
    unread: tuple[str, ...] = ()


def packages_in(folder: Path) -> list[Path]:
    """The packages of a folder: itself, else those that stand in it, by their names."""
    if (folder / FILE).exists() or not folder.is_dir():
        return [folder]
    return sorted(path.parent for path in folder.glob(f"*/{FILE}")) or [folder]


def check(folder: Path, kept: str | None = None, sha256: str | None = None) -> Checked:
    """Check one package, from its files alone.

    Args:
        folder: where it is.
        kept: a head of the chain that was kept elsewhere, such as a release's; it has to be there.
        sha256: that of the description, as it was kept elsewhere or a release prints it.
    """
    try:
        said = description(folder)
    except Unsound as unsound:
        return Checked((unsound.fault,))
    form = form_of(said) or FORMS[-1]
    package = read_package(folder, form.tables)
    described = digest(folder, FILE)[1]
    beside = strangers(folder, {FILE, *(table.file for table in form.tables)})
    foreign = [name for name in beside if not is_beside(name)]
    found = (disagreements(package, said), _scores(package, said), _kept(package, kept))
    for fault in chain(
        _is(described, sha256),
        _described(said, form),
        *found,
        worded(package, said),
        disordered(package, form.tables),
        _strange(foreign),
    ):
        package.strike(fault)
    for fault in _files(folder, said, form, package):
        package.locate(fault)
    order = {file: at for at, file in enumerate([FILE, *(table.file for table in form.tables)])}
    faults = sorted(package.faults.values(), key=lambda fault: order.get(fault.file, len(order)))
    head = said.get("head")
    return Checked(
        tuple(faults),
        cycle=str(said.get("name", "")).removeprefix("mobilizer-"),
        scores=len(package.tables.get("scores", ())),
        findings=len(package.tables.get("findings", ())),
        head=str(head.get("hash", "")) if isinstance(head, dict) else "",
        sha256=described,
        unread=tuple(short(name) for name in beside if is_beside(name)),
    )


def is_beside(name: str) -> bool:
    """Whether a file may lie beside the tables: a copy of theirs, or what no reader sees."""
    return name in COPIES or name.startswith(".")


def _strange(foreign: Sequence[str]) -> Iterator[Fault]:
    """What a reader could take for a part of the package, and is none."""
    if foreign:
        more = f", nor are {len(foreign) - 1} more files" if foreign[1:] else ""
        yield Fault(short(foreign[0]), f"is no part of the package{more}")


def _is(described: str, sha256: str | None) -> Iterator[Fault]:
    """Whether the description is the one whose hash was kept: then all files are."""
    if sha256 not in (None, described):
        yield Fault(FILE, f"is another than the one that was kept: its SHA-256 is {described}")


def _kept(package: Package, head: str | None) -> Iterator[Fault]:
    """Whether the chain still holds a head that was kept: then all before it is as it was."""
    if head is None or not package.has("findings", "links"):
        return
    if not any(row["hash"] == head for name in ("findings", "links") for row in package.rows(name)):
        yield Fault("findings.csv", f"has no finding with the hash that was kept: {head[:64]}")


def description(folder: Path) -> dict[str, Any]:
    """What ``datapackage.json`` says.

    Raises:
        Unsound: it is not there, or none.
    """
    with opened(folder, FILE, LARGEST) as stream:
        content = stream.read(LARGEST + 1)
    try:
        said = json.loads(content.decode())
        shape_of(said["resources"])
        as_json(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Unsound(Fault(FILE, "is not the description of a data package")) from fault
    return dict(said)


def _described(said: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    """Whether it describes the tables that we know: their columns, types and keys."""
    ours = shape_of({**table.__dict__, "path": table.file, "schema": table.schema()}
                    for table in form.tables)  # fmt: skip
    theirs = shape_of(said["resources"])
    for name in dict.fromkeys([*ours, *theirs]):
        if name not in theirs:
            yield Fault(FILE, f"does not describe {name}.csv")
        elif name not in ours:
            yield Fault(FILE, f"describes a table “{name[:40]}” that is none of a package's")
        elif ours[name] != theirs[name]:
            part = next(part for part in ours[name] if ours[name][part] != theirs[name][part])
            yield Fault(FILE, f"describes {name}.csv otherwise than it should: its {part}")
    if said.get("methodology") != METHODOLOGY:
        yield Fault(FILE, f"is of another method than {METHODOLOGY}, by which this counts")


def _files(folder: Path, said: Mapping[str, Any], form: Form, package: Package) -> Iterator[Fault]:
    """Whether each file is byte by byte the one that is described."""
    told = {one["name"]: one for one in said["resources"] if isinstance(one.get("name"), str)}
    for table in form.tables:
        one = told.get(table.name)
        if one is None:
            continue
        try:
            size, sha256 = digest(folder, table.file)
        except Unsound as unsound:
            yield unsound.fault
            continue
        rows = len(package.tables.get(table.name, ()))
        if one.get("hash") != f"sha256:{sha256}":
            says = "is not, byte by byte, the file that datapackage.json describes"
            row = changed_row(one.get("row_sums"), sums(folder, table))
            yield Fault(table.file, f"{says}: its SHA-256 is {sha256}", row)
        elif package.has(table.name) and (one.get("bytes"), one.get("rows")) != (size, rows):
            yield Fault(FILE, f"should say that {table.file} has {size} bytes and {rows} rows")
        elif package.has(table.name) and one.get("row_sums") != sums(folder, table):
            yield Fault(FILE, f"has other row_sums of {table.file} than its rows come to")


def _scores(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    """Whether every score is what its promises and findings come to."""
    needed = ("cycle", "topics", "places", "listings", "findings", "scores")
    if not package.has(*needed) or len(package.tables["cycle"]) != 1:
        return
    if (days := _days(package)) is None:
        yield Fault("cycle.csv", f"is longer than any cycle: more than {MOST_DAYS} months")
        return
    if said.get("as_of") != days[-1].isoformat():
        says = f"says {said.get('as_of')!r}; the newest scores are as of {days[-1]}"
        yield Fault(FILE, says, column="as_of")
    yield from _none_later(package, days[-1])
    should = dict(counted(ground_of(package), listings_of(package), readings_of(package), days))
    for number, row in package.tables["scores"].items():
        found = should.pop((row["as_of"], row["by"], row["key"]), None)
        if found is None:
            says = f"no score of {row['by']} {row['key']} as of {row['as_of']} can be counted"
            yield Fault(SCORES, says, number)
        else:
            yield from differing(SCORES, number, row, found)
    for day, by, key in should:
        yield Fault(SCORES, f"lacks the score of {by} {key} as of {day}")


def _none_later(package: Package, day: date) -> Iterator[Fault]:
    """Whether the newest scores are of a day on which everything else was there already."""
    for name, column in (("findings", "published_on"), ("listings", "since")):
        for number, row in package.tables[name].items():
            if row[column] > day:
                says = f"says {row[column]}, after the newest scores, which are as of {day}"
                yield Fault(f"{name}.csv", says, number, column)
                break


def _days(package: Package) -> tuple[date, ...] | None:
    (cycle,) = package.rows("cycle")
    first = min((row["since"] for row in package.rows("listings")), default=None)
    last = max((row["as_of"] for row in package.rows("scores")), default=cycle["first_month"])
    if first and 12 * (min(cycle["last_month"], last).year - first.year) > MOST_DAYS:
        return None
    return days_of(first, cycle["last_month"], last)


def ground_of(package: Package) -> Ground:
    """What of the cycle its scores rest on."""
    (cycle,) = package.rows("cycle")
    places = package.rows("places")
    return Ground(
        cycle=cycle["cycle"],
        least_rated=cycle["least_rated"],
        topics=tuple(row["topic"] for row in package.rows("topics")),
        regions=tuple(p["place"] for p in places if p["kind"] == "region" and p["sure"]),
        municipalities=frozenset(p["place"] for p in places if p["kind"] == "municipality"),
        region_of={p["place"]: p["region"] for p in places if p["region"]},
    )


def listings_of(package: Package) -> Iterator[Listing]:
    """Where its promises count."""
    for row in package.rows("listings"):
        yield Listing(
            row["promise"],
            row["since"],
            row["topic"],
            row["party"],
            frozenset(row["places"].split(" ")) - {""},
            Rating(row["unread"]),
        )


def readings_of(package: Package) -> Iterator[Reading]:
    """What was found."""
    for row in package.rows("findings"):
        yield _reading(row)


def _reading(row: Row) -> Reading:
    facts = {name: row[name] for name in ("number", "promise", "place", "month", "published_on")}
    return Reading(rating=Rating(row["rating"]), **facts)
