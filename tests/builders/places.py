"""Places, elections and parties."""

from datetime import date
from typing import Any

from mobilizer.elections.models import Election, Party
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind, search_words
from tests.builders.base import Base


class PlaceBuilders(Base):
    """Where, and under whom."""

    def country(self, code: str = "MK") -> Place:
        return self._first(Place, code=code) or self._place(code, PlaceKind.COUNTRY, code)

    def region(self, name: str = "Polog", *, country: str = "MK") -> Place:
        """The region of this name, made when it is first asked for."""
        code = f"{country}-{name}".upper()
        return self._first(Place, code=code) or self._place(
            code, PlaceKind.REGION, name, self.country(country)
        )

    def municipality(self, name: str = "Tetovo", *, region: str | Place = "Polog") -> Place:
        """The municipality of this name in a region."""
        inside = self.region(region) if isinstance(region, str) else region
        code = f"{inside.code}-{name}".upper()
        return self._first(Place, code=code) or self._place(
            code, PlaceKind.MUNICIPALITY, name, inside
        )

    def _place(self, code: str, kind: PlaceKind, name: str, inside: Place | None = None) -> Place:
        return self._keep(
            Place(
                code=code,
                kind=kind,
                country=code[:2],
                parent=inside,
                names={"en": name},
                search_words=search_words([name]),
            )
        )

    def election(self, **given: Any) -> Election:
        number = next(self.numbers)
        values: dict[str, Any] = {
            "code": f"mk-parliamentary-{number}",
            "country": "MK",
            "kind": ElectionKind.PARLIAMENTARY,
            "held_on": date(2024, 5, 8),
            "names": {"en": f"Election {number}"},
        }
        return self._keep(Election(**{**values, **given}))

    def party(self, name: str | None = None, **given: Any) -> Party:
        number = next(self.numbers)
        name = name or f"Party {number}"
        values: dict[str, Any] = {
            "code": f"MK-P{number}",
            "country": "MK",
            "kind": PartyKind.PARTY,
            "names": {"en": name},
        }
        return self._keep(Party(**{**values, **given}))
