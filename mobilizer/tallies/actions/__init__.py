"""Keeping the tallies: in each transaction that changes them, and anew from the beginning."""

from mobilizer.tallies.actions.keeping import TALLY_LOCK, attend, follow, hold
from mobilizer.tallies.actions.rebuilding import rebuild

__all__ = ["TALLY_LOCK", "attend", "follow", "hold", "rebuild"]
