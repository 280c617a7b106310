"""What people do to promises. The caller commits."""

from mobilizer.promises.actions.changing import change
from mobilizer.promises.actions.copies import keep_copy
from mobilizer.promises.actions.drafting import Outdated, begin, begin_change, discard, finish, keep
from mobilizer.promises.actions.gate import check, mark_duplicate, publish, reopen
from mobilizer.promises.actions.recording import index, log_promise

__all__ = [
    "Outdated",
    "begin",
    "begin_change",
    "change",
    "check",
    "discard",
    "finish",
    "index",
    "keep",
    "keep_copy",
    "log_promise",
    "mark_duplicate",
    "publish",
    "reopen",
]
