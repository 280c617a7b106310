"""Handing a letter over to the mail server that MAIL_URL names."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

import click
from flask import current_app

from mobilizer.core import letters
from mobilizer.jobs.rules import Hopeless

#: How long each word of the mail server is waited for, in seconds.
SECONDS = 20.0


class NoMailServer(Exception):
    """None is set up, and in production what the console shows is not sent."""


class InTheClear(Exception):
    """The mail server takes a password only where everybody on the way could read it."""


def send(letter: EmailMessage) -> None:
    """Hand over a letter: once this returns, the mail server has it.

    Raises:
        Hopeless: it will never take this letter.
        OSError, smtplib.SMTPException, InTheClear: it does not take it now.
        NoMailServer: there is none, in production.
    """
    if not letters.go_out():
        raise NoMailServer
    if letters.is_console():
        _print(letter)
        return
    url = urlsplit(current_app.config["MAIL_URL"])
    try:
        with _server(url) as server:
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):
            raise Hopeless from refused
        raise
    except smtplib.SMTPDataError as refused:
        if refused.smtp_code >= 500:
            raise Hopeless from refused
        raise
    except smtplib.SMTPNotSupportedError as refused:
        raise Hopeless from refused


@contextmanager
def _server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """The mail server, ready to take a letter. What it says at the end changes nothing."""
    host = url.hostname or ""
    is_here = _is_here(host)
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=SECONDS)
    try:
        is_closed = url.scheme == "smtps" or is_here
        server.ehlo_or_helo_if_needed()
        if not is_closed and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            is_closed = True
        if url.username:
            if not is_closed:
                raise InTheClear
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def _is_here(host: str) -> bool:
    """Whether the mail server is this machine, whose certificate would name nobody."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _print(letter: EmailMessage) -> None:
    """Show a letter on the console of whoever develops: without whom it is for."""
    body = letter.get_content()
    click.echo(f"--- A letter. Subject: {letter['Subject']}\n{body}---")
