"""The words a mobilizer answers with."""

from mobilizer.core.words import N_, Word


class Answer(Word):
    """An answer to a plain question of the matrix."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_APPLICABLE = "not_applicable", N_("Not applicable")


class Light(Word):
    """How an indicator moves, at a glance."""

    GREEN = "green", N_("Green: continuous progress or achieved")
    YELLOW = "yellow", N_("Yellow: movement or partial progress")
    RED = "red", N_("Red: no progress")
    GREY = "grey", N_("Grey: no data")


class Step(Word):
    """The seven steps of implementation, in their order."""

    DECISION = "decision", N_("Decision to start")
    PROCUREMENT = "procurement", N_("Procurement")
    MEETINGS = "meetings", N_("Meetings with those affected")
    PLAN = "plan", N_("Plan")
    PRECONDITIONS = "preconditions", N_("Preconditions (permits, staff)")
    ACTIVITIES = "activities", N_("Activities")
    RESULTS = "results", N_("First results")


class Stagnation(Word):
    """Why a promise stands still."""

    NO_MONEY = "no_money", N_("No money in the budget")
    PRECONDITION = "precondition", N_("A precondition is missing")
    NO_PRIORITY = "no_priority", N_("No longer a priority")
    STOPPED = "stopped", N_("Stopped by inspection or investigation")
    UNKNOWN = "unknown", N_("Unknown")
    OTHER = "other", N_("Other")


class Foi(Word):
    """What became of a request for public information."""

    NOT_SENT = "not_sent", N_("Not sent")
    WAITING = "waiting", N_("Sent, waiting")
    IN_TIME = "in_time", N_("Answered in time")
    LATE = "late", N_("Answered late")
    REFUSED = "refused", N_("Refused")
    NO_ANSWER = "no_answer", N_("No answer")


class Mechanism(Word):
    """How citizens took part in decisions."""

    GATHERINGS = "gatherings", N_("Public gatherings, debates, forums")
    ONLINE = "online", N_("E-participation")
    OPEN_DAYS = "open_days", N_("Open days")
    INITIATIVES = "initiatives", N_("Citizen initiatives")
    OTHER = "other", N_("Other")


class Because(Word):
    """Why it could not be found out: each says what was tried, so that one tap is enough."""

    NO_REPLY = "no_reply", N_("I asked, and nobody answered")
    NOTHING_PUBLIC = "nothing_public", N_("I searched, and nothing is published")
    NO_ACCESS = "no_access", N_("I went there, and could not get in")
    WAITING = "waiting", N_("I wait for the answer to a request")
    AWAY = "away", N_("I could not work on it this month")
    OTHER = "other", N_("Something else")
