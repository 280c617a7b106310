"""Text made comparable: the same word typed in Cyrillic, in Latin or on a plain keyboard meets.

``normalise`` folds coarsely on purpose. It serves searching and finding likely duplicates,
where a hit too many costs a glance and a miss costs a duplicate; it is never shown. Its limits:

- Different words can meet: *č ć c ç* and *ch* all become *c*, *š* and *sh* become *s*, and so
  *pas* (a dog) and *paš* are one.
- Only spelling is folded, not languages: *граѓанин* (Macedonian) and *građanin* (Serbian) stay
  apart, as do *Скопје* and *Shkup*, and *куќа* and *kuća*.
- Plain Latin of the kinds people use meets (*Kjerka*, *Ḱerka*, *Ќерка*); of others it does
  not: *q* for *ќ*, *x* for *џ*, *ts* for *ц*.
- No word forms: *школа* and *школи* are two words, though most of their trigrams are shared.
"""

import re
import unicodedata

#: Cyrillic to Latin with diacritics, lower case: the letters of Macedonian and Serbian, then
#: those that come in quotations from Bulgarian, Russian and Ukrainian.
_CYRILLIC = (
    "а=a б=b в=v г=g д=d е=e ж=ž з=z и=i ј=j к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h "
    "ц=c ч=č ш=š љ=lj њ=nj џ=dž ѕ=dz ѓ=gj ќ=kj ђ=đ ћ=ć ѐ=e ѝ=i "
    "й=j щ=št ъ=a ь= ю=ju я=ja ё=e ы=i э=e і=i ї=ji є=je ґ=g ў=u"
)
_LATIN = str.maketrans(dict(pair.split("=") for pair in _CYRILLIC.split()))

#: Latin letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

#: Two letters that stand for one, with what they meet in: a whole run at once, so that folding
#: what is folded changes nothing.
_DIGRAPHS = re.compile(r"dj+|gj+|kj+|sh+|zh+|ch+|xh+|l{2,}|r{2,}")
_MEETS = {"d": "d", "g": "g", "k": "k", "s": "s", "z": "z", "c": "c", "x": "dz", "l": "l", "r": "r"}

_APOSTROPHES = re.compile("['`´ʹʼ‘’′]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Text as it is compared: lower case, plain Latin, digraphs folded, single spaces.

    Punctuation parts words, an apostrophe does not. Folding twice is folding once.
    """
    plain = _BETWEEN_WORDS.sub(" ", _latin(text)).strip()
    return _DIGRAPHS.sub(lambda found: _MEETS[found[0][0]], plain)


def words(text: str) -> tuple[str, ...]:
    """The distinct normalised words of two characters or more, in the order of the text."""
    return tuple(dict.fromkeys(word for word in normalise(text).split() if len(word) >= 2))


def trigrams(text: str) -> frozenset[str]:
    """All runs of three characters of the normalised words.

    Each word is padded with two spaces before and one after, as PostgreSQL's pg_trgm does, so
    that beginnings weigh more than endings and the order of words does not matter.
    """
    padded = (f"  {word} " for word in normalise(text).split())
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def overlap(these: frozenset[str], those: frozenset[str]) -> float:
    """How alike two texts are, from 0 to 1: trigrams shared, of all trigrams (Jaccard).

    Two texts without a letter or digit are not alike: there is nothing to compare.
    """
    every = these | those
    return len(these & those) / len(every) if every else 0.0


def visible(text: str) -> str:
    """Text without what nobody sees: control, joining, direction and zero-width characters.

    They hide words from a search, turn a line round, and make a name that looks like another's
    or like none. Tabs and line breaks stay.
    """
    return "".join(sign for sign in text if sign in "\t\n\r" or not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs")


def excerpt(text: str, length: int) -> str:
    """The beginning of a text in at most ``length`` characters, cut between words, with "…".

    Line breaks and runs of spaces become one space. A first word that is too long is cut.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    room = max(length - 1, 0)
    whole, _, _ = line[: room + 1].rpartition(" ")
    return (whole or line[:room]).rstrip(" ,;:–—-") + "…" if length > 0 else ""


def slug(text: str, length: int = 80) -> str:
    """Text for an address: ``a-z``, ``0-9`` and single hyphens, at most ``length`` characters.

    Transliterated but not folded, so that it still reads as a word: *Shëndetësi* gives
    ``shendetesi``. A text in neither Latin nor Cyrillic gives nothing.
    """
    hyphened = re.sub(r"[^a-z0-9]+", "-", _latin(text)).strip("-")
    return hyphened[:length].rstrip("-")


def _latin(text: str) -> str:
    """Lower case Latin without diacritics; apostrophes gone, all else as it was."""
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    apart = unicodedata.normalize("NFKD", composed.translate(_LATIN))
    bare = "".join(map(_bare, apart))
    return _APOSTROPHES.sub("", bare.translate(_PLAIN))


def _bare(letter: str) -> str:
    """A letter as it is, a digit of any script as ours, a mark as nothing."""
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return "" if unicodedata.category(letter).startswith("M") else letter
