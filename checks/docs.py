"""The papers say what the code does: docs/permissions.md is printed from the table.

``python -m checks.docs --write`` prints it anew.
"""

import sys
from collections.abc import Iterator

from checks import ROOT, Fault, finish
from mobilizer.accounts.rules import PERMISSIONS, Role

PAGE = ROOT / "docs" / "permissions.md"
HEAD = """\
# Who may do what

Printed by `python -m checks.docs --write` from the one table in `mobilizer/accounts/rules.py`;
`make check` compares. A word in a cell says how far a permission reaches; a dash means that the
role lacks it.
A permission that is not granted is refused, and a view that names none is refused to everybody.
The public has no account: it reads what is published.
"""


def page() -> str:
    """The table of permissions, in Markdown."""
    heading = ["permission", *(role.label.lower() for role in Role)]
    rows = [
        [f"`{permission}`", *(granted.get(role, "–") for role in Role)]
        for permission, granted in PERMISSIONS.items()
    ]
    lines = (f"| {' | '.join(row)} |" for row in (heading, ["---"] * len(heading), *rows))
    return HEAD + "\n" + "\n".join(lines) + "\n"


def faults() -> Iterator[Fault]:
    """Where the page and the table differ."""
    wanted = page().splitlines()
    written = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    if written != wanted:
        same = [a == b for a, b in zip(written, wanted, strict=False)]
        line = (same.index(False) if False in same else len(same)) + 1
        yield Fault(PAGE, line, "differs from the table: run python -m checks.docs --write")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    else:
        finish(faults())
