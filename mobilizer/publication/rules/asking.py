"""What a visitor asks for, as far as an answer of ours depends on it: an address, and a coding."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_plus, urlencode

#: A longer question is answered, and not kept.
LONGEST = 1000

#: The codings in which pages are kept, the one that is liked best first.
CODINGS = ("br", "gzip")
PLAIN = "identity"
LONGEST_ACCEPTED = 200

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_WEIGHT = re.compile(r"q=(?:1(?:\.0{1,3})?|0(?:\.\d{1,3})?)")


class Key(NamedTuple):
    """All that a kept answer may depend on, besides what is published and which day it is."""

    path: str
    query: str


def key(path: str, query: str, parameters: Collection[str]) -> Key | None:
    """What names a page: its path, and of its parameters those that the view knows, in order.

    What it does not know is left out: it changes nothing on the page, whoever added it to a link.
    None of what no browser writes: that is answered, and not kept.

    Args:
        path: decoded.
        query: as it was sent.
        parameters: the names that the view knows.
    """
    if len(query) > LONGEST or not query.isascii():
        return None
    pairs = []
    for piece in query.split("&") if query else ():
        name, _, value = piece.partition("=")
        try:
            pair = unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
        except UnicodeDecodeError:
            return None
        if "\x00" in pair[0] or "\x00" in pair[1]:
            return None
        if pair[0] in parameters:
            pairs.append(pair)
    # Python sorts stably: of one name that comes twice, the first stays the first.
    return Key(path, urlencode(sorted(pairs, key=lambda pair: pair[0])))


def coding(accepted: str) -> str:
    """The coding of the answer, by what the visitor says to accept.

    Args:
        accepted: the header ``Accept-Encoding``; a weight that is none refuses its coding, and
            more than any browser says is not read.
    """
    return _coding(accepted) if len(accepted) <= LONGEST_ACCEPTED else PLAIN


@lru_cache(maxsize=256)
def _coding(accepted: str) -> str:
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, *manners = (piece.strip() for piece in part.split(";"))
        is_taken = all(_WEIGHT.fullmatch(one) and float(one[2:]) > 0 for one in manners)
        weights[name] = is_taken
    every = weights.get("*", False)
    return next((one for one in CODINGS if weights.get(one, every)), PLAIN)


def is_known(tag: str, named: str) -> bool:
    """Whether a visitor has the very answer already.

    Args:
        tag: what names the answer, without quotation marks.
        named: the header ``If-None-Match``.
    """
    return named.strip() == "*" or tag in _TAG.findall(named)
