"""An answer made ready to be sent a thousand times: in each coding, with what names it.

The name (ETag) is strong: a hash of the content, and of each coding its own, for their bytes
differ. ``Last-Modified`` is the day of the last publication and never a time, which could lead to
who approved; so it is too coarse to be asked by, and whoever asks by it alone gets the page.
"""

import gzip
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import brotli

from mobilizer.publication.rules.asking import PLAIN
from mobilizer.publication.rules.shelf import Form, Headers, Kept
from mobilizer.publication.rules.stamp import Stamp

#: Asked again each time, which costs a word: no page is old once something was published.
FRESH = "public, max-age=0, must-revalidate"
#: What has its hash in its address.
FOR_GOOD = "immutable"
#: Less than this is not worth the work.
LEAST = 300
#: The kinds of content that become smaller.
SMALLER = (
    *("text/", "application/json", "application/atom+xml", "application/xml", "image/svg+xml"),
    *("application/manifest+json", "application/javascript", "application/ld+json"),
)
#: Said anew for each coding, or of one visitor alone.
OWN = {
    *("cache-control", "content-encoding", "content-length", "date", "etag", "last-modified"),
    *("set-cookie", "vary"),
}
#: What is said again to who has the page already.
SAID_AGAIN = {"access-control-allow-origin", "cache-control", "etag", "last-modified", "vary"}

DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def may_be_kept(status: str, headers: Headers) -> bool:
    """Whether an answer that was made for nobody is a page for everybody."""
    said = {name.lower(): value.lower() for name, value in headers}
    varies = {name.strip() for name in said.get("vary", "").split(",")} - {"", "accept-encoding"}
    manners = said.get("cache-control", "")
    is_private = any(word in manners for word in ("no-store", "no-cache", "private"))
    return status.startswith("200") and not (varies or is_private or "content-encoding" in said)


def without_cookies(headers: Headers) -> Headers:
    """The same, without what would be kept by a browser: a public page gives nobody a cookie."""
    return [(name, value) for name, value in headers if name.lower() != "set-cookie"]


def packed(headers: Headers, body: bytes, stamp: Stamp, before: Kept | None = None) -> Kept:
    """An answer in every coding that makes it smaller; as before, if it says the same as before."""
    said = {name.lower(): value for name, value in headers}
    is_for_good = FOR_GOOD in said.get("cache-control", "")
    common = [(name, value) for name, value in headers if name.lower() not in OWN]
    common.append(("Cache-Control", said["cache-control"] if is_for_good else FRESH))
    if stamp.raised_on and not is_for_good:
        common.append(("Last-Modified", midnight(stamp.raised_on)))
    is_smaller = len(body) >= LEAST and said.get("content-type", "").startswith(SMALLER)
    if is_smaller:
        common.append(("Vary", "Accept-Encoding"))
    digest = sha256("\n".join([said.get("content-type", ""), ""]).encode() + body).hexdigest()[:24]
    forms = {PLAIN: _form(PLAIN, digest, common, body)}
    if before is not None and before.forms[PLAIN] == forms[PLAIN]:
        forms = before.forms
    elif is_smaller:
        coded = _codings(body, thoroughly=is_for_good)
        forms |= {coding: _form(coding, digest, common, small) for coding, small in coded.items()}
    return Kept(forms, None if is_for_good else stamp)


def sent(content_type: str, body: bytes, coding: str) -> bytes | None:
    """The body of an answer that is not kept, in a coding; None where that is not worth it."""
    is_smaller = len(body) >= LEAST and content_type.startswith(SMALLER)
    return _codings(body, thoroughly=False).get(coding) if is_smaller else None


def _codings(body: bytes, *, thoroughly: bool) -> dict[str, bytes]:
    """Once and for good as small as can be; else in a few thousandths of a second."""
    return {
        "br": brotli.compress(body, quality=11 if thoroughly else 5),
        "gzip": gzip.compress(body, 9 if thoroughly else 6, mtime=0),
    }


def _form(coding: str, digest: str, common: Headers, body: bytes) -> Form:
    is_plain = coding == PLAIN
    tag = digest if is_plain else f"{digest}-{coding}"
    headers = [*common, ("ETag", f'"{tag}"'), ("Content-Length", str(len(body)))]
    if not is_plain:
        headers.append(("Content-Encoding", coding))
    return Form(tag, headers, body, _said_again(headers))


def _said_again(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name, value) for name, value in headers if name.lower() in SAID_AGAIN]


def midnight(day: date) -> str:
    """The beginning of a day, as HTTP writes it, whatever language the machine speaks."""
    named = f"{DAYS[day.weekday()]}, {day.day:02} {MONTHS[day.month - 1]} {day.year:04}"
    return f"{named} 00:00:00 GMT"
