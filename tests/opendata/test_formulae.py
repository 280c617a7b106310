"""What the page tells to type into a spreadsheet gives the published scores."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilizer.opendata.rules import formulae
from mobilizer.opendata.rules.counting import Ground, Listing, Reading, counted
from mobilizer.opendata.rules.named import PLACES
from mobilizer.opendata.rules.shape import Table
from mobilizer.opendata.rules.tables import FINDINGS, LISTINGS
from mobilizer.scoring.rules import Rating
from tests.opendata.spreadsheet import compute

TODAY = date(2026, 6, 30)
REGION_OF = {"MK-101": "MK005", "MK-102": "MK005", "MK-201": "MK008", "MK005": "MK005"}
GROUND = Ground(
    "spring", 1, ("health", "roads"), ("MK005", "MK008"),
    frozenset({"MK-101", "MK-102", "MK-201"}), REGION_OF,
)  # fmt: skip
LISTED = [
    Listing(number, date(2026, 1, 1), topic, party, frozenset(), Rating.NOT_YET_RATED)
    for number, topic, party in ((1, "health", "ONE"), (2, "health", "TWO"), (3, "roads", "TWO"))
]
#: Promises that were moved count once, where they count last.
MOVED = st.lists(
    st.builds(
        Listing,
        st.sampled_from([1, 2, 3]),
        st.sampled_from([date(2026, month, 15) for month in (2, 3, 4)]),
        st.sampled_from(["health", "roads"]),
        st.sampled_from(["ONE", "TWO"]),
        st.just(frozenset()),
        st.just(Rating.NOT_YET_RATED),
    ),
    max_size=4,
    unique_by=lambda one: (one.promise, one.since),
)
FOUND = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3]),
        st.sampled_from(sorted(REGION_OF)),
        st.sampled_from([date(2026, month, 1) for month in (1, 2, 3)]),
        st.sampled_from([rating for rating in Rating if rating is not Rating.NOT_YET_RATED]),
    ),
    max_size=14,
)


def sheet(table: Table, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The rows of a table under the letters of a spreadsheet; what is not given is empty."""
    return {
        formulae.ABC[at]: [row.get(column, "") for row in rows]
        for at, column in enumerate(table.columns)
    }


def add(sheets: dict[str, Any], here: str, column: formulae.Column) -> None:
    """Put a column beside a sheet: the formula copied down."""
    length = len(sheets[here]["A"])
    sheets[here][column.letter] = [
        compute(column.formula, sheets, here, row) for row in range(2, length + 2)
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FOUND, MOVED, st.integers(1, 5))
def test_the_formulae_give_every_score_there_is(
    found: list[tuple[int, str, date, Rating]], moved: list[Listing], least: int
) -> None:
    listed = [*LISTED, *moved]
    readings = [Reading(number, *one, published_on=TODAY)  # in their order
                for number, one in enumerate(found, start=1)]  # fmt: skip
    sheets = {
        "findings": sheet(FINDINGS, [vars_of(one) for one in readings]),
        "listings": sheet(LISTINGS, [{"promise": one.promise, "since": one.since,
                                      "topic": one.topic, "party": one.party}
                                     for one in listed]),
        "places": sheet(PLACES, [{"place": place, "region": region}
                                 for place, region in REGION_OF.items()]),
    }  # fmt: skip
    for column in (formulae.STANDS, formulae.REGION):
        add(sheets, "findings", column)
    for column in formulae.WHOLE:
        add(sheets, "listings", column)

    ground = replace(GROUND, least_rated=least)
    for (_, by, key), row in counted(ground, listed, readings, [TODAY]):
        should = "–" if row["percent"] is None else row["percent"]
        assert compute(formulae.percentage(by, key, least), sheets) == should, (by, key)


def vars_of(one: Reading) -> dict[str, Any]:
    """A reading as a row of the table of findings."""
    return {"number": one.number, "promise": one.promise, "place": one.place,
            "month": one.month, "rating": one.rating.value}  # fmt: skip


def test_the_formulae_stand_where_nothing_else_does() -> None:
    assert (formulae.STANDS.letter, formulae.WHOLE[-1].letter) == ("M", "M")
    assert formulae.STANDS.formula == (
        '=IF(COUNTIFS(C:C,C2,D:D,D2,E:E,">"&E2)+COUNTIFS(C:C,C2,D:D,D2,E:E,E2,A:A,">"&A2)=0,1,0)'
    )


ALL = [
    *(one.formula for one in (formulae.STANDS, formulae.REGION, *formulae.WHOLE)),
    *(formulae.percentage(by, "MK-ONE", 5) for by in ("cycle", "topic", "party", "region")),
]


def test_no_formula_has_a_decimal_sign_and_each_can_have_semicolons() -> None:
    for formula in ALL:
        assert not re.search(r"\d\.\d", formula)
        assert formulae.parted(formula, ";").count(";") == formula.count(",")
