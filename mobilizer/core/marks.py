"""A short name for exactly what stands somewhere, to tell by whether it has changed since."""

import hashlib
import json


def mark(stands: object) -> str:
    """The same for the same: lists and mappings of plain values; others by how they are written."""
    written = json.dumps(stands, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
