"""What a promise is made of, and when it may be published or assigned."""

from enum import StrEnum

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word


class PromiseState(Word):
    """How far a promise has come on its way to the public."""

    DRAFT = "draft", N_("Draft")
    CHECKED = "checked", N_("Checked")
    PUBLISHED = "published", N_("Published")


class SourceKind(Word):
    """Where a promise was made."""

    PROGRAMME = "programme", N_("Party programme")
    GOVERNMENT = "government", N_("Government or municipal programme")
    SPEECH = "speech", N_("Speech or debate")
    MEDIA = "media", N_("Media")
    OTHER = "other", N_("Other")


class Precision(Word):
    """How exactly a date is known. The raw words of the source are kept beside it."""

    DAY = "day", N_("Day")
    MONTH = "month", N_("Month")
    YEAR = "year", N_("Year")
    MANDATE = "mandate", N_("End of mandate")
    NONE = "none", N_("None stated")


class Unit(Word):
    """What an indicator counts in."""

    YES_NO = "yes_no", N_("Yes or no")
    NUMBER = "number", N_("Number")
    PERCENT = "percent", N_("Percent")
    DENARS = "denars", N_("Denars")
    EUROS = "euros", N_("Euros")
    KILOMETRES = "kilometres", N_("Kilometres")
    STEPS = "steps", N_("Steps done of total")
    OTHER = "other", N_("Other")


class Method(Word):
    """How the state of an indicator is found out."""

    DOCUMENTS = "documents", N_("Documents")
    FOI = "foi", N_("Request for public information")
    INTERVIEW = "interview", N_("Interview")
    VISIT = "visit", N_("Site visit")
    MEDIA = "media", N_("Media")
    SURVEY = "survey", N_("Survey")
    COUNCIL = "council", N_("Council session")


class Frequency(Word):
    """How often an indicator is looked at."""

    MONTHLY = "monthly", N_("Monthly")
    QUARTERLY = "quarterly", N_("Every three months")


class Testability(Word):
    """What the gate found: whether anybody could ever tell if this promise is kept."""

    __test__ = False  # By its name pytest would take it for tests.

    TESTABLE = "testable", N_("Testable")
    NOT_TESTABLE = "not_testable", N_("Not testable")


class Verb(StrEnum):
    """The steps of a promise. Who logged or changed it does not check it; see ``queries.gate``."""

    CHECK = "check"
    PUBLISH = "publish"
    REOPEN = "reopen"


#: (state, verb) -> (next state, permission it takes). What is absent is forbidden.
WORKFLOW: dict[tuple[PromiseState, Verb], tuple[PromiseState, str]] = {
    (PromiseState.DRAFT, Verb.CHECK): (PromiseState.CHECKED, "promise.check"),
    (PromiseState.CHECKED, Verb.CHECK): (PromiseState.CHECKED, "promise.check"),
    (PromiseState.CHECKED, Verb.REOPEN): (PromiseState.DRAFT, "promise.check"),
    (PromiseState.CHECKED, Verb.PUBLISH): (PromiseState.PUBLISHED, "promise.publish"),
}


def after(state: PromiseState, verb: Verb) -> tuple[PromiseState, str]:
    """The state a step leads to, and the permission it takes.

    Raises:
        RuleBroken: the step is not open from this state.
    """
    step = WORKFLOW.get((state, verb))
    if step is None:
        raise RuleBroken(
            N_("This step is not open to a promise in the state “%(state)s”."), state=state
        )
    return step
