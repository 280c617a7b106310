"""A long list, one page of it at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit, urlunsplit

from flask import current_app, request, url_for
from sqlalchemy import Select, func, select
from werkzeug.exceptions import HTTPException

from mobilizer.core.database import db

Row = TypeVar("Row")

PER_PAGE = 25
#: Further in nobody pages by hand, and the database would count for nothing.
LAST_PAGE = 10_000
#: So much of an address links carry on: of its path, of each parameter, and so many of these.
LONGEST_AGAIN, MOST_AGAIN = 200, 20


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and where they stand in it. Pages count from 1."""

    rows: Sequence[Row]
    number: int
    per_page: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; 1 when there is nothing."""
        return max(1, ceil(self.total / self.per_page))


def paged(
    listing: Select[Any], number: int, per_page: int = PER_PAGE, *, total: int | None = None
) -> Page[Any]:
    """One page of a list of entities: the rows, and a second query unless the total is known."""
    rows = db.session.scalars(listing.limit(per_page).offset((number - 1) * per_page)).unique()
    return Page(rows.all(), number, per_page, counted(listing) if total is None else total)


def counted(listing: Select[Any]) -> int:
    """How many rows a list has."""
    rows = select(func.count()).select_from(listing.order_by(None).subquery())
    return db.session.scalar(rows) or 0


def asked_again(*but: str) -> list[tuple[str, str]]:
    """What this request's address asks for, but for some names, for links to its neighbours.

    What is longer than a field takes is cut: a page is not to grow by each link of it.
    """
    carried = [
        (name, value[:LONGEST_AGAIN])
        for name, value in request.args.items(multi=True)
        if name not in but and len(name) <= LONGEST_AGAIN
    ]
    return carried[:MOST_AGAIN]


def path_again() -> str:
    """This request's path, for links to its like; of one longer than any of ours the first page."""
    if len(request.path) <= LONGEST_AGAIN:
        return request.path
    first = request.path.split("/", 2)[1]
    return f"/{first}/" if first in current_app.config["LANGUAGES"] else "/"


def path_of(address: str) -> str:
    """An address of ours without the name and port by which it was asked for.

    A 308 is kept: by whoever stands between, it would lead others to the port that one visitor
    made up.
    """
    parts = urlsplit(address)
    return urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))


def without_slash() -> str | None:
    """The address that was asked for with a slash too many at its end; None where none is meant.

    A slash too few is put right by the framework. Neither answer is kept: there is no end to them.
    """
    path = request.path.rstrip("/")
    if request.routing_exception is None or path == request.path:
        return None
    addresses = current_app.create_url_adapter(request)
    try:
        endpoint, values = addresses.match(path, "GET")  # type: ignore[union-attr]  # a request has
    except HTTPException:
        return None
    asked, meant = request.query_string.decode("latin-1"), url_for(endpoint, **values)
    return f"{meant}?{asked}" if asked else meant


def asked_page() -> int:
    """The ``?page=`` of this request, held between 1 and the last that makes sense."""
    asked = request.args.get("page", 1, type=int) or 1
    return min(max(asked, 1), LAST_PAGE)
