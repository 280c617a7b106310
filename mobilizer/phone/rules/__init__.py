"""What makes the site installable: its manifest, its icons, and its service worker's list."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: The sizes of the icon; the maskable ones have air around them for a launcher to cut away.
ICON_SIZES = (192, 512)

#: The colours of the light theme's paper and ink, for the splash screen.
PAPER, ACCENT = "#faf8f4", "#173f5f"


@dataclass(frozen=True)
class Kept:
    """One file that the service worker keeps: where it is asked for, and exactly what it is."""

    address: str
    content: bytes

    @property
    def integrity(self) -> str:
        """Its hash as browsers check it: a mix of two builds is never put in a cache."""
        return "sha256-" + b64encode(hashlib.sha256(self.content).digest()).decode()


def build_of(kept: Sequence[Kept]) -> str:
    """The name of exactly these files, which is that of their cache."""
    every = "\n".join(f"{one.address} {one.integrity}" for one in kept)
    return hashlib.sha256(every.encode()).hexdigest()[:16]


def worker(source: str, kept: Sequence[Kept], shell: str) -> str:
    """The service worker's text, with its build and its list before it.

    The text of the worker itself is part of the build: it changes when the worker does.
    """
    build = build_of([*kept, Kept("", source.encode())])
    files = [[one.address, one.integrity] for one in kept]
    facts = {"build": build, "shell": shell, "files": files}
    return f"const BUILD = {json.dumps(facts)};\n{source}"


def manifest(words: Mapping[str, str], language: str, icons: Mapping[str, str]) -> dict[str, Any]:
    """The manifest of the installed site.

    Args:
        words: its ``description`` and what its shortcut is called, in one language.
        language: as HTML has it.
        icons: the addresses of the drawings by name: ``plain-192``, ``maskable-192``…
    """
    drawn = [
        {
            "src": icons[f"{kind}-{size}"],
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any" if kind == "plain" else "maskable",
        }
        for kind in ("plain", "maskable")
        for size in ICON_SIZES
    ]
    return {
        "id": "/field/",
        "name": "Mobilizer",
        "short_name": "Mobilizer",
        "description": words["description"],
        "lang": language,
        "dir": "ltr",
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": drawn,
        "shortcuts": [{"name": words["log"], "url": "/field/promises/new"}],
    }
