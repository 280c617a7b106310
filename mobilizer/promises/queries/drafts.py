"""What somebody has begun to log, and what she can choose from while she does."""

from sqlalchemy import Select, func, select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.text import normalise
from mobilizer.cycles.models import Cycle
from mobilizer.elections import queries as elections
from mobilizer.elections.models import Party
from mobilizer.promises.models import Promise, PromiseDraft, Source
from mobilizer.promises.queries.visibility import cycle_ids

MOST_SUGGESTIONS = 60


def draft_of(user: User, key: str) -> Select[PromiseDraft]:
    """The draft with this key, if it is hers and she may still log in its cycle."""
    return select(PromiseDraft).where(
        PromiseDraft.id == key,
        PromiseDraft.author_id == user.id,
        PromiseDraft.cycle_id.in_(cycle_ids(user, "promise.write")),
    )


def drafts_of(user: User) -> Select[PromiseDraft]:
    """What she has not finished, the latest first."""
    return (
        select(PromiseDraft)
        .where(
            PromiseDraft.author_id == user.id,
            PromiseDraft.cycle_id.in_(cycle_ids(user, "promise.write")),
            PromiseDraft.promise_id.is_(None),
        )
        .order_by(PromiseDraft.updated_at.desc())
    )


def sources_of(cycle: Cycle) -> Select[Source]:
    """The documents and speeches a cycle's promises stand in."""
    return (
        select(Source)
        .where(Source.cycle_id == cycle.id)
        .order_by(func.lower(Source.title), Source.id)
    )


def institutions(cycle: Cycle) -> Select[str]:
    """The bodies that promises of a cycle have been laid on so far."""
    named = select(Promise.institution).where(
        Promise.cycle_id == cycle.id, Promise.institution != ""
    )
    return named.distinct().order_by(Promise.institution).limit(MOST_SUGGESTIONS)


def promisers(cycle: Cycle) -> Select[Party]:
    """Who can have promised: no invented party in a real cycle, no real one in a demonstration."""
    shown = elections.shown(cycle.country)
    return shown.where(Party.invented == cycle.is_demonstration)


def known_parties(cycle: Cycle, typed: str) -> list[Party]:
    """The parties that somebody may mean: the one of this code or name, else all that fit.

    Names are compared in any script.
    """
    wanted = normalise(typed)
    if not wanted:
        return []
    parties = db.session.scalars(promisers(cycle)).all()
    exact = [
        party
        for party in parties
        if wanted in (normalise(party.code), *map(normalise, party.names.values()))
    ]
    words = [f" {word}" for word in wanted.split()]
    return exact or [
        party for party in parties if all(word in party.search_words for word in words)
    ]
