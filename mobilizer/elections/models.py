"""Who stood for what, and when."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from mobilizer.audit.models import Vouched
from mobilizer.core.database import Base, Names, words
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.places.models import Place
from mobilizer.places.rules import search_words


class Election(Base):
    """One election in one country."""

    __tablename__ = "election"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    kind: Mapped[ElectionKind] = mapped_column(words(ElectionKind))
    held_on: Mapped[date]
    second_round_on: Mapped[date | None]
    names: Mapped[Names]


class Party(Vouched, Base):
    """Whoever promises: a party, a coalition, a list, independents."""

    LASTS = ("id", "code", "country", "invented")
    FACTS = (*LASTS, "kind", "names", "sure")

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stable and public: it stands in addresses and in data. "MK-SDSM", "XK-LDK".
    code: Mapped[str] = mapped_column(String(40), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    kind: Mapped[PartyKind] = mapped_column(words(PartyKind))
    names: Mapped[Names]
    #: The words of all names, normalised, for the search in any script; kept in step below.
    search_words: Mapped[str] = mapped_column(Text, default="")
    #: Whether a source stands behind it; what is not sure stays off public pages.
    sure: Mapped[bool] = mapped_column(default=True)
    #: Made up for the demonstration: no verdict about a real party is ever invented.
    invented: Mapped[bool] = mapped_column(default=False)

    @validates("names")
    def _named(self, _: str, names: Names) -> Names:
        self.search_words = search_words(names.values())
        return names


class PartyMember(Base):
    """A party in a coalition."""

    __tablename__ = "party_member"

    coalition_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True, index=True)
    #: Whether a source says so.
    sure: Mapped[bool] = mapped_column(default=True)


class Stood(Base):
    """A party that stood in an election."""

    __tablename__ = "stood"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    election_id: Mapped[int] = mapped_column(
        ForeignKey("election.id"), primary_key=True, index=True
    )
    #: Whether a source says so.
    sure: Mapped[bool] = mapped_column(default=True)


class Candidate(Base):
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
