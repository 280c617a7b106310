import pytest
from argon2 import extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.rules.common_passwords import WORDS
from mobilizer.accounts.rules.passwords import LONGEST, SHORTEST, check_password, is_common
from mobilizer.core.errors import RuleBroken

COMMON = (
    "password123",
    "P@ssw0rd2026!",
    "qwertyuiop",
    "qwertzuiop",
    "poiuytrewq",
    "1234567890",
    "0987654321",
    "1q2w3e4r5t",
    "aaaaaaaaaaaa",
    "abababababab",
    "123123123123",
    "iloveyou2024",
    "Shkendija1979",
    "vardar1947!!",
    "Шампион-Вардар",
    "Makedonija!1",
    "mobilizer2026",
    "prishtinaprishtina",
    "lozinka12345",
    "fjalekalimi1",
    "ponedelnik1!",
    "2026-01-01-2026",
    "!!!!????....",
)
GOOD = (
    "correct horse battery staple",
    "gumbo lantern fiddle",
    "чаша месец ограда",
    "shi dritare karrige",
    "x7#Tq9!vLm2p",
)


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_is_guessed_first_is_refused(password):
    with pytest.raises(RuleBroken) as broken:
        check_password(password, "somebody")

    assert broken.value.field == "password"


@pytest.mark.parametrize("password", GOOD)
def test_a_few_unlikely_words_are_good(password):
    check_password(password, "somebody")


def test_a_password_has_at_least_ten_characters_and_at_most_two_hundred():
    check_password("dj4kq0vm2x", "somebody")
    check_password("lantern gumbo " * 14, "somebody")
    for wrong in ("dj4kq0vm2", "", "lantern gumbo " * 15):
        with pytest.raises(RuleBroken):
            check_password(wrong, "somebody")
    assert (SHORTEST, LONGEST) == (10, 200)


@pytest.mark.parametrize("name", ["mira.k", "Mira.K@promises.example", "MIRA.K"])
def test_a_password_does_not_hold_the_sign_in_name(name):
    with pytest.raises(RuleBroken, match="sign-in name"):
        check_password("lantern Mira.K gumbo", name)


def test_a_sign_in_name_of_three_letters_may_stand_in_a_password_by_accident():
    check_password("banana lantern gumbo", "ana")


def test_the_list_holds_a_few_hundred_words():
    assert 300 <= len(WORDS) <= 999


@settings(deadline=None)
@given(st.sampled_from(sorted(WORDS)), st.text("0123456789!?.-_ ", min_size=10, max_size=14))
def test_digits_and_signs_around_a_common_word_do_not_make_it_better(word, around):
    assert is_common(word + around)
    assert is_common(around + word.upper())


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_judged(text):
    assert is_common(text) in (True, False)


def test_passwords_are_hashed_by_argon2id_at_19_mib():
    parameters = extract_parameters(passwords.hashed("gumbo lantern fiddle"))

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


def test_nobodys_hash_costs_what_everybodys_costs_and_opens_nothing():
    assert extract_parameters(passwords.NOBODYS) == extract_parameters(passwords.hashed("some"))
    assert not passwords.is_right(passwords.NOBODYS, "")
    assert not passwords.is_right(passwords.NOBODYS, "A")


def test_a_damaged_hash_opens_nothing():
    assert not passwords.is_right("", "gumbo lantern fiddle")
    assert not passwords.is_right("$argon2id$broken", "gumbo lantern fiddle")
