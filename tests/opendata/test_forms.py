"""A package that was made in an earlier form is checked by the words and tables of that form."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mobilizer.opendata.rules import forms
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.description import FILE, VERSION
from mobilizer.opendata.rules.forms import FORMS, form_of, words_of
from tests.opendata import small

#: One small package of each version there was, as it was made then. They are never made anew.
KEPT = Path(__file__).with_name("kept")


@pytest.fixture(params=[form.version for form in FORMS])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A package of a version, unpacked."""
    with zipfile.ZipFile(KEPT / f"{request.param}.zip") as packed:
        packed.extractall(tmp_path)
    return tmp_path


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder).faults]


def test_each_form_there_was_is_still_checked(kept: Path) -> None:
    checked = check(kept)
    assert checked.faults == ()
    assert checked.scores > 10


@pytest.mark.parametrize(
    ("old", "new"), [("MK-ONE,MK,party", "MK-ONE,MK,coalition"), ("Spring", "Sprint")]
)
def test_what_was_changed_in_one_is_found(kept: Path, old: str, new: str) -> None:
    path = kept / "parties.csv"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    (fault,) = faults(kept)
    assert fault.startswith("parties.csv, row 2: is not, byte by byte,")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Creative Commons", "Creative Common"),
        ("Every published score", "Any score"),
        ("Its code.", "A code."),
        ("Mobilizer: Spring", "Mobilizer: Lies"),
        ('"role": "publisher"', '"role": "author"'),
    ],
)
def test_other_words_than_it_had_are_found(kept: Path, old: str, new: str) -> None:
    text = (kept / FILE).read_text("utf-8")
    assert old in text
    (kept / FILE).write_text(text.replace(old, new, 1), "utf-8")
    (fault,) = faults(kept)
    assert fault.startswith(FILE)


def test_whoever_rewords_a_description_gives_the_version_a_new_number(tmp_path: Path) -> None:
    """Else the packages of before would fail for being older. The form of before stays noted."""
    newest = FORMS[-1]
    assert newest.version == VERSION
    assert newest.tables == TABLES
    assert words_of(small.said(small.write(tmp_path))) == newest.words


def test_each_version_is_noted_once_and_a_package_of_it_is_kept() -> None:
    versions = [form.version for form in FORMS]
    assert len(set(versions)) == len(versions)
    assert {path.stem for path in KEPT.iterdir()} == set(versions)


def test_after_a_rewording_what_was_made_before_holds_by_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.write(tmp_path)
    table = replace(TABLES[0], describes="In other words.")
    reworded = forms.Form("9.0.0", (table, *TABLES[1:]), "0" * 64)
    monkeypatch.setattr(forms, "FORMS", (*FORMS, reworded))
    monkeypatch.setattr(forms, "VERSION", "9.0.0")

    assert faults(folder) == []

    def reword(said: dict[str, Any]) -> None:
        said["resources"][0]["description"] = "In other words."

    small.redescribe(folder, reword)
    assert faults(folder) == [f"{FILE}: says something else than packages of version {VERSION} did"]


@pytest.mark.parametrize("version", [None, "", "0.9.0", "1.0.0 ", 1, ["1.0.0"], {"1": 0}])
def test_of_a_form_that_there_never_was_nothing_is_known(tmp_path: Path, version: Any) -> None:
    folder = small.write(tmp_path)
    small.redescribe(folder, lambda said: said.update(version=version))
    assert form_of(small.said(folder)) is None
    assert faults(folder)[0].startswith(f"{FILE}, version: is of version ")
