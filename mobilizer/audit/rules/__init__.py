"""How each row of the log is bound to the one before it, and vouches for the record it made."""

from mobilizer.audit.rules.chain import (
    GENESIS,
    Fault,
    Seal,
    Step,
    bind,
    canonical,
    faults,
    seals,
)
from mobilizer.audit.rules.content import Content, difference, hashes

__all__ = [
    "GENESIS",
    "Content",
    "Fault",
    "Seal",
    "Step",
    "bind",
    "canonical",
    "difference",
    "faults",
    "hashes",
    "seals",
]
