"""What a job is, and when it is tried again."""

from mobilizer.core.words import N_, Word


class JobState(Word):
    """How far a job has come."""

    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Done")
    GIVEN_UP = "given_up", N_("Given up")
