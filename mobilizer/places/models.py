"""Where promises are made and kept."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from mobilizer.core.database import Base, Names, words
from mobilizer.places.rules import PlaceKind, Shape, search_words


class Place(Base):
    """A country, a region of it, or a municipality.

    A municipality stands in its region, or in a city that stands there: the City of Skopje
    is made of ten municipalities. So ask for ``region``, not for ``parent``.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("country", "tile_column", "tile_row"),
        CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name="parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stable and public: it stands in addresses and in data. "MK006", "MK-609", "XK-PRI".
    code: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[PlaceKind] = mapped_column(words(PlaceKind))
    country: Mapped[str] = mapped_column(String(2), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    names: Mapped[Names]
    #: Other spellings and older names, found by the search and not shown.
    also_called: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The words of all names, normalised, for the search in any script; kept in step below.
    search_words: Mapped[str] = mapped_column(Text, default="")
    #: Whether a source stands behind it; what is not sure stays off public pages.
    sure: Mapped[bool] = mapped_column(default=True)
    #: Where a region stands in the grid of tiles that replaces the map on small screens.
    tile_column: Mapped[int | None]
    tile_row: Mapped[int | None]
    #: A region's outline on the overview map.
    shape: Mapped[Shape | None] = mapped_column(JSON(none_as_null=True))

    parent: Mapped["Place | None"] = relationship(remote_side=[id])

    @validates("names")
    def _named(self, _: str, names: Names) -> Names:
        self.search_words = search_words([*names.values(), *(self.also_called or [])])
        return names

    @validates("also_called")
    def _also_called(self, _: str, names: list[str]) -> list[str]:
        self.search_words = search_words([*(self.names or {}).values(), *names])
        return names

    @property
    def region(self) -> "Place | None":
        """The region this place is or stands in; a country is in none."""
        place: Place | None = self
        while place is not None and place.kind != PlaceKind.REGION:
            place = place.parent
        return place

    @property
    def feature(self) -> dict[str, Any]:
        """The outline as a GeoJSON feature, for ``core.drawing``."""
        return {"id": self.code, "geometry": {"type": "Polygon", "coordinates": self.shape}}
