"""What of the site is mirrored: what the public may read, as the public gets it."""

from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mobilizer.core.policy import PUBLIC, declared
from mobilizer.mirror.rules.addresses import is_closed

#: Public addresses that tell of the server and not of what was promised.
OF_THE_SERVER = frozenset({"open.alive", "open.door", "open.ready", "sharing.robots"})

#: What is painted when somebody asks for it: there are a dozen for each page, and a mirror would
#: take ten times as long and as much room. The charts as drawings it has; these stay with the site.
PAINTED = frozenset({"sharing.picture", "sharing.picture_of_cycle"})


#: Forms whose answers have no end.
ONLINE = frozenset({"scorecards.compare"})


@dataclass(frozen=True)
class Answer:
    """What the public gets at an address. ``moved_to`` is an address of this site, or ``""``."""

    status: int
    mimetype: str
    content: bytes
    next_page: str = ""
    moved_to: str = ""


class PublicSite:
    """The site as a visitor without account or cookie sees it, in this process."""

    def __init__(self, app: Flask) -> None:
        """Ask this application."""
        self.address = str(app.config["SITE_URL"])
        self._app = app
        self._client = Client(app.wsgi_app, use_cookies=False)
        self._rules = app.url_map.bind(urlsplit(self.address).netloc)

    def starts(self) -> Iterator[str]:
        """Where a visitor begins: the first page in each language."""
        yield from (f"/{language}/" for language in self._app.config["LANGUAGES"])

    def is_mirrored(self, address: str) -> bool:
        """Whether an address is a public page or file, and one of a closed number of them."""
        try:
            endpoint, values = self._rules.match(urlsplit(address).path, method="GET")
        except HTTPException:
            return False
        if endpoint in PAINTED and values["ending"] != "svg":
            return False
        is_public = declared(self._app.view_functions[endpoint]) == PUBLIC
        return is_public and endpoint not in OF_THE_SERVER | ONLINE and is_closed(address)

    def ask(self, address: str) -> Answer:
        """What stands at an address of this site."""
        # In a context of its own: a command's would be taken for the request's, language and all.
        answer: Response = Context().run(
            self._client.get, address, base_url=self.address, buffered=True
        )
        onwards = answer.headers.get("Location", "").removeprefix(self.address)
        return Answer(
            answer.status_code,
            answer.mimetype or "",
            answer.get_data(),
            _next_page(answer),
            onwards if onwards.startswith("/") else "",
        )


def _next_page(answer: Response) -> str:
    """The address of the following page of a list of data, by its header; ``""`` at the end."""
    for one in answer.headers.get("Link", "").split(", "):
        address, _, relation = one.partition("; ")
        if relation == 'rel="next"':
            return address.strip("<>")
    return ""
