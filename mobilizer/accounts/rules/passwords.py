"""Which passwords are good enough."""

import re
import unicodedata

from mobilizer.accounts.rules.common_passwords import KEYBOARD, WORDS
from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import normalise
from mobilizer.core.words import N_

SHORTEST, LONGEST = 10, 200
#: Fewer different characters than this are one keystroke, held.
DIFFERENT = 5
#: A sign-in name shorter than this may stand in a password by accident.
TELLING = 4

#: Digits and signs that stand for letters, as in "p4$$w0rd".
_STANDS_FOR = str.maketrans("013457@$!", "oieastasi")
#: Digits and signs before the first letter and after the last.
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def check_password(password: str, sign_in_name: str) -> None:
    """Hold a new password to the rules.

    Raises:
        RuleBroken: it is too short or too long, can be guessed, or holds the sign-in name.
    """
    if len(password) < SHORTEST:
        raise RuleBroken(
            N_("A password has at least %(shortest)s characters. Three or four words are good."),
            field="password",
            shortest=SHORTEST,
        )
    if len(password) > LONGEST:
        raise RuleBroken(
            N_("A password has at most %(longest)s characters."), field="password", longest=LONGEST
        )
    name = sign_in_name.partition("@")[0].casefold()
    if len(name) >= TELLING and name in password.casefold():
        raise RuleBroken(N_("The password must not hold your sign-in name."), field="password")
    if is_common(password):
        raise RuleBroken(
            N_("This password is among the first that others try. Choose another one."),
            field="password",
        )


def is_common(password: str) -> bool:
    """Whether it is among the first that somebody guesses.

    That is a word or two of the list, with digits and signs around them or in place of letters;
    the same few characters again and again; a run of the keyboard or of digits.
    """
    small = unicodedata.normalize("NFKC", password).casefold()
    if len(set(small)) < DIFFERENT or _is_run(small):
        return True
    inner = _AROUND.sub("", small)
    read = (small, small.translate(_STANDS_FOR), inner.translate(_STANDS_FOR))
    return any(_is_made_of_words(_letters(normalise(text))) for text in read)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _is_run(text: str) -> bool:
    """Whether it is typed along a row, forth or back, once or again."""
    rows = [row * 3 for row in KEYBOARD]
    return any(text in row or text in row[::-1] for row in rows)


def _is_made_of_words(letters: str) -> bool:
    return not letters or any(
        letters[:at] in WORDS and (at == len(letters) or letters[at:] in WORDS)
        for at in range(1, len(letters) + 1)
    )
