"""Pages of ours, read for their links and written with others. All else stays as it is."""

from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser

#: The attributes that hold an address.
POINTING = frozenset({"action", "href", "poster", "src"})

Attributes = list[tuple[str, str | None]]


class _Reader(HTMLParser):
    """Hands every begin tag on, and keeps the rest word for word."""

    def __init__(self, tag_written: Callable[[str, Attributes, str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self._tag_written = tag_written
        self.written: list[str] = []
        self._is_left_out = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        written = self.get_starttag_text() or ""
        # From a file no browser runs a script of its own, and no page of ours needs one.
        self._is_left_out = tag == "script" and any(name == "src" for name, _ in attrs)
        if not self._is_left_out:
            self.written.append(self._tag_written(tag, attrs, written))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if not self._is_left_out:
            self.written.append(f"</{tag}>")
        self._is_left_out = False

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")


def links(page: str) -> list[str]:
    """Every address a page points to, as it is written there, in order."""
    found: list[str] = []

    def read(_: str, attributes: Attributes, written: str) -> str:
        found.extend(_addresses(attributes))
        return written

    _read(page, read)
    return found


def _addresses(attributes: Attributes) -> Iterator[str]:
    for name, value in attributes:
        if value and name in POINTING:
            yield value
        if value and name == "srcset":
            yield from (one.split()[0] for one in value.split(",") if one.strip())


def pointed(
    page: str, new: Callable[[str], str], sent: Callable[[str], str], note: str = ""
) -> str:
    """A page with every address replaced, and a note before its content.

    Scripts in files of their own are left out.

    Args:
        page: a whole page of ours.
        new: what is to stand in place of an address.
        sent: the same of one to which a form is sent: no file answers what is typed.
        note: a piece of page that is put before ``<main>``.
    """

    def write(tag: str, attributes: Attributes, written: str) -> str:
        if any(name in POINTING or name == "srcset" for name, _ in attributes):
            told = "".join(
                _attribute(name, _new(name, value, sent if name == "action" else new))
                for name, value in attributes
            )
            written = f"<{tag}{told}{'/' if written.endswith('/>') else ''}>"
        return note + written if tag == "main" else written

    return _read(page, write)


def _new(name: str, value: str | None, new: Callable[[str], str]) -> str | None:
    if value and name in POINTING:
        return new(value)
    if value and name == "srcset":
        pieces = [one.split() for one in value.split(",") if one.strip()]
        return ", ".join(" ".join((new(piece[0]), *piece[1:])) for piece in pieces)
    return value


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(unescape(value))}"'


def _read(page: str, tag_written: Callable[[str, Attributes, str], str]) -> str:
    reader = _Reader(tag_written)
    reader.feed(page)
    reader.close()
    return "".join(reader.written)
