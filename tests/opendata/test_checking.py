"""A package is checked from its files alone, and the first row that differs is named."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mobilizer.opendata.rules.checking import check, packages_in
from mobilizer.opendata.rules.counted import BY_NAME
from mobilizer.opendata.rules.description import FILE
from tests.opendata import small
from tests.opendata.small import faults


def change(folder: Path, name: str, row: int, column: str, value: str) -> None:
    """Put another value into a cell; rows as a spreadsheet counts them."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    rows[row - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def test_a_package_as_it_was_published_has_no_fault(folder: Path) -> None:
    checked = check(folder)
    assert checked.faults == ()
    assert (checked.cycle, checked.findings) == ("spring", 3)
    assert checked.scores == len(small.rows()["scores"])
    assert checked.head == small.rows()["findings"][-1]["hash"]


CELLS = st.sampled_from(["scores", "findings", "promises"]).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.integers(0, len(small.rows()[name]) - 1),
        st.sampled_from(BY_NAME[name].columns),
        st.integers(0, 10_000),
        st.sampled_from("0123456789xж"),
    )
)


@settings(max_examples=60, deadline=None)
@given(CELLS, st.booleans())
def test_one_sign_changed_in_any_cell_is_found(
    cell: tuple[str, int, str, int, str], knows_the_code: bool
) -> None:
    name, at, column, where, sign = cell
    with tempfile.TemporaryDirectory() as scratch:
        folder = small.write(Path(scratch))
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            before = list(csv.DictReader(lines))[at][column]
        spot = where % (len(before) + 1)
        after = before[:spot] + sign + before[spot + 1 :]
        if after == before:
            return
        change(folder, name, at + 2, column, after)
        if knows_the_code:  # … and writes the description anew.
            small.describe(folder, small.rows())
        found = faults(folder)
    if name != "promises" or not knows_the_code:
        assert any(line.startswith(f"{name}.csv") for line in found), (before, after, found)
    if knows_the_code and name == "scores":
        assert any(line.startswith(f"scores.csv, row {at + 2}") for line in found), found


def test_a_score_that_differs_is_named_with_what_it_should_say(folder: Path) -> None:
    change(folder, "scores", 2, "percent", "99")
    assert faults(folder) == ["scores.csv, row 2, percent: says “99”, and should say “100”"]


def test_a_finding_that_was_changed_is_named(folder: Path) -> None:
    change(folder, "findings", 3, "rating", "kept")
    small.describe(folder, small.rows())
    found = faults(folder)
    assert found[0].startswith("findings.csv, row 3, hash: finding 2 was changed after it was")
    assert found[1].startswith("scores.csv, row ")


def test_a_promise_moved_to_another_party_is_named(folder: Path) -> None:
    change(folder, "promises", 2, "party", "MK-TWO")
    small.describe(folder, small.rows())
    assert faults(folder) == ["promises.csv, row 2, party: says “MK-TWO”, and should say “MK-ONE”"]


def test_words_that_nothing_rests_on_are_found_by_the_hash_of_their_file(folder: Path) -> None:
    change(folder, "promises", 2, "source_spot", "p. 5")
    (fault,) = faults(folder)
    assert fault.startswith(
        "promises.csv, row 2: is not, byte by byte, the file that datapackage.json"
    )


def test_a_row_that_is_gone_or_there_twice_is_named(folder: Path) -> None:
    path = folder / "scores.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[-1]]))
    assert faults(folder)[0].startswith(f"scores.csv, row {len(lines) + 1}: says the same as_of")
    path.write_bytes(b"".join(lines[:-1]))
    assert faults(folder)[0].startswith(f"scores.csv, row {len(lines)}: is not, byte by byte")
    small.describe(folder, small.rows())
    assert "scores.csv: lacks the score of municipality MK-101 as of 2026-03-15" in faults(folder)


def test_another_head_is_named(folder: Path) -> None:
    path = folder / FILE
    head = small.rows()["findings"][-1]["hash"]
    path.write_text(path.read_text("utf-8").replace(head, "0" * 64), "utf-8")
    assert faults(folder)[0].startswith("datapackage.json, head: says")


def test_old_scores_are_not_taken_for_the_newest(tmp_path: Path) -> None:
    tables = small.rows()
    newest = tables["scores"][-1]["as_of"]
    before = max(row["as_of"] for row in tables["scores"] if row["as_of"] != newest)
    tables["scores"] = [row for row in tables["scores"] if row["as_of"] != newest]
    folder = small.write(tmp_path, tables, day=before)

    says = f"says 2026-03-02, after the newest scores, which are as of {before}"
    assert faults(folder) == [f"findings.csv, row 4, published_on: {says}"]


def test_a_head_that_was_kept_is_looked_for(folder: Path, tmp_path: Path) -> None:
    kept = small.rows()["findings"][1]["hash"]
    assert check(folder, kept).faults == ()
    assert [str(one) for one in check(folder, "0" * 64).faults] == [
        f"findings.csv: has no finding with the hash that was kept: {'0' * 64}"
    ]


def test_a_cycle_without_end_is_not_counted(folder: Path) -> None:
    change(folder, "cycle", 2, "last_month", "2999-12-01")
    change(folder, "scores", 2, "as_of", "2999-12-31")
    small.describe(folder, small.rows())
    assert any("is longer than any cycle" in line for line in faults(folder))


def test_packages_are_found_in_the_folder_or_one_below(folder: Path, tmp_path: Path) -> None:
    assert packages_in(folder) == [folder]
    assert packages_in(tmp_path / "nothing") == [tmp_path / "nothing"]
    above = tmp_path / "above"
    for name in ("b", "a"):
        (above / name).mkdir(parents=True)
        small.write(above / name)
    assert packages_in(above) == [above / "a", above / "b"]
