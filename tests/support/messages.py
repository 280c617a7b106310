"""A message that a catalogue lacks fails the test, where the suite is run strictly."""

import os
from copy import copy
from gettext import NullTranslations
from typing import NoReturn

import flask_babel
import pytest

#: Set by ``.ci/run``; off while a feature's messages still await their translations.
STRICT = os.environ.get("MOBILIZER_STRICT_MESSAGES") == "1"


class Untranslated(AssertionError):
    """A page in another language than English says something in English."""


class Nothing(NullTranslations):
    """The catalogue behind the catalogue: whoever comes here asked for what is not there."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> NoReturn:
        raise Untranslated(f"{message!r} has no translation in {self.language!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:
        self.gettext(msgid1)

    def pgettext(self, context: str, message: str) -> NoReturn:
        self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> NoReturn:
        self.gettext(msgid1)


def refuse_untranslated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put that empty catalogue behind every other one but English."""
    lenient = flask_babel.Domain.get_translations
    strict: dict[str, NullTranslations] = {}

    def get_translations(domain: flask_babel.Domain) -> NullTranslations:
        catalogue = lenient(domain)
        locale = flask_babel.get_locale()
        if locale is None or locale.language == "en":
            return catalogue
        if locale.language not in strict:
            strict[locale.language] = copy(catalogue)
            strict[locale.language].add_fallback(Nothing(locale.language))
        return strict[locale.language]

    monkeypatch.setattr(flask_babel.Domain, "get_translations", get_translations)
