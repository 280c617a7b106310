"""A sitemap as search engines read it: each page in every language, with the others beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

#: So many promises a part lists, each in every language: far below the 50,000 addresses and the
#: 50 MB that a part may have, little to hold in memory, and the same work however many there are.
PER_PART = 100

#: So many parts a list names, for the same reason. No list may name lists: robots.txt does.
PER_LIST = 100

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Entry:
    """One page: its address in each language, by the tag of the language, and its last change."""

    addresses: Mapping[str, str]
    default: str
    changed: date | None = None

    def of(self, number: int, changed: date | None) -> "Entry":
        """The page of another number, where this is that of number 0: a part lists hundreds."""
        named = {tag: f"{address[:-1]}{number}" for tag, address in self.addresses.items()}
        return Entry(named, f"{self.default[:-1]}{number}", changed)


def part_beside(scores: str, number: int) -> str:
    """The address of a part of a cycle, by that of its scores, which are part 0."""
    return f"{scores.removesuffix('.xml')}/{number}.xml" if number else scores


def index(addresses: Iterable[str]) -> str:
    """The list of the parts."""
    parts = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>\n" for one in addresses)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n"


def pages(entries: Iterable[Entry]) -> str:
    """One part: every address of every page."""
    listed = "".join(line for entry in entries for line in _urls(entry))
    alternates = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {_SPACE} {alternates}>\n{listed}</urlset>\n"


def _urls(entry: Entry) -> Iterator[str]:
    named = {**entry.addresses, "x-default": entry.default}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>'
        for tag, address in named.items()
    )
    changed = f"<lastmod>{entry.changed.isoformat()}</lastmod>" if entry.changed else ""
    for address in entry.addresses.values():
        yield f"<url><loc>{escape(address)}</loc>{changed}{others}</url>\n"
