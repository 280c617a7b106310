"""From an address of the site to the name of a file, and from one file to another."""

import hashlib
import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

#: What an address may ask for and still be one of a closed number of pages.
ASKED = frozenset({"by", "cycle", "key", "page", "v"})
#: How a file ends whose address does not say it, by its type.
ENDINGS = {"application/json": ".json", "text/html": ".html"}
#: What every system can write: no sign that Windows or a memory stick refuses.
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def is_closed(address: str) -> bool:
    """Whether an address is one of a closed number: of what is typed or chosen there is no end."""
    return all(name in ASKED for name, _ in parse_qsl(urlsplit(address).query))


def file_of(address: str, mimetype: str) -> str:
    """The file of an address of this site, below the mirror's folder, with slashes.

    Args:
        address: path and query, such as ``/sq/topics/roads?page=2``.
        mimetype: of what is answered there.
    """
    parts = urlsplit(address)
    path = "/".join(_plain(step) for step in unquote(parts.path).split("/") if step)
    if parts.path.endswith("/"):
        path = f"{path}/index".lstrip("/")
    stem, dot, ending = path, "", ENDINGS.get(mimetype, "")
    if not ending or path.endswith(ending):
        stem, dot, ending = (
            path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
        )
    asked = sorted(parse_qsl(parts.query))
    told = "".join(f"~{_plain(name)}={_plain(value)}" for name, value in asked)
    return f"{stem}{told}{dot}{ending}"


def _plain(step: str) -> str:
    """A step of a path as it is, or its hash where some system could not write it."""
    return step if PLAIN.fullmatch(step) else hashlib.sha256(step.encode()).hexdigest()[:16]


def relative(file: str, other: str) -> str:
    """How a page in one file points to another file of the mirror."""
    return quote(posixpath.relpath(other, posixpath.dirname(file) or "."), safe="/~=.")
