"""What people are reminded of, and in which ways."""

from mobilizer.core.words import N_, Word


class ReminderKind(Word):
    """What a reminder is about."""

    DUE = "due", N_("A report is due soon")
    RETURNED = "returned", N_("A report came back from your mentor")
    DECIDED = "decided", N_("A report was approved or rejected")


class Way(Word):
    """How it reaches her."""

    EMAIL = "email", N_("E-mail")
    PUSH = "push", N_("Message on the phone")
