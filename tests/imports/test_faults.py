"""What is wrong with a file is said by row and column, and nothing of it is stored."""

import json
from pathlib import Path

import pytest

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.imports.rules.table import MAX_BYTES, MAX_ROWS
from mobilizer.promises.models import Promise
from tests.imports.conftest import HEAD, MAPPING, ROW, Run

BAD_ROWS = {
    "row 3, words: Write 1 to 2000 characters.": ("2,,T,P,,,Done,,",),
    "row 3, words: Write": (f"2,{'x' * 2001},T,P,,,Done,,",),
    "row 3: This row has 3 cells, not 9.": ("2,We will.,T",),
    "row 3: Row 2 has the same key “1”.": ("1,We will do more.,T,P,,,Done,,",),
    "row 3, status: [status] does not say what “Maybe” means.": ("2,We will.,T,P,,,Maybe,,",),
    "row 3, words: This cell holds a formula, not a text.": ('2,"=1+1 roads built",T,P,,,Done,,',),
    "row 3, links: ": ("2,We will.,T,P,,,Done,javascript:alert(1),",),
    "row 3, id: Write": (",We will.,T,P,,,Done,,",),
}


def stored() -> int:
    return sum(db.session.scalar(db.select(db.func.count(t.id))) or 0 for t in (Promise, Cycle))


@pytest.mark.parametrize("says", BAD_ROWS)
def test_a_bad_row_is_named_with_its_column_and_nothing_is_stored(run: Run, says: str) -> None:
    result = run(HEAD + ROW + "\n".join(BAD_ROWS[says]) + "\n", "--publish")

    assert result.exit_code == 1
    assert f"file.csv: {says}" in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert stored() == 0


def test_every_fault_is_told_at_once(run: Run) -> None:
    rows = ["2,,T,P,,,Done,,", "3,We will.,T,P,,,Maybe,ftp://a.example/x,", "4"]

    result = run(HEAD + ROW + "\n".join(rows), "--dry-run")

    assert [line.split(":")[1].strip() for line in result.output.splitlines()] == [
        "row 3, words",
        "row 4, links",
        "row 4, status",
        "row 5",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file.csv: row 1, id: This column is missing."),
        (HEAD, "file.csv: The file has no rows."),
        ("id,words\n1,We will.\n", "row 1, status: This column is missing."),
        ((HEAD + ROW).encode("utf-16"), "The file is not text in utf-8-sig."),
        ((HEAD + ROW + "\u0161").encode("cp1250"), "file.csv: row 3: The file is not text in"),
        (HEAD + ROW + '2,"We will', "The table cannot be read from line"),
        (HEAD.replace("title", "words") + ROW, "row 1, title: This column is missing."),
        (HEAD.replace("updates", "words,updates") + ROW, "The column “words” is there twice."),
        (b"\x00" * 100, "The file is not text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(run: Run, content: bytes | str, says: str) -> None:
    result = run(content)

    assert result.exit_code == 1
    assert says in result.output
    assert stored() == 0


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(run: Run) -> None:
    result = run(b"x" * (MAX_BYTES + 1))

    assert result.exit_code == 1
    assert "larger than 20 MB" in result.output


def test_too_many_rows_are_refused(run: Run) -> None:
    result = run(HEAD + ROW * (MAX_ROWS + 1))

    assert f"more than {MAX_ROWS} rows" in result.output


@pytest.mark.parametrize(
    "line", ["[]", "{", "[" * 5000, '"text"', f'{{"id": {"[" * 900}{"]" * 900}}}']
)
def test_a_line_that_is_no_object_is_told(run: Run, line: str) -> None:
    result = run(line + "\n", name="file.jsonl")

    assert result.exit_code == 1
    assert "row 1: This line is not a JSON object." in result.output


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[tracker]", "[tracker", "The mapping is not TOML"),
        ('name = "A Tracker"', "", "[tracker] needs “name”"),
        ('key = "id"', "", "[fields] needs “key”"),
        ('"Done" = "kept"', '"Done" = "superb"', "“superb” is none of: kept"),
        ("[topic]", "[colour]", "unknown table [colour]"),
        ('due = "due"', 'deadline = "due"', "unknown field “deadline”"),
        ('first_month = "2020-01"', 'first_month = "soon"', "“first_month” takes a month"),
        ('country = "US"', "", "[cycle] needs “country”"),
        ('country = "US"', 'country = "usa"', "“country” takes two capital letters"),
        ('key = "a-tracker"', f'key = "{"k" * 81}"', "“key” takes a text of at most 80"),
        ('title = "Their list"', "title = 5", "[source] “title” takes a text"),
        ('names.en = "A cycle"', 'names = "A cycle"', "[cycle] “names” takes another kind"),
        ('names.en = "A cycle"', 'zone = "UTC"', "[cycle] has an unknown line “zone”"),
        ('"Done" = "kept"', '"Done" = ["kept"]', "['kept']” is none of: kept"),
        ('["%Y-%m-%d", "%B %Y"]', '["%Q"]', "“dates” has a form that is none: '%Q'"),
        ('["%Y-%m-%d", "%B %Y"]', '"%Y"', "[cells] “dates” takes another kind"),
        ('["%Y-%m-%d", "%B %Y"]', "[5]", "“dates” has a form that is none: 5"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_where(
    run: Run, tmp_path: Path, before: str, after: str, says: str
) -> None:
    mapping = tmp_path / "other.toml"
    mapping.write_text(MAPPING.replace(before, after, 1), "utf-8")

    result = run(HEAD + ROW, mapping=mapping)

    assert result.exit_code == 1
    assert "other.toml: " in str(result.exception)
    assert says in str(result.exception)


def test_without_a_cycle_in_mapping_or_database_it_says_so(run: Run, tmp_path: Path) -> None:
    mapping = tmp_path / "other.toml"
    start, _, rest = MAPPING.partition("[cycle]")
    mapping.write_text(start + rest[rest.index("[source]") :], "utf-8")

    result = run(HEAD + ROW, mapping=mapping)

    assert "There is no cycle “their-cycle”" in str(result.exception)


@pytest.mark.parametrize("code", ["", "x", "A Cycle", "../x", "x" * 41, "a--b", "a\n"])
def test_a_cycle_is_made_under_a_code_only(run: Run, code: str) -> None:
    result = run(HEAD + ROW, "--cycle", code)

    assert "cannot be the code of a cycle: use 2 to 40 of a-z and 0-9" in str(result.exception)
    assert stored() == 0


@pytest.mark.parametrize("sign", ["\\ud800", "\\u0000"])
def test_what_json_can_spell_and_no_text_can_hold_is_told(run: Run, sign: str) -> None:
    line = f'{{"id": "1", "words": "We will {sign} build.", "who": "P", "status": "Done"}}'

    result = run(line, name="file.jsonl")

    assert result.exit_code == 1
    assert "row 1, words: The file is not text in utf-8." in result.output


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"due": "soon " * 41}, "row 1, due: Write 1 to 200 characters."),
        ({"topic": "t" * 121}, "row 1, topic: Write 1 to 120 characters."),
    ],
)
def test_what_is_too_long_to_keep_is_told(run: Run, cells: dict[str, str], says: str) -> None:
    line = {"id": "1", "words": "We will build.", "who": "P", "status": "Done", **cells}

    assert says in run(json.dumps(line), name="file.jsonl").output
