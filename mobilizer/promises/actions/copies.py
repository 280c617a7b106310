"""Keeping a copy of the document a promise stands in. The caller commits."""

import hashlib

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core.storage import media as store
from mobilizer.promises import queries
from mobilizer.promises.actions.changing import allow
from mobilizer.promises.models import Promise
from mobilizer.promises.queries.copies import copy_name
from mobilizer.promises.rules.copies import kind_of


def keep_copy(promise: Promise, content: bytes, *, by: User) -> None:
    """Keep a copy of a promise's source, under its hash. An earlier copy stays in the store.

    Raises:
        RuleBroken: the promise is not hers to change, or the file cannot be kept.
    """
    allow(queries.editable_by(by), promise)
    ending = kind_of(content)
    sha256 = hashlib.sha256(content).hexdigest()
    source, before = promise.source, promise.source.copy_sha256
    if sha256 == before:
        return
    store().put(copy_name(sha256, ending), content, is_private=True)
    source.copy_sha256 = sha256
    record(by, "promise.keep_copy", promise, copy={"from": before, "to": sha256})
