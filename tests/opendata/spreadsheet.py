"""As much of a spreadsheet as our formulae need, so that they can be computed in a test."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from math import isnan, nan
from typing import Any

Sheets = Mapping[str, Mapping[str, list[Any]]]
TOKEN = re.compile(
    r'\s*("[^"]*"|(?:[a-z]+!)?[A-Z]:[A-Z]|[A-Z]\d+|[A-Z]+(?=\()|\d+(?:\.\d+)?|>=|<=|<>|[-+*/&=<>(),])'
)
ORDER: list[dict[str, Callable[[Any, Any], Any]]] = [
    {"=": lambda a, b: a == b, ">": lambda a, b: a > b, "<": lambda a, b: a < b},
    {"&": lambda a, b: f"{_text(a)}{_text(b)}"},
    {"+": lambda a, b: a + b, "-": lambda a, b: a - b},
    {"*": lambda a, b: a * b, "/": lambda a, b: a / b if b else nan},
]


def compute(formula: str, sheets: Sheets, here: str = "", row: int = 2) -> Any:
    """The value of a formula that stands in a sheet, in a row; columns are named by letters."""
    return _Reading(formula.removeprefix("="), sheets, here, row).whole()


class _Reading:
    def __init__(self, formula: str, sheets: Sheets, here: str, row: int) -> None:
        self.tokens = TOKEN.findall(formula)
        assert "".join(self.tokens) == formula, "a sign that this does not know"
        self.sheets, self.here, self.row = sheets, here, row

    def whole(self) -> Any:
        value = self.level(0)
        assert not self.tokens
        return value

    def level(self, depth: int) -> Any:
        if depth == len(ORDER):
            return self.one()
        value = self.level(depth + 1)
        while self.tokens and self.tokens[0] in ORDER[depth]:
            how = ORDER[depth][self.tokens.pop(0)]
            value = how(value, self.level(depth + 1))
        return value

    def one(self) -> Any:
        token = self.tokens.pop(0)
        if token == "(":
            value = self.level(0)
            assert self.tokens.pop(0) == ")"
            return value
        if token.startswith('"'):
            return token[1:-1]
        if ":" in token:
            sheet, _, column = token.rpartition("!")
            return self.sheets[sheet or self.here][column[0]]
        if token.isalpha():
            return FUNCTIONS[token](*self.arguments())
        if token[0].isalpha():
            # The formula is written for the second row, and copied down.
            return self.sheets[self.here][token[0]][self.row - 2]
        return float(token) if "." in token else int(token)

    def arguments(self) -> list[Any]:
        assert self.tokens.pop(0) == "("
        found = [self.level(0)]
        while self.tokens[0] == ",":
            self.tokens.pop(0)
            found.append(self.level(0))
        assert self.tokens.pop(0) == ")"
        return found


def _text(value: Any) -> str:
    """A day is a number to a spreadsheet, and so are criteria made of it."""
    return str(value.toordinal()) if isinstance(value, date) else str(value)


def _meets(value: Any, criterion: Any) -> bool:
    value = value.toordinal() if isinstance(value, date) else value
    criterion = criterion.toordinal() if isinstance(criterion, date) else criterion
    compared = re.fullmatch(r"(>=|>)(\d+)", str(criterion))
    if compared is None:
        return bool(value == criterion)
    if isinstance(value, str):
        return False  # No number compares with a text.
    least = int(compared[2])
    return bool(value >= least if compared[1] == ">=" else value > least)


def _rows(pairs: tuple[Any, ...]) -> list[int]:
    columns, criteria = pairs[::2], pairs[1::2]
    return [
        at
        for at in range(len(columns[0]))
        if all(_meets(column[at], one) for column, one in zip(columns, criteria, strict=True))
    ]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "COUNTIFS": lambda *pairs: len(_rows(pairs)),
    "IF": lambda asked, then, otherwise: then if asked else otherwise,
    "INDEX": lambda column, at: column[at - 1],
    "INT": lambda value: value if isnan(value) else int(value // 1),
    "MATCH": lambda value, column, _: column.index(value) + 1,
    "MAX": lambda *values: max(values),
    "SUMIFS": lambda added, *pairs: sum(added[at] for at in _rows(pairs)),
}
