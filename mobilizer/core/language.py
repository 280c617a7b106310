"""The language of a page, and of the content on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext, lazy_gettext, ngettext

from mobilizer.core.languages import IN_LANGUAGE, LANGUAGES, TAGS, Language

__all__ = [
    "LANGUAGES",
    "Language",
    "Said",
    "current",
    "gettext",
    "lazy_gettext",
    "ngettext",
    "said",
]


#: English dates are written day first; Serbian is written in Latin script, which the web and
#: Babel name differently.
LOCALES = {"en": "en_GB", "sq": "sq", "mk": "mk", "sr": "sr_Latn"}
#: Who asks for these reads Serbian in Latin script.
NEAR_SERBIAN = ("bs", "hr", "sh")


@dataclass(frozen=True)
class Said:
    """A text, the language it is in, and whether that is another one than was asked for."""

    text: str
    language: str
    falls_back: bool

    @property
    def tag(self) -> str:
        """The language as HTML's ``lang`` wants it."""
        return TAGS.get(self.language, self.language)

    @property
    def note(self) -> str:
        """A message id such as "in Albanian"; empty when nothing fell back."""
        return IN_LANGUAGE.get(self.language, "") if self.falls_back else ""

    @property
    def own(self) -> str:
        """The language's name in itself, such as "shqip"."""
        locale = Locale.parse(LOCALES.get(self.language, self.language))
        return locale.get_language_name() or self.language

    def __str__(self) -> str:
        """The text alone."""
        return self.text


def said(names: Mapping[str, str], language: str | None = None) -> Said:
    """A text in the wanted language, else visibly in the first one there is.

    The order of falling back is the wanted language, then that of ``LANGUAGES``, then
    whatever there is. An empty mapping gives an empty text.
    """
    wanted = language or current()
    for code in (wanted, *LANGUAGES, *names):
        if names.get(code):
            return Said(names[code], code, falls_back=code != wanted)
    return Said("", wanted, falls_back=False)


def current() -> str:
    """The language of this page, as a code of ``LANGUAGES``."""
    locale = get_locale()
    return locale.language if locale else str(current_app.config["DEFAULT_LANGUAGE"])


def offered() -> tuple[str, ...]:
    """The languages this installation offers."""
    return tuple(current_app.config["LANGUAGES"])


def choose() -> str:
    """The language of a request: the address's, else the person's, else the browser's."""
    if not has_request_context():
        return str(current_app.config["DEFAULT_LANGUAGE"])
    first = request.path.split("/")[1]  # Also where no view is found: the 404 page has a language.
    in_address = (request.view_args or {}).get("lang") or (first if first in offered() else None)
    asked = in_address or request.args.get("lang") or session.get("language")
    if asked in offered():
        return str(asked)
    # Data is the same for whoever asks, unless she asks for a language.
    is_data = request.path.startswith("/api/")
    return str(current_app.config["DEFAULT_LANGUAGE"]) if is_data else preferred()


def preferred() -> str:
    """The offered language the browser likes best."""
    for tag, quality in request.accept_languages:  # The best first.
        wanted = tag.partition("-")[0].lower()
        language = "sr" if wanted in NEAR_SERBIAN else wanted
        if quality and language in offered():
            return language
    return str(current_app.config["DEFAULT_LANGUAGE"])


def install(app: Flask) -> None:
    """Choose the language of every page, and give templates the words for it."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.config["ROOT"] / "translations")
    Babel(
        app,
        locale_selector=lambda: LOCALES[choose()],
        timezone_selector=lambda: app.config["TIME_ZONE"],
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # As the catalogues are made (babel.cfg).
    app.jinja_env.globals.update(
        current_language=current,
        language_tag=lambda: TAGS.get(current(), current()),
        languages=lambda: [Language(code) for code in offered()],
        own_name=own_name,
        say=said,
    )


def own_name(code: str) -> str:
    """A language's name in itself: "Shqip"."""
    name = Locale.parse(LOCALES[code]).get_language_name() or code
    return name[:1].upper() + name[1:]
