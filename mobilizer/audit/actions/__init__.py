"""Writing the log, and sealing what was written when its transaction ends."""

from mobilizer.audit.actions.recording import Actor, record
from mobilizer.audit.actions.sealing import SEAL_LOCK

__all__ = ["SEAL_LOCK", "Actor", "record"]
