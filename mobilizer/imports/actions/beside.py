"""What comes in beside findings: replies, answers to questions, and figures of agreement."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from mobilizer.accounts.models import User
from mobilizer.agreement.models import TakenFigures
from mobilizer.audit.actions import record
from mobilizer.core.database import db, new_uid
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.core.words import N_
from mobilizer.imports.actions.foundation import Foundation
from mobilizer.imports.rules.days import beginning
from mobilizer.opendata.rules.cells import Row
from mobilizer.replies.models import Reply, ReplyLink, ReplyRuling
from mobilizer.replies.rules import AddresseeKind, Ruling
from mobilizer.requests.actions import new_number
from mobilizer.requests.models import PublicRequest, PublishedAnswer
from mobilizer.requests.rules import RequestKind, RequestState

NOBODY = N_(
    "The package holds replies, or answers to questions. Name who answers for publishing them "
    "here: --by and the name with which somebody signs in."
)


def take_replies(rows: Iterable[Row], ground: Foundation, *, by: User | None) -> int:
    """Take in replies as they stand beside their findings; how many.

    Raises:
        RuleBroken: there are some, and nobody is named who publishes them.
    """
    return _take_each(rows, ground, _take_reply, by)


def _take_each(
    rows: Iterable[Row], ground: Foundation, take: Callable[..., None], by: User | None
) -> int:
    count = 0
    for row in rows:
        if by is None:
            raise RuleBroken(NOBODY)
        take(row, ground, by=by)
        count += 1
    return count


def _take_reply(row: Row, ground: Foundation, *, by: User) -> None:
    """A reply, the link it came by and its ruling. Nobody holds that link: nothing opens it."""
    zone = ground.cycle.time_zone
    since = beginning(row["published_on"], zone)
    version = row["written_about"]
    link = ReplyLink(
        token_hash=hashed(new_uid()),
        promise=ground.promises[row["promise"]],
        finding_number=None if version else row["finding"],
        taken_version_at=beginning(version, zone) if version else None,
        kind=AddresseeKind(row["kind"]),
        addressee=row["body"],
        language=row["language"],
        made_at=since,
        told_at=since,
        expires_at=since + timedelta(days=1),
    )
    reply = Reply(
        link=link,
        body=row["signed"],
        function=row["function"],
        language=row["language"],
        text=row["text"],
        url=row["link"],
        received_at=since,
    )
    ruling = ReplyRuling(
        reply=reply,
        ruling=Ruling.PUBLISH,
        finding_number=row["finding"],
        by=by,
        decided_at=since,
    )
    db.session.add(ruling)
    db.session.flush()
    record(None, "reply.invite", link, vouches=link, days=1)
    link.answered_at = since
    db.session.flush()
    record(None, "reply.receive", reply, vouches=reply)
    record(None, "reply.use", link, vouches=link)
    record(by, "reply.publish", reply, vouches=ruling, finding=row["finding"])


def take_answers(rows: Iterable[Row], ground: Foundation, *, by: User | None) -> int:
    """Take in questions and answers as they stand on their promises' pages; how many.

    Raises:
        RuleBroken: there are some, and nobody is named who publishes them.
    """
    return _take_each(rows, ground, _take_answer, by)


def _take_answer(row: Row, ground: Foundation, *, by: User) -> None:
    """An answer in public, and the request it is of: without its words, which stayed there."""
    since = beginning(row["published_on"], ground.cycle.time_zone)
    promise, kind = ground.promises[row["promise"]], RequestKind(row["kind"])
    sent = PublicRequest(
        number=new_number(),
        token_hash=hashed(new_uid()),
        promise=promise,
        kind=kind,
        language=row["question_language"],
        text="",
        received_at=since,
        answer_by=since,
        state=RequestState.ANSWERED,
        closed_at=since,
        closed_by=by,
        erased_at=since,
    )
    sent.shown = PublishedAnswer(
        promise=promise,
        kind=kind,
        question=row["question"],
        question_language=row["question_language"],
        is_quoted=row["quoted"],
        url=row["link"],
        answer=row["answer"],
        answer_language=row["answer_language"],
        published_at=since,
    )
    db.session.add(sent)
    db.session.flush()
    record(by, "request.publish", sent)


def take_figures(rows: Iterable[Row], ground: Foundation) -> None:
    """Take in how far mentors agreed there, as it was told."""
    for row in rows:
        db.session.add(TakenFigures(cycle_id=ground.cycle.id, row=row))
        record(None, "figures.import", ground.cycle)
