"""Links to what anybody can read: of the web, and of nothing else."""

from urllib.parse import urlsplit

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_

LONGEST = 2000


def check_link(typed: str) -> str:
    """A link, trimmed. An empty one is none.

    Raises:
        RuleBroken: it is too long, is not of http or https, names no host, hides a user name
            before it, or holds spaces or control characters.
    """
    link = typed.strip()
    if not link:
        return ""
    if len(link) > LONGEST:
        raise RuleBroken(N_("A link has at most %(longest)s characters."), longest=LONGEST)
    if not link.isprintable() or " " in link or "\\" in link or not _is_of_the_web(link):
        raise RuleBroken(N_("Give the whole link, beginning with https:// or http://."))
    return link


def _is_of_the_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme.lower() in ("http", "https")
        and "." in (parts.hostname or "").strip(".")
        and "@" not in parts.netloc
    )
