"""What the tables of a package say of each other: the chain, and all that follows from others."""

from collections.abc import Iterator, Mapping
from typing import Any

from mobilizer.findings.rules import GENESIS
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.folder import Fault
from mobilizer.opendata.rules.package import Package
from mobilizer.opendata.rules.sources import region_of, source_key

FINDINGS = "findings.csv"


def disagreements(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    """Every place where two tables, or a table and the description, do not fit.

    Args:
        package: what could be read.
        said: ``datapackage.json``.
    """
    has = package.has
    yield from _cycle(package, said) if has("cycle") else ()
    yield from _sources(package) if has("sources") else ()
    yield from _places(package) if has("places") else ()
    if has("promises", "places"):
        known = {row["place"] for row in package.rows("places")}
        yield from _placed(package, "promises", known)
        yield from _placed(package, "listings", known) if has("listings") else ()
    yield from _listed(package) if has("promises", "listings") else ()
    if has("findings"):
        yield from _bound(package)
        yield from _chained(package, said) if has("links") else ()
        yield from _corrected(package) if has("corrections") else ()


def differing(file: str, number: int, row: Row, should: Mapping[str, Any]) -> Iterator[Fault]:
    """The first cell of a row that says something else than it should."""
    for column, value in should.items():
        if row[column] != value:
            yield Fault(file, f"says “{_told(row[column])}”, and should say “{_told(value)}”",
                        number, column)  # fmt: skip
            return


def _told(value: object) -> str:
    return "" if value is None else str(value)[:120]


def _cycle(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    rows = package.tables["cycle"]
    if len(rows) != 1:
        yield Fault("cycle.csv", f"has {len(rows)} rows, and should have one")
    for number, row in rows.items():
        if f"mobilizer-{row['cycle']}" != said.get("name"):
            yield Fault(
                "cycle.csv", f"says “{row['cycle']}”, which is not what the package is called",
                number, "cycle",
            )  # fmt: skip


def _sources(package: Package) -> Iterator[Fault]:
    for number, row in package.tables["sources"].items():
        yield from differing("sources.csv", number, row, {"source": source_key(row)})


def _places(package: Package) -> Iterator[Fault]:
    by_code = {row["place"]: row for row in package.rows("places")}
    for number, row in package.tables["places"].items():
        should = {"region": region_of(row["place"], by_code)}
        yield from differing("places.csv", number, row, should)


def _placed(package: Package, name: str, known: set[str]) -> Iterator[Fault]:
    for number, row in package.tables[name].items():
        for place in row["places"].split(" ") if row["places"] else ():
            if place not in known:
                says = f"says “{place[:40]}”, which is not in places.csv"
                yield Fault(f"{name}.csv", says, number, "places")


def _listed(package: Package) -> Iterator[Fault]:
    """Where a promise counts last is where it stands; it counts since it is public."""
    first: dict[int, Row] = {}
    last: dict[int, Row] = {}
    for row in sorted(package.rows("listings"), key=lambda one: one["since"]):
        first.setdefault(row["promise"], row)
        last[row["promise"]] = row
    for number, row in package.tables["promises"].items():
        if row["promise"] not in last:
            yield Fault("listings.csv", f"says nothing of promise {row['promise']}")
            continue
        stands = {name: last[row["promise"]][name] for name in ("party", "topic", "places")}
        stands["published_on"] = first[row["promise"]]["since"]
        yield from differing("promises.csv", number, row, stands)


def _bound(package: Package) -> Iterator[Fault]:
    before = None
    for number, row in package.tables["findings"].items():
        if not row["is_bound"]:
            says = f"finding {row['number']} was changed after it was published: its hash says so"
            yield Fault(FINDINGS, says, number, "hash")
        if not row["is_shaped"]:
            yield Fault(
                FINDINGS, "says what no finding says: a part of it is none", number, "content"
            )
        if before and row["published_on"] < before["published_on"]:
            yield Fault(FINDINGS, "is earlier than the one before", number, "published_on")
        before = row


def _chained(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    """All findings of the programme from the first to the head, each bound to the one before."""
    chain = {
        row["number"]: (f"{name}.csv", at, row)
        for name in ("links", "findings")
        for at, row in package.tables[name].items()
    }
    before = GENESIS
    for expected in range(1, len(chain) + 1):
        if expected not in chain:
            yield Fault(FINDINGS, f"finding {expected} is missing, here and in links.csv")
            return
        file, at, row = chain[expected]
        yield from differing(file, at, row, {"previous_hash": before})
        before = row["hash"]
    head = {"number": len(chain), "hash": before} if chain else None
    if said.get("head") != head:
        says = f"says {_told(said.get('head'))}, and should say {_told(head)}"
        yield Fault("datapackage.json", says, column="head")


def _corrected(package: Package) -> Iterator[Fault]:
    by_number = {row["number"]: row for row in package.rows("findings")}
    should = {
        row["number"]: correction_of(row, by_number[row["corrects"]], row["correction"])
        for row in by_number.values()
        if row["corrects"] in by_number
    }
    for number, row in package.tables["corrections"].items():
        found = should.pop(row["finding"], None)
        if found is None:
            yield Fault("corrections.csv", "is of a finding that corrects none", number)
        else:
            yield from differing("corrections.csv", number, row, found)
    for missing in should:
        yield Fault("corrections.csv", f"says nothing of finding {missing}, which corrects one")


def correction_of(finding: Row, corrects: Row, why: Mapping[str, Any]) -> Row:
    """A correction as its table has it, from the two findings and the reason that was published."""
    return {
        "finding": finding["number"],
        "corrects": corrects["number"],
        "promise": finding["promise"],
        "place": finding["place"],
        "said": corrects["rating"],
        "says": finding["rating"],
        "language": str(why.get("language", "")),
        "reason": str(why.get("reason", "")),
        "published_on": finding["published_on"],
    }
