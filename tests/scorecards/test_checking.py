"""The page that says how a number is checked: formulae as the reader's spreadsheet takes them."""

import pytest


@pytest.mark.parametrize(("lang", "sign"), [("en", ","), ("sq", ";"), ("mk", ";"), ("sr", ";")])
def test_where_numbers_have_a_comma_the_parts_of_a_formula_have_semicolons(make, page, lang, sign):
    make.promise()

    formulae = page.get("scorecards.check", lang=lang).texts("code.hash")

    assert any(one.startswith(f"=IF(COUNTIFS(C:C{sign}C2{sign}D:D{sign}D2") for one in formulae)
    assert not [
        one for one in formulae if one.startswith("=") and {",": ";", ";": ","}[sign] in one
    ]


def test_the_formula_gives_no_percentage_of_too_few(make, page):
    make.cycle(least_rated=7)
    make.promise()

    formulae = page.get("scorecards.check", lang="en").texts("code.hash")

    assert any("<7," in one for one in formulae)
