"""One word, however it is typed."""

import csv
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.text import excerpt, normalise, overlap, slug, trigrams, visible, words
from tests.support.shared import shared_folder

MACEDONIAN = "абвгдѓежзѕијклљмнњопрстќуфхцчџш"
SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
CYRILLIC = "".join(sorted(set(MACEDONIAN + SERBIAN)))

#: How each Cyrillic letter is written in Latin: with diacritics, then the plain ways that meet.
WAYS = {
    "ѓ": ["ǵ", "gj", "g"],
    "ќ": ["ḱ", "kj", "k"],
    "ђ": ["đ", "dj", "d"],
    "ћ": ["ć", "ch", "c"],
    "ч": ["č", "ch", "c"],
    "ц": ["c"],
    "ш": ["š", "sh", "s"],
    "ж": ["ž", "zh", "z"],
    "џ": ["dž", "dzh", "dz", "ǆ", "xh"],
    "ѕ": ["dz"],
    "љ": ["lj", "ǉ"],
    "њ": ["nj", "ǌ"],
    "ј": ["j"],
    "х": ["h"],
    **dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True)),
}

cyrillic_words = st.text(CYRILLIC, min_size=1, max_size=12)
anything = st.text(max_size=60)
latin_text = st.text("abcdđeëfghijklmnopqrsštuvxyzžčćç LLRRSH ' - 2", max_size=40)


# --- the same word meets


@pytest.mark.parametrize(
    "typed",
    [
        ["школа", "škola", "skola", "shkola", "shkolla", "ШКОЛА", "Škola", "s\u030ckola"],
        ["Ќерка", "Ḱerka", "Kjerka", "kjerka"],
        ["Ѓорѓи", "Ǵorǵi", "Gjorgji", "gorgi"],
        ["Гевгелија", "Gevgelija", "Gjevgjelija"],
        ["Ђорђе", "Đorđe", "Djordje", "djordje"],
        ["кућа", "kuća", "kuca", "KUĆA", "kucha"],
        ["Чаир", "Čair", "Cair", "Chair", "Çair"],
        ["Жупа", "Župa", "Zupa", "Zhupa"],
        ["Џепчиште", "Džepčište", "Dzepciste", "Dzhepchishte", "Xhepçishte"],
        ["ѕвезда", "dzvezda"],
        ["љубав", "ljubav", "LJUBAV", "Ljubav", "ǉubav", "ǈubav"],
        ["његово", "njegovo", "NJegovo", "ǋegovo"],
        ["shëndetësi", "shendetesi", "SHËNDETËSI", "she\u0308ndete\u0308si"],
        ["Çashkë", "Cashke", "Чашке"],
        ["rrugë", "rruge", "руге"],
        ["гимназија „Св. Климент“", "gimnazija Sv Kliment", "GIMNAZIJA: sv. kliment!"],
        ["подјела", "podjela", "podela"],
        ["сѐ уште", "се уште", "se uste", "sè ušte"],
        ["ʼрж", "'рж", "’рж", "rž", "rz"],
        ["нѝ", "ни", "ni"],
        ["Толстой", "Tolstoj"],
        ["№ 5", "No 5", "no. 5"],
        ["е-пошта", "e-pošta", "e posta", "е_пошта"],
        ["32 km", "３２ km", "32\u00a0km", " 32\tkm "],
    ],
    ids=lambda typed: typed[0],
)
def test_one_word_typed_in_many_ways_is_one(typed):
    assert {normalise(way) for way in typed} == {normalise(typed[0])}


@pytest.mark.parametrize("letter", CYRILLIC)
def test_each_letter_meets_each_of_its_latin_ways_within_a_word(letter):
    for way in WAYS[letter]:
        for before, after in [("а", "а"), ("о", "о"), ("у", "е")]:
            cyrillic = before + letter + after
            latin = normalise(before) + way + normalise(after)
            assert normalise(latin) == normalise(cyrillic), way


def diacritics(word):
    return "".join(WAYS[letter][0] for letter in word)


@given(cyrillic_words)
def test_any_cyrillic_word_meets_its_latin_with_diacritics(word):
    assert normalise(diacritics(word)) == normalise(word)
    assert normalise(diacritics(word).upper()) == normalise(word.upper()) == normalise(word)


@given(cyrillic_words)
def test_diacritics_may_be_marks_of_their_own(word):
    apart = unicodedata.normalize("NFD", diacritics(word))

    assert normalise(apart) == normalise(unicodedata.normalize("NFD", word)) == normalise(word)


@pytest.mark.parametrize("column", ["mk", "sr_latn", "sq"])
def test_every_word_of_the_glossary_survives_and_meets_itself_without_diacritics(column):
    with (shared_folder() / "domain" / "glossary.csv").open(encoding="utf-8") as file:
        terms = [row[column] for row in csv.DictReader(file)]

    for term in terms:
        assert normalise(term).replace(" ", "").isascii(), term
        assert normalise(slug(term)) == normalise(term).replace("'", ""), term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("пат", "рат"),
        ("копје", "коње"),
        ("Фаза II", "Фаза III"),
        ("2022", "222"),
        ("коридор 8", "коридор 10"),
        ("граѓанин", "građanin"),  # a limit that is told: other languages, other words
    ],
)
def test_what_differs_in_more_than_spelling_stays_apart(one, other):
    assert normalise(one) != normalise(other)


