"""What is wrong with a page's HTML, before any browser has seen it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import chain
from typing import Any

from justhtml import JustHTML

#: A token against forgery is another one each time.
TOKEN = re.compile(r'(name="csrf_token"[^>]* value=")[^"]*')
#: What was found in each page, by the hash of what it says.
_KNOWN: dict[bytes, tuple[str, ...]] = {}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
#: Elements that hold only these children.
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
}
#: Elements that hold phrases only: no paragraph, list, table or section.
PHRASES = set("p h1 h2 h3 h4 h5 h6 span strong em small label button legend summary".split())
BLOCKS = set(
    "p div ul ol dl table section article main nav header footer form fieldset h1 h2 h3".split()
)
MAY_HOLD_HEADINGS = {"legend", "summary"}
INTERACTIVE = set("a button input select textarea label summary".split())
UNLABELLED = {"hidden", "submit", "reset", "button", "image"}
POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list"}


class Tags(HTMLParser):
    """Reads the source as written: every tag closed in its turn, no attribute twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def fault(self, says: str) -> None:
        line, column = self.getpos()
        self.faults.append(f"line {line}, column {column}: {says}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, count in Counter(name for name, _ in attrs).items():
            if count > 1:
                self.fault(f"<{tag}> has {name} {count} times")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open and tag not in VOID and tag != "svg":
            self.fault(f"<{tag}/> does not close itself")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def close(self) -> None:
        super().close()
        self.faults.extend(f"<{tag}> is not closed" for tag in self.open)


@lru_cache(maxsize=8)
def parsed(source: str) -> JustHTML:
    """A page as a browser takes it, and what it had to mend. Read once, for whoever asks."""
    return JustHTML(source, sanitize=False, collect_errors=True)


def faults(source: str) -> list[str]:
    """Everything that is wrong with a page, in words. The same page is not looked at twice."""
    mark = sha256(TOKEN.sub(r"\1", source).encode()).digest()
    if mark not in _KNOWN:
        _KNOWN[mark] = _faults(source)
    return list(_KNOWN[mark])


def _faults(source: str) -> tuple[str, ...]:
    tags = Tags()
    tags.feed(source)
    tags.close()
    page = parsed(source)
    elements: list[Any] = page.query("*")
    mended = [f"line {e.line}, column {e.column}: {e.message}" for e in page.errors]
    # What stands in a template is not on the page; a script takes a copy of it, and gives it names.
    shown = [one for one in elements if "template" not in {above.name for above in _parents(one)}]
    found = (_whole(shown), _nesting(elements), _references(shown), _names(shown))
    return (*tags.faults, *mended, *chain.from_iterable(found))


def text(element: Any) -> str:
    """An element's text, with single spaces."""
    return " ".join(element.to_text(separator=" ").split())


def named(elements: list[Any], *names: str) -> list[Any]:
    """The elements that bear one of these names."""
    return [element for element in elements if element.name in names]


def _whole(elements: list[Any]) -> Iterator[str]:
    if not elements[0].attrs.get("lang"):
        yield "<html> has no lang"
    headings = named(elements, "h1")
    titles = [title for title in named(elements, "title") if title.parent.name == "head"]
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    if len(titles) != 1:
        yield f"{len(titles)} titles instead of one"
    if len(headings) == len(titles) == 1:
        heading, title = text(headings[0]), text(titles[0])
        if not heading or not title.startswith(heading):
            yield f"the title {title!r} does not start with the h1 {heading!r}"
    if len(named(elements, "main")) != 1:
        yield "not exactly one <main>"


def _nesting(elements: list[Any]) -> Iterator[str]:
    for element in elements:
        yield from _inline(element)
        inside = [parent.name for parent in _parents(element)]
        if "svg" in inside or "body" not in inside:
            continue
        if not _may_stand_in(element.name, inside[0]):
            yield f"<{element.name}> in <{inside[0]}>"
        if element.name in INTERACTIVE and {"a", "button"} & set(inside):
            yield f"<{element.name}> in a link or button"


def _may_stand_in(name: str, parent: str) -> bool:
    if name in {"script", "template"}:
        return True
    if parent in CHILDREN:
        return name in CHILDREN[parent]
    if parent in MAY_HOLD_HEADINGS and re.fullmatch("h[1-6]", name):
        return True
    return parent not in PHRASES or name not in BLOCKS


def _inline(element: Any) -> Iterator[str]:
    is_read = element.attrs.get("type") == "application/ld+json"  # Never run: it is data.
    is_code = element.name == "script" and "src" not in element.attrs and not is_read
    if element.name == "style" or is_code:
        yield f"inline <{element.name}>"
    for name, value in element.attrs.items():
        if name == "style" or name.startswith("on"):
            yield f"inline {name}= on <{element.name}>"
        if (value or "").strip().lower().startswith("javascript:"):
            yield f"javascript: in {name} of <{element.name}>"


def _references(elements: list[Any]) -> Iterator[str]:
    ids = Counter(element.attrs["id"] for element in elements if "id" in element.attrs)
    yield from (f"the id {name!r} is given {n} times" for name, n in ids.items() if n > 1)
    for element in elements:
        for pointer in POINTERS & element.attrs.keys():
            for name in element.attrs[pointer].split():
                if name not in ids:
                    yield f"{pointer}={name!r} on <{element.name}> points nowhere"


def _names(elements: list[Any]) -> Iterator[str]:
    labels = [label for label in named(elements, "label") if text(label)]
    labelled = {label.attrs["for"] for label in labels if "for" in label.attrs}
    for field in named(elements, "input", "select", "textarea"):
        if not _is_labelled(field, labelled):
            yield f"<{field.name} name={field.attrs.get('name')!r}> has no label"
    for element in named(elements, "button", "a"):
        if not _says_something(element):
            yield f"<{element.name}> says nothing: {element.attrs}"
    for image in named(elements, "img"):
        if "alt" not in image.attrs:
            yield f"<img src={image.attrs.get('src')!r}> has no alt"


def _says_something(element: Any) -> bool:
    return bool(
        text(element)
        or element.attrs.get("aria-label")
        or element.attrs.get("aria-labelledby")
        or any(image.attrs.get("alt") for image in element.query("img"))
    )


def _is_labelled(field: Any, labelled: set[str]) -> bool:
    if field.name == "input" and field.attrs.get("type") in UNLABELLED:
        return True
    if field.attrs.get("aria-label") or field.attrs.get("aria-labelledby"):
        return True
    return field.attrs.get("id") in labelled or any(
        parent.name == "label" and text(parent) for parent in _parents(field)
    )


def _parents(element: Any) -> Iterator[Any]:
    while (element := element.parent) is not None:
        yield element
