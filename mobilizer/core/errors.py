"""What can go wrong by rule, and what one may not know of."""

from datetime import timedelta


class RuleBroken(Exception):
    """A rule of the field forbids this.

    Args:
        message: a message id marked with ``N_``; shown translated.
        field: the form field the message stands beside, if it belongs to one.
        params: what the placeholders of the message stand for. A value that is itself
            a message id is translated too when it is a ``Word``'s label.
    """

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        """Keep the message and its parameters apart, so that it can be translated."""
        super().__init__(message % params if params else message)
        self.message = message
        self.field = field
        self.params = params


class NotVisible(Exception):
    """There is no such record, or this person may not know that there is: one answer."""


class TooMany(RuleBroken):
    """Somebody has tried too often.

    Args:
        message: as of any broken rule.
        wait: how long the door stays shut.
    """

    def __init__(self, message: str, wait: timedelta) -> None:
        """Keep how long there is to wait."""
        super().__init__(message)
        self.wait = wait


class SignedOut(Exception):
    """Something was sent that needs somebody signed in, and nobody is."""