# --- what is left


@given(anything | latin_text)
def test_folding_twice_is_folding_once(text):
    assert normalise(normalise(text)) == normalise(text)


def test_no_run_of_folded_letters_leaves_something_to_fold():
    for letters in product("cdgjkshzxlr", repeat=4):
        once = normalise("".join(letters))
        assert normalise(once) == once, letters


@given(anything | latin_text)
def test_nothing_is_left_but_letters_digits_and_single_spaces(text):
    left = normalise(text)

    assert left == " ".join(left.split())
    assert all(letter.isalnum() or letter == " " for letter in left)


@given(st.text(CYRILLIC + " ,.!?()„“", max_size=40))
def test_macedonian_and_serbian_become_plain_latin(text):
    assert normalise(text).isascii()


@pytest.mark.parametrize("nothing", ["", "   ", "!?…", "—", "\u200b", "'"])
def test_a_text_without_letters_is_empty(nothing):
    assert normalise(nothing) == ""
    assert words(nothing) == ()
    assert trigrams(nothing) == frozenset()
    assert slug(nothing) == ""


def test_words_are_distinct_in_order_and_have_two_characters_or_more():
    assert words("Патот е пат: пат, ПАТ и а 32 km") == ("patot", "pat", "32", "km")


# --- likeness


def likeness(one, other):
    return overlap(trigrams(one), trigrams(other))


def test_trigrams_are_those_of_pg_trgm():
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}


@given(anything, anything)
def test_likeness_is_mutual_and_between_nought_and_one(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(anything)
def test_a_text_is_wholly_like_itself_if_there_is_any(text):
    assert likeness(text, text) == (1 if normalise(text) else 0)


def test_likeness_is_the_shared_part_of_all_trigrams():
    assert likeness("cat", "car") == pytest.approx(2 / 6)
    assert likeness("cat", "dog") == 0
    assert likeness("", "") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ќе изградиме 32 км пат Струмица–Дојран", "Kje izgradime pat Strumica-Dojran, 32 km"),
        ("We will finish the 32 km road by 2022", "Finish the 32 km road by the end of 2022"),
        ("Нова градинка во Гостивар", "Nova gradinka vo opshtina Gostivar"),
        ("Do të ndërtojmë një shkollë në Tetovë", "Ndërtojmë shkollë të re në Tetovë"),
    ],
)
def test_likely_duplicates_are_more_alike_than_strangers(one, other):
    strangers = "Бесплатни учебници за сите ученици"

    assert likeness(one, other) > 0.4
    assert likeness(one, strangers) < 0.2


# --- shown


@given(anything, st.integers(0, 50))
def test_an_excerpt_keeps_to_its_length_and_to_the_beginning(text, length):
    short = excerpt(text, length)

    assert len(short) <= length
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("We will finish the road", 23, "We will finish the road"),
        ("We will finish the road", 22, "We will finish the…"),
        ("We will finish the road", 19, "We will finish the…"),
        ("We will finish the road", 18, "We will finish…"),
        ("Road, then bridge", 6, "Road…"),
        ("Супер\n\n  автопат", 20, "Супер автопат"),
        ("Надлежностите", 5, "Надл…"),
        ("Надлежностите", 1, "…"),
        ("Надлежностите", 0, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text, length, short):
    assert excerpt(text, length) == short


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Животна средина", "zivotna-sredina"),
        ("Shëndetësi", "shendetesi"),
        ("Ѓорче Петров", "gjorce-petrov"),
        ("Đakovički okrug", "dakovicki-okrug"),
        ("Mavrovo i Rostuše / Маврово", "mavrovo-i-rostuse-mavrovo"),
        ("D'Hondt’s 5 %", "dhondts-5"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("日本", ""),
    ],
)
def test_a_slug_still_reads_as_a_word(text, address):
    assert slug(text) == address


def test_a_slug_is_cut_without_a_hyphen_at_its_end():
    assert slug("one two three", length=8) == "one-two"


@given(anything, st.integers(1, 40))
def test_a_slug_is_safe_in_an_address(text, length):
    found = slug(text, length)

    assert len(found) <= length
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not found.startswith("-")
    assert not found.endswith("-")
    assert "--" not in found
    assert slug(found, length) == found


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("\u202eabc\u202c", "abc"),
        ("Pet\u200brova\ufeff", "Petrova"),
        ("two\tcells\r\nand a line", "two\tcells\r\nand a line"),
        ("bell\x07, escape\x1b, soft\xadhyphen", "bell, escape, softhyphen"),
        ("Шарř ğ ё ½ 😀 ’", "Шарř ğ ё ½ 😀 ’"),
        ("\u2066\u200d", ""),
    ],
)
def test_what_nobody_sees_is_taken_out_and_nothing_else(typed, seen):
    assert visible(typed) == seen
