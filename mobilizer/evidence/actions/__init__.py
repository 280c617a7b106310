"""What is done with evidence. The caller commits."""

from mobilizer.evidence.actions.adding import add_link, add_media, add_request
from mobilizer.evidence.actions.keeping import (
    Prepared,
    keep,
    keep_photo,
    prepare,
)
from mobilizer.evidence.actions.letting_go import let_go, remove, remove_after_commit
from mobilizer.evidence.actions.opening import Busy, opened
from mobilizer.evidence.actions.uploads import (
    Examined,
    Progress,
    Whole,
    announce,
    append,
    examine,
    settle,
    sweep,
    unopened,
)

__all__ = [
    "Busy",
    "Examined",
    "Prepared",
    "Progress",
    "Whole",
    "add_link",
    "add_media",
    "add_request",
    "announce",
    "append",
    "examine",
    "keep",
    "keep_photo",
    "let_go",
    "opened",
    "prepare",
    "remove",
    "remove_after_commit",
    "settle",
    "sweep",
    "unopened",
]
