"""The page that says how a number is checked: formulae as the reader's spreadsheet takes them."""

from datetime import date

import pytest

from tests.support.days import on


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


@pytest.fixture
def half(make):
    """Two promises of a topic and a party: one kept in October, both since November."""
    cycle = make.cycle("local", first_month="2026-09", last_month="2027-06", least_rated=1)
    town, topic = make.municipality("Tetovo", region="Polog"), make.topic("health", cycle=cycle)
    party = make.party("Bridge Party", code="MK-BRIDGE")
    with on(2026, 10, 5):
        kept, broken = (
            make.promise(cycle=cycle, topic=topic, party=party, places=[town]) for _ in range(2)
        )
        make.finding(kept, "kept", place=town, month=date(2026, 10, 1))
        make.finding(broken, "broken", place=town, month=date(2026, 10, 1))
    with on(2026, 11, 10):
        make.finding(broken, "kept", place=town, month=date(2026, 11, 1))
    with on(2026, 11, 22):
        yield cycle


def ways_to_check(shown):
    return [one.attrs["href"] for one in shown.query("a") if "/data/check" in one.attrs["href"]]


@pytest.mark.parametrize(
    "path",
    [
        *("/en/", "/en/topics/health", "/en/parties/MK-BRIDGE", "/en/regions/MK-POLOG"),
        "/en/municipalities/MK-POLOG-TETOVO",
    ],
)
def test_a_number_of_an_earlier_day_is_checked_as_of_that_day(half, page, path):
    (today,) = ways_to_check(page.get(path))
    (then,) = ways_to_check(page.get(f"{path}?as_of=2026-10-31"))

    assert "= 100 %" in page.get(today).text.replace("\u00a0", " ")
    shown = page.get(then)
    assert "= 50 %" in shown.text.replace("\u00a0", " ")
    assert "This is how it stood at the end of 31 October 2026." in shown
    assert "Newest finding: number 2" in shown
    assert "as of the day on which the package was made" not in shown
    api = [one.attrs["href"] for one in shown.query("a") if "/api/v1/scores" in one.attrs["href"]]
    assert api
    assert all("as_of=2026-10-31" in one for one in api)


def test_the_number_of_a_release_is_checked_as_of_its_last_day(half, page):
    (way,) = [
        one for one in ways_to_check(page.get("/en/releases/local/2026-10")) if "as_of" in one
    ]

    assert way == "/en/data/check?as_of=2026-10-31"
    assert "= 50 %" in page.get(way).text.replace("\u00a0", " ")


def test_a_party_that_had_promised_nothing_by_then_is_checked_as_nothing(half, page):
    (way,) = ways_to_check(page.get("/en/parties/MK-BRIDGE?as_of=2026-10-01"))

    assert "0 promises are rated; a score takes 1." in page.get(way)
    page.get("/en/data/check?by=party&key=nobody", expect=404)
