"""A visitor without an account who follows every link there is, and reads what she finds.

She also follows addresses that name our own host: those of pictures, frames and other languages in
the head of a page, the code of a frame, what oEmbed, feeds, sitemaps and packages name.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import unescape
from io import BytesIO
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZipFile

from flask import Flask
from PIL import Image

from tests.support.page import apart

#: What a ``meta`` says is an address only where it begins like one: not "width=device-width".
LINK = re.compile(rb"""(?:(?:href|src|action|srcset)=|content=(?="(?:/|https?:)))"([^"]+)\"""")
#: Wherever it stands: an address of this site that says its host.
WHOLE = re.compile(r"""http://localhost(/[^\s"'<>\\{}]*)""")
#: What is the same in other languages and sizes, and takes long to make: pictures, past days.
ONE_OF_MANY = re.compile(
    r"/share/(?:sq|mk|sr)/|/share/.*/(?:square|tall)-|/(?:sq|mk|sr)/.*[?&]as_of="
)
PNG, ZIP = b"\x89PNG", b"PK\x03\x04"
#: Headers that tell when it was answered.
NOW = re.compile(r"^(?:Date|Expires|Set-Cookie): .*$", re.MULTILINE)
#: A site that never ends would never be looked through.
MOST = 1500


@dataclass(frozen=True)
class Answer:
    """What came back from an address."""

    address: str
    status: int
    headers: str
    body: bytes
    is_json: bool


def crawled(app: Flask, *starts: str, but: Iterable[Answer] = ()) -> list[Answer]:
    """Every answer that is reached from some addresses, each once, but for those seen before."""
    visitor = app.test_client(use_cookies=False)
    waiting, found = list(starts), list[Answer]()
    known = {*starts, *(answer.address for answer in but)}
    while waiting:
        assert len(known) < MOST, "the site has no end"
        response = apart(partial(visitor.get, address := waiting.pop(), buffered=True))
        answer = Answer(
            address,
            response.status_code,
            str(response.headers),
            response.data,
            response.is_json,
        )
        found.append(answer)
        for link in sorted(links(answer) - known):
            known.add(link)
            waiting.append(link)
    return found


def links(answer: Answer) -> set[str]:
    """The addresses of this site that an answer names."""
    named = LINK.findall(answer.body) if b"<html" in answer.body[:200] else []
    found = {urljoin(answer.address, link.decode().replace("&amp;", "&")) for link in named}
    if answer.body[:4] not in (PNG, ZIP):
        found.update(WHOLE.findall(unescape(answer.body.decode("utf-8", "replace"))))
    here = {urlsplit(link)._replace(fragment="").geturl() for link in found}
    return {link for link in here if link.startswith("/") and not ONE_OF_MANY.match(link)}


def starts(app: Flask) -> list[str]:
    """Where a visitor begins: the door, and what no page leads to."""
    listed = "cycles topics parties regions municipalities promises findings replies".split()
    data = [f"/api/v1/{name}{form}" for name in listed for form in ("", ".csv", ".json")]
    scores = [f"/api/v1/scores{form}" for form in ("", ".csv", "?by=topic", "?by=region")]
    doors = [f"/{language}/" for language in app.config["LANGUAGES"]]
    failures = [f"/{language}/nothing-there" for language in app.config["LANGUAGES"]]
    closed = [
        "/desk/",
        "/field/",
        "/account/",
        "/account/sign-in",
        "/account/invitation/x",
        "/account/reply/x",
    ]
    others = ["/", "/api/v1/openapi.json", "/healthz", "/readyz", "/api/v1/promises/99"]
    others.append("/api/v1/agreement")
    return [*doors, *failures, *data, *scores, *closed, *others]


def told_of(answer: Answer, moment: datetime) -> set[str]:
    """What in an answer tells a time of day that comes from our records.

    Args:
        answer: of a photo its headers are looked through, for its pixels are anything.
        moment: the odd minute and second at which everything was recorded.
    """
    minute, second = f"{moment:%M}", f"{moment:%S}"
    told = re.compile(
        rf"\b\d\d:{minute}\b|\b{minute}:{second}\b|{moment.microsecond}"
        rf"|{str(int(moment.timestamp()))[:8]}|T(?!00:00:00Z)\d\d:\d\d"
    )
    if answer.address.startswith("/static/"):  # Its Last-Modified is when the files were laid out.
        return set()
    is_photo = answer.body.startswith(b"\xff\xd8")
    return set(told.findall(NOW.sub("", answer.headers if is_photo else written(answer))))


def written(answer: Answer) -> str:
    """All that can be read of an answer, however it was escaped: headers, text, data."""
    raw = answer.body.decode("utf-8", "replace")
    forms = [answer.address, answer.headers, raw, unescape(raw), unquote(raw)]
    if answer.is_json:
        forms.append(json.dumps(json.loads(raw), ensure_ascii=False))
    return "\n".join((*forms, *packed(answer.body)))


def packed(body: bytes) -> Iterator[str]:
    """What a file holds inside: the members of a package and of a workbook, a picture's notes."""
    if body.startswith(PNG):
        with Image.open(BytesIO(body)) as picture:
            yield str({**picture.info, **picture.getexif()})
    if body.startswith(ZIP):
        with ZipFile(BytesIO(body)) as archive:
            yield str([(one.filename, one.comment, one.extra) for one in archive.infolist()])
            for name in archive.namelist():
                inside = archive.read(name)
                yield unescape(inside.decode("utf-8", "replace"))
                yield from packed(inside)
