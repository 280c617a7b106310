"""`mobilizer places load`: everything comes in once, and what is corrected is corrected."""

import pytest
from sqlalchemy import func, select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import seed
from mobilizer.core.database import db
from mobilizer.core.drawing import draw
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import said
from mobilizer.places import actions, queries
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind


def count(country, kind):
    of_kind = select(Place).where(Place.country == country, Place.kind == kind)
    return db.session.scalar(select(func.count()).select_from(of_kind.subquery()))


def place(code):
    return db.session.scalars(queries.by_code(code)).one()


def events(verb):
    return db.session.scalars(select(AuditEvent).where(AuditEvent.verb == verb)).all()


@pytest.mark.parametrize(
    ("country", "regions", "municipalities"),
    [("MK", 8, 80 + len(["City of Skopje"])), ("XK", 7, 38)],
)
def test_a_country_comes_in_whole(app, country, regions, municipalities):
    actions.load(country)

    assert count(country, PlaceKind.COUNTRY) == 1
    assert count(country, PlaceKind.REGION) == regions
    assert count(country, PlaceKind.MUNICIPALITY) == municipalities


def test_every_municipality_stands_in_a_region_of_its_country(app):
    actions.load("MK")
    actions.load("XK")

    for one in db.session.scalars(queries.shown().where(Place.kind == PlaceKind.MUNICIPALITY)):
        assert one.region.kind == PlaceKind.REGION
        assert one.region.country == one.country


def test_every_region_has_an_outline_and_a_tile_of_its_own(app):
    actions.load("MK")
    actions.load("XK")

    regions = db.session.scalars(select(Place).where(Place.kind == PlaceKind.REGION)).all()
    assert all(region.shape for region in regions)
    assert len({(one.country, one.tile_column, one.tile_row) for one in regions}) == 15


def test_loading_twice_changes_nothing(app):
    actions.load("MK")
    db.session.commit()

    again = actions.load("MK")

    assert not again.added
    assert not again.changed
    assert not db.session.dirty
    assert len(events("seed.load")) == 1


def test_a_row_the_seed_corrects_is_corrected_and_the_log_says_from_what(app):
    actions.load("MK")
    tetovo = place("MK-609")
    right = dict(tetovo.names)
    tetovo.names = {**right, "sq": "Tetove"}
    db.session.commit()

    again = actions.load("MK")

    assert again.changed == ["MK-609"]
    assert not again.added
    assert tetovo.names == right
    [event] = events("place.load")
    assert event.subject_key == str(tetovo.id)
    assert event.details["changed"]["names"]["from"]["sq"] == "Tetove"
    assert event.details["changed"]["names"]["to"]["sq"] == "Tetovë"


def test_a_place_that_is_not_in_the_seed_stays(app, make):
    actions.load("MK")
    new = make.municipality("New", region=place("MK006"))

    assert not actions.load("MK").changed
    assert place(new.code).region.code == "MK006"


def test_a_country_without_seed_is_refused(app):
    with pytest.raises(RuleBroken):
        actions.load("US")


def test_a_name_no_source_gave_falls_back_visibly(app):
    actions.load("XK")

    names = place("XK-PRISHTINE").names
    shown = said(names, "mk")

    assert "mk" not in names
    assert shown.text == "Pristina"
    assert shown.falls_back
    assert shown.note == "in English"


def test_a_row_the_seed_is_unsure_of_is_loaded_and_not_shown(app, monkeypatch):
    rows = seed.rows
    doubted = {"MK-609"}

    def doubting(file, country):
        return [
            {**row, "certainty": "unsure"} if row.get("code") in doubted else row
            for row in rows(file, country)
        ]

    monkeypatch.setattr(seed, "rows", doubting)

    actions.load("MK")

    assert count("MK", PlaceKind.MUNICIPALITY) == 81
    assert db.session.scalars(queries.by_code("MK-609")).all() == []
    assert "MK-609" not in {one.code for one in db.session.scalars(queries.matching("Tetovo"))}


@pytest.mark.parametrize(("country", "regions"), [("MK", 8), ("XK", 7)])
def test_the_regions_of_a_country_make_a_map(app, country, regions):
    actions.load(country)

    found = db.session.scalars(queries.regions(country)).all()
    drawn = draw({"features": [region.feature for region in found]})

    assert [shape.code for shape in drawn.shapes] == [region.code for region in found]
    assert len(drawn.shapes) == regions
