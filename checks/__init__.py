"""What `make check` looks at beyond format, lint, types and imports: a module for each."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, order=True)
class Fault:
    """Something to mend, and where."""

    file: Path
    line: int
    says: str

    def __str__(self) -> str:
        """One line, in the form that editors can follow."""
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.says}"


def finish(faults: Iterable[Fault]) -> None:
    """Say every fault in a line of its own, and leave with 1 if there is any."""
    found = sorted(set(faults))
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.exit(1 if found else 0)


def files(*patterns: str) -> list[Path]:
    """The project's files that match patterns such as ``mobilizer/**/*.py``, in order."""
    return sorted({file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()})
