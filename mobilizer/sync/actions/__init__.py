"""What is taken from phones, each thing once. The caller commits."""

from mobilizer.sync.actions.handing_in import hand_in
from mobilizer.sync.actions.names import Parcel
from mobilizer.sync.actions.promises import take_promise
from mobilizer.sync.actions.reports import take_report

__all__ = ["Parcel", "hand_in", "take_promise", "take_report"]
