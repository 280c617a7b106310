"""Addresses of the web: what is typed, taken apart, made safe and freed of tracking.

Parsed by hand and strictly, because every lenient parser is lenient in its own way, and what
two parsers read differently is how one site is passed off as another. Nothing is ever fetched.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus

from mobilizer.core.errors import RuleBroken
from mobilizer.core.tracking import without_tracking
from mobilizer.core.words import N_

#: The longest address that is kept, in characters, before and after cleaning.
LONGEST = 2000

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
#: An address typed without its scheme, as people do: ``youtube.com/…``, ``www.vlada.mk``.
_BARE = re.compile(
    r"www\.[^/?#@:]+(?::\d+)?(?:[/?#]|$)|[^/?#@:]+\.[^/?#@:.]{2,}(?::\d+)?/", re.IGNORECASE
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
#: Names that mean something else, or nothing, on somebody else's machine.
_PRIVATE = {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "invalid"}

_UNRESERVED = r"A-Za-z0-9._~\-"
_PATH = re.compile(rf"%[0-9A-Fa-f]{{2}}|[^{_UNRESERVED}!$&()*+,;=:@/]")
_QUERY = re.compile(rf"%[0-9A-Fa-f]{{2}}|[^{_UNRESERVED}!$&()*+,;=:@/?]")
_PLAIN = re.compile(rf"[{_UNRESERVED}]")
_CONTROL = re.compile(r"%(?:[01][0-9A-F]|7F)")
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)

#: Letters of our four languages that are shown as they are in the name of a site.
_OUR_LATIN = re.compile(r"[a-z0-9čćšžđëç-]+")
_OUR_CYRILLIC = re.compile(r"[0-9а-шѓќѕјљњџђћ-]+")


@dataclass(frozen=True)
class Address:
    """An http or https address in parts, each percent-encoded in one way, without tracking.

    ``host`` is in ASCII (punycode) and lower case; ``port`` is None where it is the usual one;
    ``query`` holds the parameters as they are written, ``name=value``.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[str, ...]
    fragment: str

    @property
    def url(self) -> str:
        """The whole address, in ASCII."""
        port = f":{self.port}" if self.port else ""
        query = f"?{'&'.join(self.query)}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path between slashes; empty ones left out."""
        return tuple(part for part in self.path.split("/") if part)

    def value(self, *names: str) -> str:
        """The decoded value of the first of these parameters that is there, else ""."""
        found = dict(reversed([_named(piece) for piece in self.query]))
        return next((found[name] for name in names if name in found), "")


def read(text: str) -> Address:
    """Take an address apart as it was typed or pasted.

    Raises:
        RuleBroken: it is empty or too long, holds spaces, backslashes or invisible characters,
            has another scheme than http and https, a user name, or names no public site.
    """
    typed = text.strip()
    if not typed:
        raise _refused(N_("Paste the address of a page or of a video."))
    if len(typed) > LONGEST:
        raise _refused(N_("An address has at most %(most)s characters."), most=LONGEST)
    if "\\" in typed or any(unicodedata.category(letter)[0] in "CZ" for letter in typed):
        raise _refused(N_("Paste the address alone: no spaces, no invisible characters."))
    scheme, rest = _scheme(typed)
    authority, path, query, fragment = _parts(rest)
    host, port = _site(authority, scheme)
    address = Address(
        scheme=scheme,
        host=host,
        port=port,
        path=_without_dots(_encoded(_PATH, _SESSION_IN_PATH.sub("", path) or "/")),
        query=tuple(_encoded(_QUERY, piece) for piece in without_tracking(query, host)),
        fragment=_encoded(_QUERY, "&".join(without_tracking(fragment, host))),
    )
    if _CONTROL.search(address.url):
        raise _refused(N_("Paste the address alone: no spaces, no invisible characters."))
    if len(address.url) > LONGEST:
        raise _refused(N_("An address has at most %(most)s characters."), most=LONGEST)
    return address


def shown_host(host: str) -> str:
    """The name of a site as people may read it without being taken in.

    Letters of our languages are shown as letters: Latin ones, or Cyrillic ones under a Cyrillic
    ending. Everything else, and every mixture, stays in its ASCII form (``xn--…``), because
    letters that look alike make one site look like another.
    """
    labels = [_unicode(label) for label in host.split(".")]
    if all(_OUR_LATIN.fullmatch(label) for label in labels):
        return ".".join(labels)
    if all(_OUR_CYRILLIC.fullmatch(label) for label in labels):
        return ".".join(labels)
    return host


def _refused(message: str, **params: object) -> RuleBroken:
    return RuleBroken(message, field="url", **params)


def _scheme(typed: str) -> tuple[str, str]:
    match = _SCHEME.fullmatch("https://" + typed if _BARE.match(typed) else typed)
    scheme = match[1].lower() if match else ""
    if match is None or scheme not in _PORTS:
        raise _refused(N_("Only addresses that begin with https:// or http:// can be kept."))
    return scheme, match[2]


def _parts(rest: str) -> tuple[str, str, str, str]:
    before, _, fragment = rest.partition("#")
    before, _, query = before.partition("?")
    if not before.startswith("//"):
        raise _refused(N_("This address names no site that others can open."))
    authority, slash, path = before[2:].partition("/")
    return authority, slash + path, query, fragment


def _site(authority: str, scheme: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise _refused(N_("An address with a user name in it is not kept."))
    name, _, digits = authority.partition(":")
    host = _ascii(name)
    labels = host.split(".")
    fits = len(host) <= 253 and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    usable_port = not digits or (digits.isascii() and digits.isdigit() and 0 < int(digits) < 65536)
    if not fits or not _TOP.fullmatch(labels[-1]) or labels[-1] in _PRIVATE or not usable_port:
        raise _refused(N_("This address names no site that others can open."))
    port = int(digits) if digits else None
    return host, None if port == _PORTS[scheme] else port


def _ascii(name: str) -> str:
    """A site's name in lower case ASCII, or "" where browsers could read it differently."""
    try:
        labels = [_label(label) for label in unicodedata.normalize("NFC", name.lower()).split(".")]
    except UnicodeError:
        return ""
    return ".".join(labels[:-1] if labels[-1] == "" else labels)


def _label(label: str) -> str:
    if label.isascii():
        return label if _unicode(label) else ""
    same = unicodedata.normalize("NFKC", label.casefold()) == label
    letters = all(letter.isalnum() or letter == "-" for letter in label) and "--" not in label
    return "xn--" + label.encode("punycode").decode("ascii") if same and letters else ""


def _unicode(label: str) -> str:
    """A label with its own letters; "" where its punycode is broken."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return ""


def _encoded(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(_one_way, text)


def _one_way(found: re.Match[str]) -> str:
    """One character in the one way it is written: plain where it may be, else %XX."""
    written = found[0]
    if len(written) == 1:
        return quote(written, safe="")
    plain = chr(int(written[1:], 16))
    return plain if _PLAIN.fullmatch(plain) else written.upper()


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _named(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return unquote_plus(name), unquote_plus(value)
