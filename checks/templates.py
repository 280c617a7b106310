"""Every template parses, says nothing outside the catalogues, and holds nothing inline.

The policy of the pages forbids inline styles and scripts; the four languages forbid text that
is not in ``_()`` or ``{% trans %}``; and ``|safe`` needs its reason beside it: ``{# safe: … #}``.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from checks import Fault, files, finish

#: Names that are the same in every language.
NAMES = {"Mobilizer", "CSV", "JSON", "Atom", "API", "SHA"}
#: Attributes and macro arguments that people read or hear.
READ = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
READ_ARGUMENTS = {"label", "hint", "text", "title", "legend", "caption", "message", "summary"}
TRANSLATES = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
#: What stands for an expression once the logic is taken out of a template.
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
WORD = re.compile(r"[^\W\d_]+")


def is_text(value: str | None) -> bool:
    """Whether somebody would have to translate this."""
    return any(word.isalpha() and word not in NAMES for word in WORD.findall(value or ""))


class Skeleton(HTMLParser):
    """Reads a template without its logic, and notes what should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.open_code = 0

    def note(self, says: str, below: int = 0) -> None:
        """Keep a fault with the line it stands on, so many lines below where we read."""
        self.found.append((self.getpos()[0] + below, says))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open_code += tag == "code"
        values = dict(attrs)
        if tag == "style":
            self.note("<style>: the policy forbids it; use the stylesheet")
        is_read = values.get("type") == "application/ld+json"  # Data for search engines, never run.
        if tag == "script" and "src" not in values and not is_read:
            self.note("<script> without src: the policy forbids it")
        if tag == "input" and values.get("type") in {"submit", "button"}:
            self.note("a button is a <button>, so that its words can be translated")
        for name, value in attrs:
            self._look_at(name, value)

    def _look_at(self, name: str, value: str | None) -> None:
        if name == "style":
            self.note("style=: the policy forbids it; use a class")
        if name.startswith("on"):
            self.note(f"{name}=: the policy forbids it; use a script of static/js")
        if (value or "").strip().lower().startswith("javascript:"):
            self.note("javascript: in an address")
        if name in READ and is_text(value):
            self.note(f"{name}={value!r} is not in _()")

    def handle_endtag(self, tag: str) -> None:
        self.open_code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.open_code and is_text(data):
            before = data[: len(data) - len(data.lstrip())]
            self.note(f"{' '.join(data.split())[:50]!r} is not in _()", before.count("\n"))


def skeleton(tree: nodes.Template) -> str:
    """The template's own text, each piece on its line, with holes where expressions stood."""
    pieces: list[str] = []
    line = 1
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            pieces.append("\n" * (part.lineno - line))
            line = max(line, part.lineno)
            pieces.append(part.data if isinstance(part, nodes.TemplateData) else HOLE)
            line += pieces[-1].count("\n")
    return "".join(pieces)


def untranslated_expressions(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Text given as a string where a message belongs."""
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            if isinstance(part, nodes.Const) and is_text(str(part.value)):
                yield part.lineno, f"{part.value!r} is not in _()"
    for call in tree.find_all(nodes.Call):
        for argument in call.kwargs:
            if argument.key not in READ_ARGUMENTS or not isinstance(argument.value, nodes.Const):
                continue
            if isinstance(given := argument.value.value, str) and is_text(given):
                yield argument.lineno, f"{argument.key}={given!r} is not in _()"


def unescaped(tree: nodes.Template, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Every way around the escaping that gives no reason on its line or the one above."""
    around = [node for node in tree.find_all(nodes.Filter) if node.name == "safe"]
    for node in (*around, *tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe))):
        if not any("safe:" in line for line in lines[max(0, node.lineno - 2) : node.lineno]):
            yield node.lineno, "goes around the escaping without {# safe: reason #}"


def faults(file: Path, environment: Environment) -> Iterator[Fault]:
    """What is wrong with one template."""
    source = file.read_text(encoding="utf-8")
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield Fault(file, error.lineno, str(error.message))
        return
    reader = Skeleton()
    reader.feed(skeleton(tree))
    reader.close()
    found = (
        *reader.found,
        *untranslated_expressions(tree),
        *unescaped(tree, source.splitlines()),
    )
    for line, says in found:
        yield Fault(file, line, says)


if __name__ == "__main__":
    jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the i18n extension
    finish(fault for file in files("templates/**/*.html") for fault in faults(file, jinja))
