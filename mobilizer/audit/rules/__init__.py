"""How each row of the log is bound to the one before it."""

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

__all__ = ["GENESIS", "Fault", "Seal", "Step", "bind", "canonical", "faults", "seals"]
