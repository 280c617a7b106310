"""Where Chromium is. ``python -m tests.support.chromium`` installs Debian's if there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium: install it (`sudo apt-get install chromium`), "
    "or name a Chromium or Chrome as in `CHROMIUM=/path/to/chrome make test`."
)


def find() -> str | None:
    """The path of the browser: what CHROMIUM names, else the first one there is."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def found() -> str:
    """The path of the browser.

    Raises:
        FileNotFoundError: there is none.
    """
    path = find()
    if path is None:
        raise FileNotFoundError(MISSING)
    return path


def install() -> None:
    """Fetch Debian's package, where we are allowed to."""
    if os.environ.get("CHROMIUM") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing chromium.", flush=True)
    quiet = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (("update",), ("install", "--yes", "--no-install-recommends", "chromium")):
        subprocess.run((*quiet, *step), check=False, env=silent, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(MISSING)
