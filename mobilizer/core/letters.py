"""Whether what is mailed leaves this machine."""

from urllib.parse import urlsplit

from flask import current_app

#: In place of a mail server's address: letters are shown on the console.
CONSOLE = "console"


def is_console() -> bool:
    """Whether no mail server is set up."""
    return urlsplit(current_app.config["MAIL_URL"]).scheme == CONSOLE


def go_out() -> bool:
    """Whether a letter counts as sent once it is handed over.

    In production the console is a log that outlives the letter and is read by others than its
    addressee: what is written there was not sent.
    """
    return not (is_console() and current_app.config["IS_PRODUCTION"])
