"""Files that are no part of any package of ours: told in one clear line, and read no further."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mobilizer.findings.rules import Published, bind
from mobilizer.opendata.rules.description import FILE
from tests.opendata.small import faults, rows, write


def _missing(path: Path) -> None:
    path.unlink()


def _link(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("ab") as out:
        out.truncate(3_000_000_000)


def _rewritten(how: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(how(path.read_bytes())) and None


HOSTILE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (_missing, ": is missing"),
    "a link": (_link, ": is a link"),
    "a pipe": (_pipe, ": is not a file"),
    "a folder": (_folder, ": is not a file"),
    "huge": (_huge, ": has 3000000000 bytes"),
    "a mark": (_rewritten(lambda old: b"\xef\xbb\xbf" + old), "byte-order mark"),
    "another encoding": (
        _rewritten(lambda old: old.decode().encode("utf-16")), "is not a text in UTF-8"
    ),
    "half a letter": (_rewritten(lambda old: old + b"\xd0"), "is not a text in UTF-8"),
    "other line ends": (_rewritten(lambda old: old.replace(b"\r\n", b"\n")), "byte by byte"),
    "one more column": (
        _rewritten(lambda old: old.replace(b"\r\n", b",x\r\n", 1)), "has a column “x”"
    ),
    "one column less": (_rewritten(lambda old: old.replace(b"language,", b"", 1)), "lacks the"),
    "one more cell": (_rewritten(lambda old: old + b"1,2\r\n"), "has 2 cells"),
    "an empty line": (_rewritten(lambda old: old + b"\r\n"), "has 0 cells"),
    "empty": (_rewritten(lambda _: b""), "lacks the column"),
    "a nought": (_rewritten(lambda old: old + b"\x00\r\n"), "cells"),
    "an open quote": (_rewritten(lambda old: old + b'"'), "cannot be read as CSV"),
    "an endless cell": (_rewritten(lambda old: old + b"x" * 2_100_000), "cannot be read as CSV"),
    "a formula": (_rewritten(lambda old: old.replace(b"p. 4", b"=1+1", 1)), "like a formula"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_one_clear_line(folder: Path, what: str) -> None:
    spoil, says = HOSTILE[what]
    spoil(folder / "promises.csv")

    of_it = [line for line in faults(folder) if line.startswith("promises.csv")]

    assert len(of_it) == 1
    assert says in of_it[0]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"resources": 1}', b'{"resources": [1]}', b"\xff", b"[" * 99_999,
        b'{"resources": [{"schema": 1}]}', b'{"resources": [{"schema": {"fields": [1]}}]}',
        b'{"resources": []}', b" " * 1_100_000,
    ],
)  # fmt: skip
def test_a_hostile_description_is_told(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert faults(folder)[0].startswith(FILE)


@pytest.mark.parametrize(
    "part",
    [
        {"answers": "text"},
        {"answers": ["value_1"]},
        {"evidence": {"kind": "link"}},
        {"evidence": ["https://a.example/1"]},
        {"evidence": [{"kind": "rumour"}]},
        {"evidence": [{"kind": ["link"]}]},
        {"updates": [1]},
    ],
)
def test_content_of_which_a_part_is_none_is_told_and_never_read(
    tmp_path: Path, part: dict[str, Any]
) -> None:
    """Bound by a hash that is right, as by whoever has seen the code."""
    tables = rows()
    last = tables["findings"][-1]
    last["content"] |= part
    facts = {name: last[name] for name in last if name not in ("previous_hash", "hash")}
    last["hash"] = bind(last["previous_hash"], Published(**facts))

    (fault,) = faults(write(tmp_path, tables))

    assert fault.startswith("findings.csv, row 4, content: says what no finding says")
