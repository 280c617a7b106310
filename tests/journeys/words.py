"""The words of the pages in each language, from the catalogues that the site itself reads."""

from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.support import Translations

import config
from mobilizer.core.language import LOCALES


class Catalogue:
    """What a message id reads like in one language: ``says("Send to mentor")``."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(LOCALES[language])
        self._messages = Translations.load(config.ROOT / "translations", [self.locale])

    def __call__(self, message: str, **params: Any) -> str:
        said = self._messages.ugettext(message)
        return said % params if params else said

    def month(self, month: date) -> str:
        """A month as pages write it."""
        return format_skeleton("yMMMM", month, locale=self.locale)
