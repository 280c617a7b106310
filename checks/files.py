"""No file is longer than a reader's patience."""

from collections.abc import Iterator

import checks
from checks import Fault

LONGEST = 300
FOLDERS = ("mobilizer", "static", "templates", "checks", "tests", "bench", "pictures")
ENDINGS = ("py", "js", "css", "html")


def faults() -> Iterator[Fault]:
    """Every file that is too long."""
    for file in checks.files(
        "*.py", *(f"{folder}/**/*.{end}" for folder in FOLDERS for end in ENDINGS)
    ):
        length = len(file.read_text(encoding="utf-8").splitlines())
        if length > LONGEST:
            yield Fault(file, LONGEST + 1, f"{length} lines: what would its two halves be called?")


if __name__ == "__main__":
    checks.finish(faults())
