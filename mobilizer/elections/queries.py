"""Which elections there were, and who stood in them. What no source stands behind is not shown."""

from sqlalchemy import Select, select

from mobilizer.core.text import normalise
from mobilizer.elections.models import Election, Party, PartyMember, Stood


def elections(country: str | None = None) -> Select[Election]:
    """The elections of a country, or all, the latest first."""
    found = select(Election).order_by(Election.held_on.desc(), Election.code)
    return found.where(Election.country == country) if country else found


def election(code: str) -> Select[Election]:
    """The election with this code."""
    return select(Election).where(Election.code == code)


def known(country: str | None = None) -> Select[Party]:
    """All parties and coalitions, the unsure ones too: for the desk."""
    found = select(Party).order_by(Party.code)
    return found.where(Party.country == country) if country else found


def shown(country: str | None = None) -> Select[Party]:
    """The parties and coalitions that may stand on a public page."""
    return known(country).where(Party.sure)


def by_code(code: str) -> Select[Party]:
    """The party with this code, if it may be shown."""
    return shown().where(Party.code == code)


def stood_in(election: Election) -> Select[Party]:
    """Who stood in an election, as far as a source says so."""
    return shown().join(Stood).where(Stood.election_id == election.id, Stood.sure)


def members(coalition: Party) -> Select[Party]:
    """The parties of a coalition, as far as a source says so."""
    return (
        shown()
        .join(PartyMember, PartyMember.member_id == Party.id)
        .where(PartyMember.coalition_id == coalition.id, PartyMember.sure)
    )


def coalitions(party: Party) -> Select[Party]:
    """The coalitions a party was part of, as far as a source says so."""
    return (
        shown()
        .join(PartyMember, PartyMember.coalition_id == Party.id)
        .where(PartyMember.member_id == party.id, PartyMember.sure)
    )


def matching(text: str, country: str | None = None) -> Select[Party]:
    """The parties whose names have words that begin like those of a text, in any script.

    A text without a word leaves none out.
    """
    found = shown(country)
    for word in normalise(text).split():
        found = found.where(Party.search_words.contains(f" {word}", autoescape=True))
    return found
