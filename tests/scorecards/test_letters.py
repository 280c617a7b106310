"""Names by letters, as each language orders them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.scorecards.rules.letters import ALPHABETS, by_letter
from tests.builders import Builders
from tests.support.page import Page


def listed(names: list[str], language: str) -> list[tuple[str, list[str]]]:
    return by_letter(((name, name) for name in names), language)


@pytest.mark.parametrize(
    ("language", "names", "found"),
    [
        ("sq", ["Zhelinë", "Dibër", "Dhepr", "Zelenikovë", "Çair", "Cet"],
         [("C", ["Cet"]), ("Ç", ["Çair"]), ("D", ["Dibër"]), ("Dh", ["Dhepr"]),
          ("Z", ["Zelenikovë"]), ("Zh", ["Zhelinë"])]),
        ("mk", ["Ѓорче", "Дебар", "Јегуновце", "Илинден", "Гостивар"],
         [("Г", ["Гостивар"]), ("Д", ["Дебар"]), ("Ѓ", ["Ѓорче"]), ("И", ["Илинден"]),
          ("Ј", ["Јегуновце"])]),
        ("sr", ["Čair", "Centar", "Ljuboten", "Lozovo", "Novo", "Njivice"],
         [("C", ["Centar"]), ("Č", ["Čair"]), ("L", ["Lozovo"]), ("Lj", ["Ljuboten"]),
          ("N", ["Novo"]), ("Nj", ["Njivice"])]),
        ("en", ["Ágnes", "Ada"], [("A", ["Ada", "Ágnes"])]),
        ("en", ["Čair", "Centar", "Debar"], [("C", ["Čair", "Centar"]), ("D", ["Debar"])]),
    ],
)  # fmt: skip
def test_names_stand_under_the_letters_of_their_language(
    language: str, names: list[str], found: list[tuple[str, list[str]]]
) -> None:
    assert listed(names, language) == found


@pytest.mark.parametrize(
    ("lang", "order"),
    [
        ("sq", ["Arsim", "Bujqësi", "Çështje sociale"]),
        ("mk", ["Земјоделство", "Образование", "Социјала"]),
    ],
)
def test_topics_stand_in_the_order_of_the_language_they_are_read_in(
    make: Builders, page: Page, lang: str, order: list[str]
) -> None:
    cycle = make.cycle(is_public=True, topics=())
    for code, sq, mk in (
        ("agriculture", "Bujqësi", "Земјоделство"),
        ("education", "Arsim", "Образование"),
        ("social", "Çështje sociale", "Социјала"),
    ):
        topic = make.topic(cycle=cycle, code=code)
        topic.names = {"en": code, "sq": sq, "mk": mk}
        make.promise(cycle=cycle, topic=topic)
    shown = page.get("scorecards.topics", lang=lang)
    assert shown.texts("main .scored .name") == order
    assert shown.texts("main tbody th") == order
    register = page.get("scorecards.promises", lang=lang)
    assert [one.partition(" (")[0] for one in register.texts("select#topic option")[1:]] == order


def test_a_name_in_another_script_is_not_lost() -> None:
    assert listed(["Šuto", "Охрид", "1 May"], "mk")[0][1] == ["1 May"]
    assert {name for _, names in listed(["Šuto", "Охрид"], "sq") for name in names} == {
        "Šuto",
        "Охрид",
    }


@given(st.lists(st.text(max_size=12), max_size=9), st.sampled_from(sorted(ALPHABETS)))
def test_every_name_stands_once_under_one_letter(names: list[str], language: str) -> None:
    found = listed(names, language)

    assert sorted(name for _, some in found for name in some) == sorted(names)
    assert len({letter for letter, _ in found}) == len(found)


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["Želino", "Zrnovci"]), ("sr", ["Zrnovci", "Želino"]), ("sq", ["Zërnovcë", "Zhelinë"])],
)
def test_the_table_of_numbers_is_in_the_order_of_the_language(
    make: Builders, page: Page, language: str, order: list[str]
) -> None:
    """Not in that of the codes, which nobody sees."""
    make.cycle(is_public=True)
    zhelino, zrnovci = make.municipality("A"), make.municipality("B")
    zhelino.names = {"en": "Želino", "sr": "Želino", "sq": "Zhelinë"}
    zrnovci.names = {"en": "Zrnovci", "sr": "Zrnovci", "sq": "Zërnovcë"}
    make.promise(places=[zrnovci, zhelino])

    shown = page.get("scorecards.all_municipalities", lang=language)

    assert shown.texts("table tbody th") == order
