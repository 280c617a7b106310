"""The papers say what the code does: those that can be printed from it are, and compared.

``python -m checks.docs --write`` prints them anew.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from checks import ROOT, Fault, finish
from mobilizer.accounts.rules import PERMISSIONS, Role
from mobilizer.monitoring.rules.workflow import steps_by_state

PERMISSIONS_HEAD = """\
# Who may do what

Printed by `python -m checks.docs --write` from the one table in `mobilizer/accounts/rules/`;
`make check` compares. A word in a cell says how far a permission reaches; a dash means that the
role lacks it.
A permission that is not granted is refused, and a view that names none is refused to everybody.
The public has no account: it reads what is published.

A mentor who stands in for an absent one has, on those days alone, the other's reports within reach
of her `assignment.read`, `entry.*`, `evidence.read`, `progress.read` and `sheet.read`, as if they
were of her own regions, and the other's mobilizers within reach of `meeting.write`; of the other's
meetings `meeting.read` reaches those that were shared with the mobilizer. The other's promises,
people and board stay out of it ([why](decisions/conversation.md)).
"""
WORKFLOW_HEAD = """\
# How a monthly report is decided on

Printed by `python -m checks.docs --write` from the one table in
`mobilizer/monitoring/rules/workflow.py`; `make check` compares, and a test walks all of it. Those
who sign in read the same at `/desk/review/how`. A step that is not named under a state is refused.
A decision names the version it is about; after two returns the coordinator decides; what came in
after the close waits until she lets it in.
"""
GLOSSARY_HEAD = """\
# Glossary

Printed by `python -m checks.docs --write` from `seed/glossary.csv`; `make check` compares.
These are the words to use in code, pages and catalogues.
No native speaker has read the Serbian ones.
"""


def permissions() -> str:
    """The table of permissions, in Markdown."""
    rows = [
        [f"`{permission}`", *(granted.get(role, "–") for role in Role)]
        for permission, granted in PERMISSIONS.items()
    ]
    return PERMISSIONS_HEAD + _table(["permission", *(role.label.lower() for role in Role)], rows)


def glossary() -> str:
    """The glossary, in Markdown."""
    with (ROOT / "seed" / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        terms = [list(row.values())[1:] for row in csv.DictReader(lines)]
    return GLOSSARY_HEAD + _table(["English", "Shqip", "Македонски", "Srpski", "means"], terms)


def workflow() -> str:
    """The steps of a monthly report, a table for each state, in Markdown."""
    parts = []
    for state, steps in steps_by_state():
        rows = [
            [verb.label, step.who.label, f"`{step.permission}`", step.needs or "–", step.to.label]
            for verb, step in steps
        ]
        heading = ["step", "whose it is", "permission", "what it takes", "leads to"]
        table = _table(heading, rows) if rows else "\nNothing more happens to it.\n"
        parts.append(f"\n## {state.label}\n{table}")
    return WORKFLOW_HEAD + "".join(parts)


PAGES: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "permissions.md": permissions,
    ROOT / "docs" / "glossary.md": glossary,
    ROOT / "docs" / "workflow.md": workflow,
}


def faults() -> Iterator[Fault]:
    """Where a page and what it is printed from differ."""
    for page, printed in PAGES.items():
        wanted = printed().splitlines()
        written = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
        if written != wanted:
            same = [a == b for a, b in zip(written, wanted, strict=False)]
            line = (same.index(False) if False in same else len(same)) + 1
            yield Fault(page, line, "differs from its table: run python -m checks.docs --write")


def _table(heading: list[str], rows: Iterable[list[str]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in (heading, ["---"] * len(heading), *rows))
    return "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        for page, printed in PAGES.items():
            page.write_text(printed(), encoding="utf-8")
    else:
        finish(faults())
