"""What lies where, and how it is found."""

import pytest

from mobilizer.core.database import db
from mobilizer.places import actions, queries


def codes(select):
    return [place.code for place in db.session.scalars(select)]


def place(code):
    return db.session.scalars(queries.by_code(code)).one()


def ids(*places):
    return sorted(place.id for place in places)


@pytest.mark.parametrize(
    "typed", ["Tetovë", "Тетово", "tetovo", "TETOVE", "tet", "тет", " tetovo! "]
)
def test_a_place_is_found_in_any_script_and_from_its_beginning(app, typed):
    actions.load("MK")

    assert codes(queries.matching(typed)) == ["MK-609"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("petrov ѓорче", "MK-805"),  # words in any order, scripts mixed
        ("Kerçovë", "MK-307"),  # ë typed or not
        ("Bitolë", "MK-501"),  # another name it is called
        ("Stip", "MK-211"),  # without the marks
        ("Shtip", "MK-211"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(app, typed, code):
    actions.load("MK")

    assert code in codes(queries.matching(typed))


@pytest.mark.parametrize("typed", ["etovo", "tetovo ohrid", "tetovoo"])
def test_what_is_no_beginning_of_a_name_does_not_find_it(app, typed):
    actions.load("MK")

    assert "MK-609" not in codes(queries.matching(typed))


def test_a_renamed_place_is_found_by_its_new_name_and_not_by_its_old(app, make):
    place = make.municipality("Oldtown")
    place.also_called = ["Eski"]

    place.names = {"en": "Newtown"}
    db.session.flush()

    assert codes(queries.matching("newtown")) == codes(queries.matching("eski")) == [place.code]
    assert codes(queries.matching("oldtown")) == []


def test_a_region_has_the_municipalities_of_its_cities_too(app):
    actions.load("MK")

    found = codes(queries.municipalities(place("MK008")))

    assert len(found) == 18
    assert {"MK-SKOPJE", "MK-801", "MK-816"} <= set(found)


def test_the_regions_of_one_country_are_not_those_of_another(app):
    actions.load("MK")
    actions.load("XK")

    assert codes(queries.regions("MK")) == [f"MK00{number}" for number in range(1, 9)]
    assert len(codes(queries.regions("XK"))) == 7


def test_inside_is_the_place_itself_and_all_below(app, make):
    region, other = make.region("Skopje"), make.region("Polog")
    city = make.municipality("City", region=region)
    quarter = make.municipality("Quarter", region=city)
    elsewhere = make.municipality("Tetovo", region=other)

    assert sorted(db.session.scalars(queries.inside(region))) == ids(region, city, quarter)
    assert sorted(db.session.scalars(queries.inside(quarter))) == ids(quarter)
    assert sorted(db.session.scalars(queries.inside(city, other))) == ids(
        city, quarter, other, elsewhere
    )
    assert list(db.session.scalars(queries.inside())) == []


def test_a_country_holds_everything_in_it(app):
    actions.load("MK")
    actions.load("XK")

    country = db.session.scalars(queries.country("MK")).one()

    assert len(db.session.scalars(queries.inside(country)).all()) == 1 + 8 + 81
    assert country.region is None


def test_a_region_is_its_own_region(app, make):
    region = make.region()

    assert region.region is region
    city = make.municipality("City", region=region)
    assert make.municipality("Quarter", region=city).region is region
