"""What is taken from phones, each thing once. The caller commits."""

from mobilizer.sync.actions.reports import take_report

__all__ = ["take_report"]
