"""Why something is not taken, in the words a phone acts upon (the table in docs/sync.md)."""

from collections.abc import Iterable

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


class Refused(RuleBroken):
    """What was sent is not taken. ``code`` tells the phone what to do with it."""

    status = 409
    code = "conflict"
    says = N_("Something else was sent under this name before. Yours is kept on your phone.")

    def __init__(self, faults: Iterable[RuleBroken] = ()) -> None:
        """Keep what is wrong field by field, where that can be said."""
        super().__init__(self.says)
        self.faults = tuple(faults)


class Conflict(Refused):
    """Other content came in under this name, or under a later number of it."""


class Decided(Refused):
    """The entry was approved, rejected or taken back meanwhile."""

    code = "decided"
    says = N_("This report was decided on or taken back meanwhile. Yours is kept on your phone.")


class ToldOtherwise(Refused):
    """A short report came over a full one that waits for review."""

    code = "told_otherwise"
    says = N_("A full report for this month was sent already. Yours is kept on your phone.")


class OtherPerson(Refused):
    """It is somebody else's than the one who is signed in."""

    code = "other_person"
    says = N_("Somebody else is signed in on this phone. What is kept here is not sent.")


class Malformed(Refused):
    """It is not written as agreed."""

    status = 400
    code = "malformed"
    says = N_("This was not written as agreed, and cannot be read.")


class Faulty(Refused):
    """It is written as agreed, and something is missing or wrong."""

    status = 422
    code = "incomplete"
    says = N_("Something is missing or wrong. Nothing that you typed is lost.")


class WrongPlace(Refused):
    """A piece of a file does not begin where the file ends so far."""

    code = "offset"
    says = N_("This piece does not follow on what has come so far.")


class TooLarge(Refused):
    """A piece is larger than pieces may be, or reaches past the announced end."""

    status = 413
    code = "too_large"
    says = N_("This piece is too large, or more than was announced.")


class WrongHash(Refused):
    """The whole file is not what was announced."""

    status = 460
    code = "wrong_hash"
    says = N_("The file did not arrive as it was sent. Send it again.")


class BadFile(Refused):
    """The whole file came, and is nothing that can be taken: says what the form would say."""

    status = 422
    code = "refused"

    def __init__(self, fault: RuleBroken) -> None:
        """Say it of the file."""
        RuleBroken.__init__(self, fault.message, field=None, **fault.params)
        self.faults = (RuleBroken(fault.message, field="media", **fault.params),)


class Told(RuleBroken):
    """A fault that a form has told already, in the person's language."""
