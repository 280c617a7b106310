"""Bringing elections and parties in from the seed. The caller commits."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from mobilizer.audit.actions import Actor
from mobilizer.core import seed
from mobilizer.core.database import db
from mobilizer.elections import queries
from mobilizer.elections.models import Election, Party, PartyMember, Stood
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.places.actions import Loading


def load(country: str, *, by: Actor | None = None) -> Loading:
    """Bring a country's elections and parties in step with the seed. Its places come first.

    Raises:
        RuleBroken: the project brings nothing along for this country.
    """
    loading = Loading(country, by)
    elections = _load_elections(loading)
    parties = _load_parties(loading)
    _load_stood(loading, parties, elections)
    _load_members(loading, parties)
    return loading.finish()


def _load_elections(loading: Loading) -> dict[str, Election]:
    known = {one.code: one for one in db.session.scalars(queries.elections(loading.country))}
    for row in seed.rows("elections.csv", loading.country):
        second = row["second_round_on"]
        loading.keep(
            known,
            row["code"],
            Election,
            code=row["code"],
            country=loading.country,
            kind=ElectionKind(row["kind"]),
            held_on=date.fromisoformat(row["held_on"]),
            second_round_on=date.fromisoformat(second) if second else None,
            names=seed.names(row),
        )
    return known


def _load_parties(loading: Loading) -> dict[str, Party]:
    known = {one.code: one for one in db.session.scalars(queries.known(loading.country))}
    for row in seed.rows("parties.csv", loading.country):
        loading.keep(
            known,
            row["code"],
            Party,
            code=row["code"],
            country=loading.country,
            kind=PartyKind(row["kind"]),
            names=seed.names(row),
            sure=seed.is_sure(row),
        )
    return known


def _load_stood(
    loading: Loading, parties: dict[str, Party], elections: dict[str, Election]
) -> None:
    there = (
        select(Stood, Party.code, Election.code)
        .join(Party, Party.id == Stood.party_id)
        .join(Election, Election.id == Stood.election_id)
        .where(Party.country == loading.country)
    )
    known = {f"{party} in {election}": one for one, party, election in db.session.execute(there)}
    for row in seed.rows("stood.csv", loading.country):
        loading.keep(
            known,
            f"{row['party']} in {row['election']}",
            Stood,
            party_id=parties[row["party"]].id,
            election_id=elections[row["election"]].id,
            sure=seed.is_sure(row),
        )


def _load_members(loading: Loading, parties: dict[str, Party]) -> None:
    member, coalition = aliased(Party), aliased(Party)
    there = (
        select(PartyMember, member.code, coalition.code)
        .join(member, member.id == PartyMember.member_id)
        .join(coalition, coalition.id == PartyMember.coalition_id)
        .where(coalition.country == loading.country)
    )
    known = {f"{part} in {whole}": one for one, part, whole in db.session.execute(there)}
    for row in seed.rows("members.csv", loading.country):
        loading.keep(
            known,
            f"{row['member']} in {row['coalition']}",
            PartyMember,
            coalition_id=parties[row["coalition"]].id,
            member_id=parties[row["member"]].id,
            sure=seed.is_sure(row),
        )
