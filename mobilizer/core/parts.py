"""A file sent as a whole, or the one part of it that a player or a broken download asks for."""

import re

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

#: One part, from its beginning or from the file's end.
_ONE_PART = re.compile(r"bytes=\s*(?:(\d{1,15})-(\d{1,15})?|-\d{1,15})\s*", re.ASCII)


def in_part(answer: Response, size: int) -> Response:
    """The part of a file that is asked for, or the whole; 304 to who has it.

    By its day alone nobody has it: a day is too coarse.

    Raises:
        RequestedRangeNotSatisfiable: the part lies beyond the end; the file is closed.
    """
    asked = {**request.environ, "HTTP_IF_MODIFIED_SINCE": ""}
    if not _is_one_part(asked.get("HTTP_RANGE", "")):
        asked.pop("HTTP_RANGE", None)
    try:
        answer.make_conditional(asked, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        answer.close()
        raise
    return answer


def _is_one_part(said: str) -> bool:
    """Whether it is a wish that we know; any other is left unread, as HTTP wants it (RFC 9110)."""
    found = _ONE_PART.fullmatch(said)
    return found is not None and (not found[2] or int(found[1]) <= int(found[2]))
