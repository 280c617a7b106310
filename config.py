"""Every setting, read from the environment or a ``.env`` file beside this one.

========================  =====================================================================
DATABASE_URL              where records are kept; default SQLite in ``var/``; for PostgreSQL
                          ``postgresql+psycopg://user@host/name``
MEDIA_URL                 where photos are kept; default the folder ``var/media``
SECRET_KEY                signs form tokens; needed in production, else one is kept in ``var/``
SITE_URL                  the public address, such as ``https://promises.example``; needed in
                          production; other host names are refused
PROXIES                   how many proxies stand before the site, each adding to X-Forwarded-For;
                          default 0: what a visitor says of her own address is not believed
LANGUAGES                 offered languages, such as ``en,sq,mk,sr``
DEFAULT_LANGUAGE          one of them; for visitors whose browser names none
TIME_ZONE                 for times of day shown to people; default ``Europe/Skopje``
MAIL_URL                  where mail is handed over: ``smtps://name:password@host``,
                          ``smtp://host:587`` (with STARTTLS where it is offered); default
                          ``console:``, which prints it, without the address, and in production
                          sends and prints nothing
MAIL_FROM                 whom mail comes from; default ``mobilizer@`` and SITE_URL's host
VAPID_KEY                 signs messages to phones: 64 hexadecimal digits; default one that is
                          made once and kept in ``var/``
MOBILIZER_ENV             ``production`` refuses to start without SECRET_KEY and SITE_URL
========================  =====================================================================
"""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pysqlite3 import dbapi2

ROOT = Path(__file__).resolve().parent
LANGUAGES = "en,sq,mk,sr"
MOST_PROXIES = 9


class NotConfigured(Exception):
    """A setting is missing or cannot be used; the message is one sentence for the operator."""


def settings(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Read all settings.

    Args:
        environment: in place of the process's own environment and the ``.env`` file.

    Raises:
        NotConfigured: production lacks SECRET_KEY or SITE_URL, or a setting cannot be used.
    """
    if environment is None:
        written = {key: value or "" for key, value in dotenv_values(ROOT / ".env").items()}
        environment = {**written, **os.environ}
    production = environment.get("MOBILIZER_ENV") == "production"
    for name in ("SECRET_KEY", "SITE_URL"):
        if production and not environment.get(name):
            raise NotConfigured(f"Set {name}: production does not start without it.")
    return {
        "ROOT": ROOT,
        "IS_PRODUCTION": production,
        "SECRET_KEY": environment.get("SECRET_KEY") or kept_key(ROOT / "var" / "secret_key"),
        "TIME_ZONE": environment.get("TIME_ZONE") or "Europe/Skopje",
        **database(environment.get("DATABASE_URL") or ""),
        "MEDIA_FOLDER": Path(environment.get("MEDIA_URL") or ROOT / "var" / "media"),
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": None,
        "REMEMBER_COOKIE_REFRESH_EACH_REQUEST": False,
        "PROXIES": _proxies(environment.get("PROXIES") or "0"),
        **_site(environment, production=production),
        **_messages(environment),
        **_languages(environment),
    }


def kept_key(file: Path) -> str:
    """The key of an installation that was given none: made once, and the same in every process."""
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        new = file.with_suffix(f".{secrets.token_hex(4)}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(new, file)  # Whole or not at all, and the first one stays.
        new.unlink()
    return file.read_text(encoding="ascii")


def database(url: str) -> dict[str, Any]:
    """The settings of the database at an address; an empty one means SQLite in ``var/``."""
    if not url:
        (ROOT / "var").mkdir(exist_ok=True)
        url = f"sqlite:///{ROOT / 'var' / 'mobilizer.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    # The system's SQLite may be one that can damage its write-ahead log; the wheel's is mended.
    options = {"module": dbapi2} if url.startswith("sqlite:") else {"pool_pre_ping": True}
    # A failed statement is logged without what it was to store: names, notes, hashes.
    hidden = {**options, "hide_parameters": True}
    return {"SQLALCHEMY_DATABASE_URI": url, "SQLALCHEMY_ENGINE_OPTIONS": hidden}


def _url(environment: Mapping[str, str]) -> str:
    at_home = f"http://127.0.0.1:{environment.get('PORT') or 8000}"
    return (environment.get("SITE_URL") or at_home).rstrip("/")


def _site(environment: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    url = _url(environment)
    host = urlsplit(url).hostname
    if not host:
        raise NotConfigured(f"SITE_URL is not an address: {url!r}.")
    return {
        "SITE_URL": url,
        "TRUSTED_HOSTS": [host] if production else [host, "localhost", "127.0.0.1"],
    }


def _messages(environment: Mapping[str, str]) -> dict[str, Any]:
    url = environment.get("MAIL_URL") or "console:"
    if not _takes_mail(url):  # Not shown: a password may stand in it.
        raise NotConfigured("MAIL_URL is console: or an address smtp://… or smtps://….")
    sender = environment.get("MAIL_FROM") or f"mobilizer@{urlsplit(_url(environment)).hostname}"
    if not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+", sender):
        raise NotConfigured(f"MAIL_FROM is not an e-mail address: {sender!r}.")
    key = environment.get("VAPID_KEY") or ""
    if key and not re.fullmatch(r"[0-9a-f]{64}", key):
        raise NotConfigured("VAPID_KEY is not 64 hexadecimal digits.")
    return {"MAIL_URL": url, "MAIL_FROM": sender, "VAPID_KEY": key}


def _takes_mail(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme == "console" or (parts.scheme in ("smtp", "smtps") and named)


def _proxies(number: str) -> int:
    if not (number.isascii() and number.isdigit() and int(number) <= MOST_PROXIES):
        raise NotConfigured(f"PROXIES is a number from 0 to {MOST_PROXIES}, not {number!r}.")
    return int(number)


def _languages(environment: Mapping[str, str]) -> dict[str, Any]:
    known = LANGUAGES.split(",")
    offered = [code.strip() for code in (environment.get("LANGUAGES") or LANGUAGES).split(",")]
    default = environment.get("DEFAULT_LANGUAGE") or offered[0]
    unknown = [code for code in (*offered, default) if code not in known]
    if unknown or default not in offered:
        raise NotConfigured(f"LANGUAGES and DEFAULT_LANGUAGE take some of {LANGUAGES}.")
    return {"LANGUAGES": offered, "DEFAULT_LANGUAGE": default}
