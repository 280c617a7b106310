"""What is taken from phones, each thing once. The caller commits."""

from mobilizer.sync.actions.names import Parcel
from mobilizer.sync.actions.promises import take_promise
from mobilizer.sync.actions.reports import take_report

__all__ = ["Parcel", "take_promise", "take_report"]
