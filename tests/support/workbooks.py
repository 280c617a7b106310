"""What stands in an XLSX file, read without the library that wrote it."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells_of(content: bytes, sheet: int = 1) -> list[list[object]]:
    """The rows of a worksheet, each as long as its last cell; an empty cell is None."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = _texts(book)
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    rows: list[list[object]] = []
    for row in root.iterfind(".//m:row", NAMES):
        rows += [[] for _ in range(int(row.attrib["r"]) - len(rows))]
        for cell in row.iterfind("m:c", NAMES):
            at = _column(cell.attrib["r"])
            rows[-1] += [None] * (at + 1 - len(rows[-1]))
            rows[-1][at] = _value(cell, texts)
    return rows


def formulas_of(content: bytes) -> int:
    """How many cells of a workbook are formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        papers = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return sum(book.read(name).count(b"<f>") for name in papers)


def written(content: bytes) -> str:
    """Every byte of a workbook that can be read, its hidden parts too."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _texts(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ET.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(one.itertext()) for one in root.iterfind("m:si", NAMES)]


def _value(cell: ET.Element, texts: list[str]) -> object:
    written = cell.findtext("m:v", namespaces=NAMES)
    if written is None:
        return None
    if cell.attrib.get("t") == "s":
        return texts[int(written)]
    number = float(written)
    return int(number) if number.is_integer() else number


def _column(reference: str) -> int:
    letters = re.match(r"[A-Z]+", reference)
    assert letters is not None
    number = 0
    for letter in letters[0]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
