"""What a coordinator may know of: the links, replies, held findings and contacts of her cycles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from mobilizer.accounts.models import Posting, User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.promises.models import Promise
from mobilizer.promises.queries.visibility import cycle_ids
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import HeldFinding, PartyContact, Reply, ReplyLink, ReplyRuling
from mobilizer.replies.queries.holding import first_months, is_standing
from mobilizer.replies.rules import Ending, ending, named_in

PERMISSION = "reply.invite"


def _hers(user: User) -> Select[int]:
    return select(Promise.id).where(Promise.cycle_id.in_(cycle_ids(user, PERMISSION)))


def visible_to(user: User) -> Select[ReplyLink]:
    """The links of the cycles she coordinates."""
    return select(ReplyLink).where(ReplyLink.promise_id.in_(_hers(user)))


def promises_visible_to(user: User) -> Select[Promise]:
    """The public promises of her cycles: on these somebody can reply."""
    hers = Promise.cycle_id.in_(cycle_ids(user, PERMISSION))
    return select(Promise).where(hers, Promise.state == PromiseState.PUBLISHED)


def replies_visible_to(user: User) -> Select[Reply]:
    """What came in by them."""
    return (
        select(Reply)
        .join(Reply.link)
        .join(ReplyLink.promise)
        .where(ReplyLink.promise_id.in_(_hers(user)))
        .options(
            contains_eager(Reply.link).options(
                contains_eager(ReplyLink.promise), joinedload(ReplyLink.held)
            ),
            joinedload(Reply.ruling),
        )
    )


def held_visible_to(user: User) -> Select[HeldFinding]:
    """What is held back in her cycles."""
    return select(HeldFinding).where(HeldFinding.promise_id.in_(_hers(user)), is_standing())


def waiting(user: User) -> Select[Reply]:
    """The replies that nobody decided on yet, the oldest first."""
    return replies_visible_to(user).where(~Reply.ruling.has()).order_by(Reply.id)


def left_over(user: User) -> Select[Reply]:
    """The accepted replies whose finding fell away, while nothing is public in its place."""
    held = ReplyRuling.held.has(HeldFinding.out_number.is_(None) & ~is_standing())
    return replies_visible_to(user).where(Reply.ruling.has(held)).order_by(Reply.id)


def untold(user: User) -> Select[HeldFinding]:
    """What is held back and nobody was told of, the oldest first."""
    return (
        held_visible_to(user)
        .join(HeldFinding.promise)
        .where(HeldFinding.told_at.is_(None))
        .options(contains_eager(HeldFinding.promise), joinedload(HeldFinding.place))
        .order_by(HeldFinding.id)
    )


@dataclass(frozen=True)
class Waiting:
    """A finding that is held back until its day, and what else ends that."""

    held: HeldFinding
    ending: Ending
    #: The replies that nobody decided on yet.
    replies: Sequence[Reply]


def dated(user: User, most: int) -> Page[Waiting]:
    """What is held back and somebody was told of, by its day: so many of it. Four queries."""
    page = paged(
        held_visible_to(user)
        .join(HeldFinding.promise)
        .where(HeldFinding.told_at.is_not(None))
        .options(contains_eager(HeldFinding.promise), joinedload(HeldFinding.place))
        .order_by(HeldFinding.publish_at, HeldFinding.id),
        1,
        most,
    )
    asked: dict[int | None, list[ReplyLink]] = defaultdict(list)
    about = select(ReplyLink).where(ReplyLink.held_id.in_([one.id for one in page.rows]))
    reply = joinedload(ReplyLink.reply).joinedload(Reply.ruling)
    for link in db.session.scalars(about.options(reply).order_by(ReplyLink.id)):
        asked[link.held_id].append(link)
    first = first_months([one.promise_id for one in page.rows])
    rows = [
        _waiting(
            one,
            asked[one.id],
            waits_its_turn=one.repeats and first[one.promise_id, one.place_id] < one.month,
        )
        for one in page.rows
    ]
    return Page(rows, page.number, page.per_page, page.total)


def _waiting(held: HeldFinding, links: Sequence[ReplyLink], *, waits_its_turn: bool) -> Waiting:
    replies = [link.reply for link in links if link.reply and not link.reply.ruling]
    now = clock.now()
    states = [one.state for one in links if one.told_at or one.withdrawn_at is None]
    ends = ending(held.publish_at or now, states, len(replies), now, waits_its_turn=waits_its_turn)
    return Waiting(held, ends, replies)


def links(user: User) -> Select[ReplyLink]:
    """All links, the latest first, with what came of them."""
    return (
        visible_to(user)
        .options(
            joinedload(ReplyLink.promise),
            joinedload(ReplyLink.held),
            joinedload(ReplyLink.reply).joinedload(Reply.ruling).joinedload(ReplyRuling.held),
        )
        .order_by(ReplyLink.id.desc())
    )


def named(cycle_id: int, text: str) -> list[str]:
    """The names of people of a cycle at which a text may point, for the moderator's eyes."""
    posted = select(Posting.user_id).where(Posting.cycle_id == cycle_id)
    people = db.session.execute(
        select(User.full_name, User.alias, User.sign_in_name).where(User.id.in_(posted))
    )
    return sorted(set(named_in(text, [(row[0], row[1], row[2]) for row in people])))


def contact(promise: Promise) -> PartyContact | None:
    """Where the party of a promise is told."""
    return db.session.scalars(
        select(PartyContact).where(
            PartyContact.cycle_id == promise.cycle_id, PartyContact.party_id == promise.party_id
        )
    ).one_or_none()


def cycles_of(user: User) -> Select[Cycle]:
    """The cycles whose contacts she keeps, the latest first."""
    hers = Cycle.id.in_(cycle_ids(user, PERMISSION))
    return select(Cycle).where(hers).order_by(Cycle.first_month.desc(), Cycle.id.desc())


def contacts(cycle: Cycle) -> list[tuple[Party, PartyContact | None]]:
    """The parties that promised something in a cycle, each with where it is told."""
    promising = select(Promise.party_id).where(
        Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED
    )
    rows = db.session.execute(
        select(Party, PartyContact)
        .outerjoin(
            PartyContact,
            (PartyContact.party_id == Party.id) & (PartyContact.cycle_id == cycle.id),
        )
        .where(Party.id.in_(promising))
        .order_by(Party.code)
    )
    return [(party, kept) for party, kept in rows]
