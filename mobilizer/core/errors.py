"""What can go wrong by rule, and what one may not know of."""

from datetime import timedelta

from mobilizer.core.words import N_


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

    @property
    def each(self) -> tuple["RuleBroken", ...]:
        """All that is wrong, one by one: this alone, unless it gathers several."""
        return (self,)


class TooLong(RuleBroken):
    """A text has more characters than are kept of it."""

    def __init__(self, text: str, most: int, *, field: str | None = None) -> None:
        """Say how many there may be, and how many there are."""
        message = N_("At most %(most)s characters; this has %(n)s.")
        super().__init__(message, field=field, most=most, n=len(text))


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
