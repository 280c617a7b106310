"""The catalogues are complete: nothing missing, fuzzy, left over, or with a broken placeholder.

``python -m checks.translations --write`` brings new messages into the catalogues, empty.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from checks import ROOT, Fault, finish

#: English is what the code itself says.
LANGUAGES = {"sq": "sq", "mk": "mk", "sr": "sr_Latn"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(("N_", "lazy", "lazy_gettext")),
    **dict.fromkeys(("NN_", "lazy_ngettext"), (1, 2)),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: A word of both scripts, such as one with a look-alike: whoever searches or listens loses it.
MIXED = re.compile(r"[\u0400-\u04ff][a-zà-ž]|[a-zà-ž][\u0400-\u04ff]", re.IGNORECASE)
#: You, to one person, in Macedonian: in the catalogue always with a capital.
SMALL_YOU = re.compile(r"\b(ви|вие|вас|вам|ваш(а|е|и|ата|ето|ите|иот)?)\b")
#: Words for which Albanian has one of its own throughout: "lidhje", "e-mail", "publikuar".
OTHER_WORDS = re.compile(r"\b(vegëz|e-post|post\w+ elektronike|botua|botohet)", re.IGNORECASE)
#: A date, where its language writes a full stop at its end: "29. novembra 2026."
DATE_AND_STOP = {language: re.compile(r"%\((day|date|month)\)s\.") for language in ("mk", "sr")}
#: A moment that never changes, so that a catalogue changes only with its messages.
WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)


def extracted() -> Catalog:
    """The messages of code and templates as they stand."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]  # Babel's own
    template = Catalog(project="Mobilizer", msgid_bugs_address="")
    for file, line, message, comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
    ):
        template.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return template


def path(language: str) -> Path:
    """Where a language's catalogue stands."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue; an empty one if it has not been begun."""
    if not path(language).exists():
        return Catalog(
            locale=LANGUAGES[language],
            header_comment=f"# Mobilizer's messages in {Locale(language).english_name}.",
            project="Mobilizer",
            msgid_bugs_address="",
            last_translator="Mobilizer contributors",
            language_team="Mobilizer contributors",
        )
    with path(language).open("rb") as file:
        return read_po(file, locale=LANGUAGES[language])


def as_tuple(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A message or translation with all its plural forms."""
    return (said or "",) if isinstance(said, str | None) else tuple(said)


def placeholders(said: tuple[str, ...]) -> set[str]:
    """The names of what is filled in."""
    return {name for form in said for name in PLACEHOLDER.findall(form)}


def wrong_with(message: Message, language: str, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one translation."""
    asked, said = as_tuple(message.id), as_tuple(message.string)
    if message.fuzzy:
        yield "is fuzzy"
    if not all(said) or len(said) < (catalogue.num_plurals if message.pluralizable else 1):
        yield "is missing"
        return
    if placeholders(said) != placeholders(asked):
        yield f"has other placeholders: {sorted(placeholders(asked) ^ placeholders(said))}"
    for error in message.check(catalogue):
        yield f"is broken: {error}"
    yield from badly_written(said, language)


def badly_written(said: tuple[str, ...], language: str) -> Iterator[str]:
    """What no reader of a language would write."""
    words = PLACEHOLDER.sub(" ", " ".join(said))
    if language in DATE_AND_STOP and DATE_AND_STOP[language].search(" ".join(said)):
        yield "has a second full stop after a date"
    if language == "sq" and (other := OTHER_WORDS.search(words)):
        yield f"has another word than elsewhere: {other[0]}"
    if language == "sr" and CYRILLIC.search(words):
        yield "is not in Latin script"
    if MIXED.search(words):
        yield "mixes Latin and Cyrillic letters in one word"
    if language == "mk" and SMALL_YOU.search(words):
        yield "addresses the reader with a small letter"


def faults(language: str, template: Catalog) -> Iterator[Fault]:
    """Compare one catalogue with what code and templates say."""
    file, catalogue = path(language), read(language)
    for message in template:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        name = repr(as_tuple(message.id)[0])
        if found is None or as_tuple(found.id) != as_tuple(message.id):
            place, line = message.locations[0]
            yield Fault(ROOT / place, line, f"{name} is missing in {language}")
            continue
        for wrong in wrong_with(found, language, catalogue):
            yield Fault(file, found.lineno or 1, f"{name} {wrong}")
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield Fault(file, message.lineno or 1, f"{as_tuple(message.id)[0]!r} is left over")
    for message in catalogue.obsolete.values():
        yield Fault(file, message.lineno or 1, f"{as_tuple(message.id)[0]!r} is left over")


def write(language: str, template: Catalog) -> None:
    """Bring a catalogue up to the code: new messages empty, unused ones gone."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    catalogue.fuzzy = False
    path(language).parent.mkdir(parents=True, exist_ok=True)
    with path(language).open("wb") as file:
        write_po(file, catalogue, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    messages = extracted()
    if "--write" in sys.argv[1:]:
        for code in LANGUAGES:
            write(code, messages)
    else:
        finish(fault for code in LANGUAGES for fault in faults(code, messages))
