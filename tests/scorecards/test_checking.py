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


def test_every_page_of_a_score_leads_to_how_it_is_checked(make, page):
    make.promise(places=[make.municipality("Tetovo", region="Polog")])
    empty = make.municipality("Ohrid", region="Southwest")
    codes = {
        "regions": make.region("Polog").code,
        "municipalities": empty.code,
        "topics": "education",
    }

    for listing, code in codes.items():
        shown = page.get(f"/en/{listing}/{code}")
        ways = [one.attrs["href"] for one in shown.query("a") if "/data/check" in one.attrs["href"]]
        assert ways
        for way in ways:
            page.get(way)

    page.get("/en/data/check?by=municipality&key=nowhere", expect=404)
