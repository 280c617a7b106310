"""What a coordinator does with a public request. The caller commits."""

from dataclasses import dataclass

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.jobs.actions import enqueue
from mobilizer.replies.queries import named
from mobilizer.requests.actions.photos import let_go
from mobilizer.requests.models import PublicRequest, PublishedAnswer
from mobilizer.requests.rules import (
    CLOSED,
    AlreadyClosed,
    Outcome,
    RequestState,
    after,
    answer_by,
    check_day,
    check_publication,
    check_read,
    shown_question,
)

#: What a state is called in the log.
STEPS = {
    RequestState.ANSWERED: "request.answer",
    RequestState.DECLINED: "request.decline",
    RequestState.SPAM: "request.mark_spam",
}


@dataclass(frozen=True)
class Told:
    """What becomes of a request, and what its sender is told."""

    outcome: Outcome | None
    answer: str = ""
    language: str = ""


def close(sent: PublicRequest, told: Told, *, by: User) -> PublicRequest:
    """Answer a request, decline it with a reason, or set it aside as spam.

    Done twice in the same way it is done once. Who left an address is told by letter; of spam
    nobody is told, and its address is gone at once.

    Raises:
        AlreadyClosed: something else was done with it before.
        RuleBroken: nothing was chosen, or its sender would be told nothing.
    """
    _hold(sent)
    answer = "" if told.outcome is Outcome.SPAM else told.answer.strip()
    if not sent.is_open and told.outcome and _is_done(sent, told.outcome, answer):
        return sent
    sent.state = after(sent.state, told.outcome, answer)
    sent.answer, sent.answer_language = answer, told.language if answer else ""
    sent.closed_at, sent.closed_by = clock.now(), by
    if sent.state is RequestState.SPAM:
        sent.address = sent.salt = ""
        let_go(sent)
    record(by, STEPS[sent.state], sent)
    if sent.address:
        enqueue(CLOSED, f"{CLOSED}:{sent.id}", {"request": sent.id})
    return sent


def move(sent: PublicRequest, typed: str, *, by: User) -> PublicRequest:
    """Set the day by which one request is answered; its sender reads the new one on her page.

    Raises:
        AlreadyClosed: nobody waits for it any more.
        RuleBroken: it is no day that can be set.
    """
    _hold(sent)
    if not sent.is_open:
        raise AlreadyClosed(sent.state)
    zone = sent.promise.cycle.time_zone
    today = clock.today(zone)
    days = (check_day(typed, today) - today).days
    moved = answer_by(clock.now(), days, zone)
    if moved != sent.answer_by:
        sent.answer_by = moved
        record(by, "request.move", sent)
    return sent


def publish(
    sent: PublicRequest, summary: str = "", *, is_read: bool = False, by: User
) -> PublicRequest:
    """Show question and answer on the promise's page. Done twice it is done once.

    Args:
        sent: an answered request.
        summary: what was asked, in the programme's words; "" shows the sender's own.
        is_read: whether nobody can be found by it, though names of the programme stand in it.
        by: who decides.

    Raises:
        RuleBroken: it has no answer any more, the sender keeps her words to herself, or it holds
            a name of the programme and was not said to be read.
    """
    _hold(sent)
    if sent.shown is not None:
        return sent
    may_quote, is_erased = sent.may_quote, sent.erased_at is not None
    check_publication(sent.state, summary, may_quote=may_quote, is_erased=is_erased)
    sent.summary = summary.strip()
    question, is_quoted = shown_question(sent.text, sent.summary, may_quote=may_quote)
    url = sent.url if is_quoted else ""
    names = named(sent.promise.cycle_id, f"{question} {url} {sent.answer}")
    check_read(names, is_read=is_read)
    sent.shown = PublishedAnswer(
        promise_id=sent.promise_id,
        kind=sent.kind,
        question=question,
        question_language=sent.language if is_quoted else sent.answer_language,
        is_quoted=is_quoted,
        url=url,
        answer=sent.answer,
        answer_language=sent.answer_language,
        published_at=clock.now(),
    )
    record(by, "request.publish", sent)
    return sent


def hide(sent: PublicRequest, *, by: User) -> PublicRequest:
    """Take an answer from the promise's page again. Done twice it is done once."""
    _hold(sent)
    if sent.shown is not None:
        sent.shown = None
        record(by, "request.hide", sent)
    return sent


def _hold(sent: PublicRequest) -> None:
    """Of two coordinators at once the second one reads here what the first one did."""
    db.session.scalars(locked(select(PublicRequest).where(PublicRequest.id == sent.id))).one()


def _is_done(sent: PublicRequest, outcome: Outcome, answer: str) -> bool:
    return sent.state is after(RequestState.RECEIVED, outcome, answer or "-") and (
        sent.answer == answer
    )
