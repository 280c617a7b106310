import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilizer.accounts.rules.devices import device
from mobilizer.accounts.rules.names import check_alias, compared, sign_in_name, suggested_alias
from mobilizer.core.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Mira.K@Promises.Example ", "mira.k@promises.example"),
        ("МИРА_К", "мира_к"),
        ("Arbër", "arbër"),
        ("ﬁeld-1", "field-1"),
    ],
)
def test_a_sign_in_name_is_kept_small_and_without_space_around(typed, kept):
    assert sign_in_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "ab", "two words", "a\nb", "<b>bold</b>", "x" * 255, "a;b=c"]
)
def test_a_sign_in_name_of_other_signs_or_lengths_is_refused(typed):
    with pytest.raises(RuleBroken) as broken:
        sign_in_name(typed)

    assert broken.value.field == "sign_in_name"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_name_is_compared_as_it_is_kept(typed):
    try:
        kept = sign_in_name(typed)
    except RuleBroken:
        return
    assert compared(typed) == kept == sign_in_name(kept)


def test_the_suggested_alias_tells_role_and_region_only():
    assert suggested_alias("Mobilizer", "Southeast Region") == "Mobilizer, Southeast"
    assert suggested_alias("Mobilizer", "District of Gjakova") == "Mobilizer, Gjakova"
    assert suggested_alias("Mobilizues", "Rajoni Juglindor") == "Mobilizues, Rajoni Juglindor"
    assert suggested_alias("Coordinator", "") == "Coordinator"


@pytest.mark.parametrize(
    "alias",
    [
        "Mira from Polog",
        "Kostova",
        "Мира",
        "M. KOSTOVA",
        "mira-k",
        "Костова, Полог",
        "MiraKostova",
        "K o s t o v a",
        "Kos-tova",
    ],
)
def test_an_alias_holds_no_word_of_the_name_in_either_script(alias):
    with pytest.raises(RuleBroken) as broken:
        check_alias(alias, full_name="Mira Kostova", sign_in_name="person@promises.example")

    assert broken.value.field == "alias"


def test_an_alias_holds_nothing_of_the_sign_in_name():
    with pytest.raises(RuleBroken):
        check_alias("Falcon of Polog", full_name="", sign_in_name="red.falcon@promises.example")


def test_the_words_of_the_role_and_the_region_give_nobody_away():
    check_alias(
        "Mobilizer, Polog",
        full_name="",
        sign_in_name="mobilizer-polog",
        suggested="Mobilizer, Polog",
    )
    check_alias("Reader of promises", full_name="Ed Li", sign_in_name="ed")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/131.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge, Windows",
        ),
        ("curl/8.11", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_device_is_told_in_two_words_of_our_own(agent, said):
    assert device(agent) == said
