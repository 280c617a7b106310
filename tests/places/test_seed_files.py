"""The seed is whole and says how far it is verified, before any database sees it."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "seed"
TABLES = sorted(file.name for file in SEED.glob("*.csv"))
CODED = ["countries.csv", "elections.csv", "municipalities.csv", "parties.csv", "regions.csv"]


def rows(file):
    with (SEED / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("file", TABLES)
def test_every_row_has_every_cell_and_no_stray_space(file):
    for row in rows(file):
        assert None not in row, "more cells than columns"
        assert all(cell is not None and cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("file", CODED)
def test_a_code_is_given_once_and_begins_with_its_country(file):
    codes = [row["code"] for row in rows(file)]

    assert max(Counter(codes).values()) == 1
    assert all(row["code"].startswith(row["country"]) for row in rows(file))


@pytest.mark.parametrize("file", CODED)
def test_every_row_has_an_english_name_and_says_how_it_was_verified(file):
    assert all(row["name_en"] and row["verification"] for row in rows(file))


def test_a_parent_stands_above_its_children():
    above = {row["code"] for row in rows("regions.csv")}
    for row in rows("municipalities.csv"):
        assert row["parent"] in above, row["code"]
        above.add(row["code"])


def test_each_region_has_as_many_municipalities_as_its_source_counts():
    parent = {row["code"]: row["parent"] for row in rows("municipalities.csv")}
    counted = Counter(
        parent.get(above, above) for code, above in parent.items() if code != "MK-SKOPJE"
    )

    assert counted == {row["code"]: int(row["municipalities"]) for row in rows("regions.csv")}


def test_no_two_regions_of_a_country_share_a_tile():
    tiles = [(row["country"], row["tile_column"], row["tile_row"]) for row in rows("regions.csv")]

    assert max(Counter(tiles).values()) == 1


def test_a_macedonian_name_that_no_source_gave_is_left_empty():
    of_kosovo = [row for row in rows("municipalities.csv") if row["country"] == "XK"]

    assert len(of_kosovo) == 38
    assert not any(row["name_mk"] for row in of_kosovo)


@pytest.mark.parametrize("country", ["MK", "XK"])
def test_the_map_has_one_closed_outline_for_each_region(country):
    features = json.loads((SEED / f"map_{country.lower()}.geojson").read_text())["features"]
    regions = {row["code"] for row in rows("regions.csv") if row["country"] == country}

    assert {feature["properties"]["code"] for feature in features} == regions
    for feature in features:
        for ring in feature["geometry"]["coordinates"]:
            assert ring[0] == ring[-1]
            assert len(ring) > 3
            assert all(20 <= x <= 23.1 and 40.8 <= y <= 43.3 for x, y in ring)


def test_what_stood_and_what_is_in_a_coalition_is_known_by_its_code():
    parties = {row["code"]: row for row in rows("parties.csv")}
    elections = {row["code"] for row in rows("elections.csv")}

    assert all(
        row["party"] in parties and row["election"] in elections for row in rows("stood.csv")
    )
    assert all(
        row["member"] in parties and parties[row["coalition"]]["kind"] == "coalition"
        for row in rows("members.csv")
    )


def test_nobody_unsure_stood_surely():
    unsure = {row["code"] for row in rows("parties.csv") if row["certainty"] == "unsure"}

    assert {"MK-SZC", "XK-PSD"} <= unsure
    assert all(row["certainty"] == "unsure" for row in rows("stood.csv") if row["party"] in unsure)


def test_the_maps_makers_are_credited():
    assert "Made with Natural Earth" in (SEED / "README.md").read_text()
