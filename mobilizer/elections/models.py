"""Who stood for what, and when."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.core.database import Names, db, words
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.places.models import Place


class Election(db.Model):
    """One election in one country."""

    __tablename__ = "election"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    kind: Mapped[ElectionKind] = mapped_column(words(ElectionKind))
    held_on: Mapped[date]
    second_round_on: Mapped[date | None]
    names: Mapped[Names]


class Party(db.Model):
    """Whoever promises: a party, a coalition, a list, independents."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stable and public: it stands in addresses and in data. "MK-SDSM", "XK-LDK".
    code: Mapped[str] = mapped_column(String(40), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    kind: Mapped[PartyKind] = mapped_column(words(PartyKind))
    names: Mapped[Names]
    #: All names in one normalised line, for the search in any script.
    search_words: Mapped[str] = mapped_column(Text, default="")
    #: Whether a source stands behind it; what is not sure stays off public pages.
    sure: Mapped[bool] = mapped_column(default=True)
    #: Made up for the demonstration: no verdict about a real party is ever invented.
    invented: Mapped[bool] = mapped_column(default=False)


class PartyMember(db.Model):
    """A party in a coalition."""

    __tablename__ = "party_member"

    coalition_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True, index=True)
    #: Whether a source says so.
    sure: Mapped[bool] = mapped_column(default=True)


class Stood(db.Model):
    """A party that stood in an election."""

    __tablename__ = "stood"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    election_id: Mapped[int] = mapped_column(
        ForeignKey("election.id"), primary_key=True, index=True
    )
    #: Whether a source says so.
    sure: Mapped[bool] = mapped_column(default=True)


class Candidate(db.Model):
    """A person who stood, for a party or alone, for an office in a place."""

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("election_id", "place_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)

    election: Mapped[Election] = relationship()
    party: Mapped[Party | None] = relationship()
    place: Mapped[Place | None] = relationship()
