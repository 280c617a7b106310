"""The folder of files: whole or not there, whoever is at the same, whatever a crash has left."""

import os
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from mobilizer.core.storage import Store

CONTENT = b"the words of a package"
NAME = f"packages/{sha256(CONTENT).hexdigest()}.csv"
LONG_AGO, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


def written(folder: Path, name: str) -> Path:
    """A file with the content, as old as can be."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(CONTENT)
    os.utime(file, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    return file


def test_a_file_that_is_taken_is_there_whole_and_new(store: Store, tmp_path: Path) -> None:
    store.take(NAME, written(tmp_path, "findings.csv"))
    assert store.get(NAME) == CONTENT
    assert store.untouched("packages", NOW) == []
    assert not (tmp_path / "findings.csv").exists()


def test_two_that_take_the_same_at_once_both_have_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, hers = written(tmp_path, "mine.csv"), written(tmp_path, "hers.csv")
    move, moved = shutil.move, list[Path]()

    def and_meanwhile(path: Path, beside: Path) -> Any:
        moved.append(path)
        done = move(path, beside)
        if path == mine:
            store.take(NAME, hers)
        return done

    monkeypatch.setattr(shutil, "move", and_meanwhile)
    store.take(NAME, mine)
    assert moved == [mine, hers]
    assert store.get(NAME) == CONTENT
    assert [file.name for file in (store.folder / "packages").iterdir()] == [NAME[9:]]


@pytest.mark.parametrize("left", ["tmp4x_81a", f".{NAME[9:]}.0f3a91cc", NAME[9:]])
def test_what_a_crash_left_is_named_and_can_be_let_go(store: Store, left: str) -> None:
    """Else whoever sweeps would fail at it, each day again."""
    store.folder.mkdir()
    file = written(store.folder / "packages", left)
    (old,) = store.untouched("packages", NOW)
    store.remove(old)
    assert not file.exists()
    store.remove(old)


@pytest.mark.parametrize("name", ["", "../x", "packages/../x", "packages/..", "packages/a/b", "x"])
def test_nothing_outside_of_a_folder_is_let_go(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="Not a name"):
        store.remove(name)


def test_the_newest_stay(store: Store) -> None:
    store.folder.mkdir()
    for age in range(4):
        os.utime(written(store.folder / "drawn", f"{age}"), (1000 - age, 1000 - age))
    store.keep_newest("drawn", 2)
    assert sorted(file.name for file in (store.folder / "drawn").iterdir()) == ["0", "1"]
    store.keep_newest("drawn", 2)
    store.keep_newest("never made", 2)
    assert len(list((store.folder / "drawn").iterdir())) == 2
