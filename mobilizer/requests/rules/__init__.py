"""What a public request is, which steps it takes, by when, and how long its words are kept.

- Anybody sends one about a public promise, without an account: a question, a correction, evidence.
- It is answered, declined with a reason, or set aside as spam: once, by a coordinator.
- An answer is public only after a decision of its own, with the sender's words only if she agreed.
- Nothing of it counts in a score.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mobilizer.core.clock import day_end
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

#: How much may be written.
LONGEST, ANSWER_LONGEST, SUMMARY_LONGEST, MAIL_LONGEST = 2000, 4000, 400, 254
#: So many days after it was closed the words of a request are erased; of spam much sooner.
KEPT_DAYS, SPAM_KEPT_DAYS = 180, 30
#: A photo that no request names is let go of after so long.
ORPHAN_KEPT = timedelta(days=1)
#: So many days ahead a coordinator may move the day of one request at most.
FURTHEST_DAYS = 90
#: A number has so many digits: drawn at random, it tells nobody how many others there are.
LEAST_NUMBER, NUMBERS = 10_000_000, 90_000_000
#: The kinds of the jobs: the letter with the link, the one that tells of the end, the erasing.
RECEIVED, CLOSED, SWEEP = "request.received", "request.closed", "request.sweep"


class RequestKind(Word):
    """What somebody sends."""

    QUESTION = "question", N_("A question")
    CORRECTION = "correction", N_("A correction: something here is wrong")
    EVIDENCE = "evidence", N_("Evidence: a page, a video or a document")


class RequestState(Word):
    """What has become of it."""

    RECEIVED = "received", N_("Received")
    ANSWERED = "answered", N_("Answered")
    DECLINED = "declined", N_("Declined")
    SPAM = "spam", N_("Spam")


class Outcome(Word):
    """What a coordinator does with it."""

    ANSWER = "answer", N_("Answer it")
    DECLINE = "decline", N_("Decline, with a reason")
    SPAM = "spam", N_("Set aside as spam")


#: state -> what may be done with it -> what it is then. What is not named is refused.
STEPS: dict[RequestState, dict[Outcome, RequestState]] = {
    RequestState.RECEIVED: {
        Outcome.ANSWER: RequestState.ANSWERED,
        Outcome.DECLINE: RequestState.DECLINED,
        Outcome.SPAM: RequestState.SPAM,
    },
}


class NotInTime(RuleBroken):
    """The form came back sooner than a person writes, or was open for longer than its stamp."""


class SentAlready(RuleBroken):
    """A form was sent, changed and sent again: each stamp is good for one request."""

    def __init__(self) -> None:
        """Say so, and how to send the other one."""
        super().__init__(
            N_(
                "From this page another request was sent before. If this is a new one, send it "
                "once more."
            )
        )


class AlreadyClosed(RuleBroken):
    """Somebody else, or the same hand twice, has closed it before."""

    def __init__(self, state: RequestState) -> None:
        """Say what has become of it."""
        message = N_("This was closed already: %(state)s. What you typed was not taken.")
        super().__init__(message, state=state)


def after(state: RequestState, outcome: Outcome | None, answer: str) -> RequestState:
    """What a request is after a step.

    Args:
        state: what it is.
        outcome: what is done with it.
        answer: what its sender is told: the answer, or the reason it is declined for.

    Raises:
        AlreadyClosed: it is closed.
        RuleBroken: nothing was chosen, or its sender would be told nothing.
    """
    if state not in STEPS:
        raise AlreadyClosed(state)
    if outcome is None:
        raise RuleBroken(N_("Choose what becomes of it."), field="outcome")
    if outcome is Outcome.ANSWER and not answer.strip():
        raise RuleBroken(N_("Write the answer."), field="answer")
    if outcome is Outcome.DECLINE and not answer.strip():
        raise RuleBroken(N_("Say why: whoever asked reads it."), field="answer")
    return STEPS[state][outcome]


def answer_by(received_at: datetime, days: int, zone: str) -> datetime:
    """When the days to answer are over: with the end of a day where its cycle is."""
    return day_end(received_at, days, zone)


def check_day(typed: str, today: date) -> date:
    """The day by which one request is answered, as a coordinator typed it.

    Raises:
        RuleBroken: it is no day, is over, or further off than anybody should wait.
    """
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise RuleBroken(N_("This is not a date."), field="day") from None
    if day < today:
        raise RuleBroken(N_("This day is over."), field="day")
    if day > today + timedelta(days=FURTHEST_DAYS):
        message = N_("Nobody waits for more than %(days)s days.")
        raise RuleBroken(message, field="day", days=FURTHEST_DAYS)
    return day


def erase_at(state: RequestState, closed_at: datetime | None) -> datetime | None:
    """When the words of a request are erased; None while it is open."""
    if closed_at is None:
        return None
    days = SPAM_KEPT_DAYS if state is RequestState.SPAM else KEPT_DAYS
    return closed_at + timedelta(days=days)


def check_publication(
    state: RequestState, summary: str, *, may_quote: bool, is_erased: bool
) -> None:
    """Hold the decision to publish an answer to the rules.

    Raises:
        RuleBroken: it has no answer, its words are erased, or what was asked could not be said.
    """
    if state is not RequestState.ANSWERED or is_erased:
        raise RuleBroken(N_("Only an answer that is still kept can be published."))
    if not may_quote and not summary.strip():
        message = N_("Say in your own words what was asked: its sender keeps hers to herself.")
        raise RuleBroken(message, field="summary")


def check_read(names: Sequence[str], *, is_read: bool) -> None:
    """Nothing in which a name of the programme stands is published unread.

    Args:
        names: of people of the cycle at whom it may point.
        is_read: whether whoever publishes it says that nobody can be found by it.

    Raises:
        RuleBroken: she has not said so.
    """
    if names and not is_read:
        message = N_("It may point at %(names)s. Read it again, then say that nobody is found.")
        raise RuleBroken(message, field="is_read", names=", ".join(names))


def shown_question(text: str, summary: str, *, may_quote: bool) -> tuple[str, bool]:
    """What the public reads as the question, and whether these are the sender's words."""
    if summary or not may_quote:
        return summary, False
    return text, True
