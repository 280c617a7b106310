"""The names of a person: what she signs in with, and what she is called in public."""

import re
import unicodedata

from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import normalise, words
from mobilizer.core.words import N_

SHORTEST, LONGEST = 3, 254
_SIGN_IN_NAME = re.compile(r"[\w.@+-]+")
#: As much of an address as can be told without writing to it.
_ADDRESS = re.compile(r"[^\s@,;:<>\"()\[\]\\]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)

#: What an alias says of a region in few words: "Southeast" for "Southeast Region".
_OF_A_REGION = re.compile(r"^District of | Region$")
#: Shorter words of a name stand in too many others to give a person away.
TELLING = 3
#: Words this long give her away also where they stand within another: "MiraKostova".
TELLING_WITHIN = 5


def sign_in_name(typed: str) -> str:
    """A sign-in name as it is stored and compared: small and without space around it.

    Raises:
        RuleBroken: it is too short or too long, or has a sign that names do not have.
    """
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    if not SHORTEST <= len(name) <= LONGEST or not _SIGN_IN_NAME.fullmatch(name):
        raise RuleBroken(
            N_(
                "A sign-in name has at least %(shortest)s characters: "
                "letters, digits and . @ + - _ only, or an e-mail address."
            ),
            field="sign_in_name",
            shortest=SHORTEST,
        )
    return name


def compared(typed: str) -> str:
    """What somebody typed as her name, made comparable; nothing is refused here."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def email_address(typed: str) -> str | None:
    """An e-mail address as it is written to; None where nothing is typed.

    Raises:
        RuleBroken: it cannot be one.
    """
    address = typed.strip()
    if not address:
        return None
    if len(address) > LONGEST or not address.isascii() or not _ADDRESS.fullmatch(address):
        raise RuleBroken(N_("This is not an e-mail address."), field="address")
    return address


def suggested_alias(role: str, region: str) -> str:
    """What a person is called in public if she says nothing else: "Mobilizer, Southeast"."""
    return ", ".join(part for part in (role, _OF_A_REGION.sub("", region)) if part)


def check_alias(alias: str, *, full_name: str, sign_in_name: str, suggested: str = "") -> None:
    """An alias does not give away who stands behind it.

    Args:
        alias: what will stand in public.
        full_name: no word of it may stand in the alias.
        sign_in_name: the part before an @, likewise.
        suggested: words that tell nothing of the person and may stand in both.

    Raises:
        RuleBroken: it gives her away.
    """
    own = {*words(full_name), *words(sign_in_name.partition("@")[0])} - {*words(suggested)}
    telling = {word for word in own if len(word) >= TELLING}
    joined = normalise(alias).replace(" ", "")
    within = any(len(word) >= TELLING_WITHIN and word in joined for word in telling)
    if within or telling & {*words(alias)}:
        raise RuleBroken(
            N_("The alias must not hold your name or sign-in name: everybody can read it."),
            field="alias",
        )
