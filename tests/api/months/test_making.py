"""The package of each month's end: made once by the worker, printed by its hash."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from mobilizer.api.actions import unkept_months
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.opendata.models import MonthPackage
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.package import read_package
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import METHODOLOGY
from mobilizer.tallies.actions import rebuild
from tests.api.months.autumn import OCTOBER, Work, export_on, in_november, released, unpacked
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page

LANGUAGES = ("en", "sq", "mk", "sr")


def test_the_package_of_a_month_holds_what_was_published_by_its_end(
    cycle: Cycle, make: Builders, work: Work, page: Page, tmp_path: Path
) -> None:
    in_november(make, cycle)
    assert work(11, 5, 12) == 1

    checked = check(unpacked(page, tmp_path / "package"))

    assert checked.faults == ()
    assert checked.findings == 1
    package = read_package(tmp_path / "package")
    assert [row["exact_words"] for row in package.rows("promises")] == ["We build a clinic."]
    assert {row["as_of"] for row in package.rows("scores")} == {date(2026, 10, 31)}
    shown = released(page, 11, 5, 12).texts("code.hash")
    assert shown == [checked.head, checked.sha256]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_prints_the_hash_and_says_when_it_was_made(
    cycle: Cycle, work: Work, page: Page, lang: str
) -> None:
    work(11, 5, 12)
    made = db.session.get_one(MonthPackage, (cycle.id, date(2026, 10, 1)))

    shown = released(page, 11, 5, 12, lang=lang)

    assert shown.texts("code.hash")[-1] == made.sha256
    links = [link.attrs["href"] for link in shown.query("#package ~ p a")]
    assert links == [f"{OCTOBER}/package.zip", f"{OCTOBER}/datapackage.json"]
    if lang == "en":
        assert "by the end of 31 October 2026 and was made on 5 November 2026" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_whose_package_is_not_made_yet_says_so(
    cycle: Cycle, page: Page, lang: str
) -> None:
    shown = released(page, 11, 5, 12, lang=lang)

    assert len(shown.texts("#package ~ p")) == 1
    if lang == "en":
        assert "The package of this month has not been made yet." in shown
    page.get(f"{OCTOBER}/package.zip", expect=404)


def test_the_page_of_a_release_that_is_kept_in_memory_tells_the_hash_at_once(
    cycle: Cycle, work: Work, page: Page
) -> None:
    assert "has not been made yet" in released(page, 11, 5, 12)
    work(11, 5, 12)
    assert "has not been made yet" not in released(page, 11, 5, 12)


def test_programs_are_told_the_hash(cycle: Cycle, work: Work, page: Page) -> None:
    def row() -> dict[str, str]:
        with on(2026, 11, 5, 12):
            (told,) = page.get("/api/v1/releases?cycle=local").json
        return dict(told)

    assert (row()["package_sha256"], row()["package_made_on"]) == (None, None)
    work(11, 5, 12)
    made = db.session.get_one(MonthPackage, (cycle.id, date(2026, 10, 1)))
    assert (row()["package_sha256"], row()["package_made_on"]) == (made.sha256, "2026-11-05")
    with on(2026, 11, 5, 12):
        assert made.sha256 in page.get("/api/v1/releases.csv?cycle=local").source


def test_it_is_made_once_the_month_is_over_where_the_cycle_is(
    cycle: Cycle, work: Work, page: Page
) -> None:
    assert work(10, 31, 22) == 0
    assert work(10, 31, 23, 9) == 0, "in Skopje the month is over for nine minutes"
    assert work(10, 31, 23, 10) == 1
    assert "was made on 1 November 2026" in released(page, 10, 31, 23, 30)


def test_one_that_is_made_late_is_the_same_as_one_made_at_once(
    cycle: Cycle, make: Builders, work: Work, app: Flask, page: Page, tmp_path: Path
) -> None:
    """Promises that came or were moved later, findings, corrections: nothing of it is in it."""
    early = tmp_path / "early"
    export_on(app, early, 10, 31, 22)
    in_november(make, cycle)
    promise = db.session.get_one(Promise, 1)
    with on(2026, 11, 4, 12):
        promise.topic = make.topic("roads", cycle=cycle)
        promise.party = make.party("Lantern Party", code="MK-LANTERN")
        promise.places = [make.municipality("Ohrid", region="Southwest")]
        db.session.commit()
    work(11, 29, 12)

    late = unpacked(page, tmp_path / "late")

    assert check(late).faults == ()
    for path in early.iterdir():
        assert (late / path.name).read_bytes() == path.read_bytes(), path.name


def test_of_a_cycle_that_is_not_public_none_is_made_and_none_is_got(
    cycle: Cycle, work: Work, page: Page
) -> None:
    work(11, 1, 12)
    cycle.is_public = False
    db.session.commit()
    page.get(f"{OCTOBER}/package.zip", expect=404)
    with on(2026, 12, 29, 12):
        assert unkept_months() == []


def test_months_that_were_over_long_ago_are_made_the_oldest_first(cycle: Cycle, work: Work) -> None:
    with on(2027, 1, 15, 12):
        assert [one.month.month for one in unkept_months()] == [10, 11, 12]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_says_by_which_method_and_regions_it_is_counted(
    cycle: Cycle, page: Page, lang: str
) -> None:
    (said,) = released(page, 11, 5, 12, lang=lang).texts("#counted")

    assert METHODOLOGY in said
    if lang == "en":
        assert "by version 1.0 of the method and with the regions as they are divided today" in said


def test_the_package_keeps_the_method_that_was_in_force_when_the_page_counts_by_another(
    cycle: Cycle, work: Work, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(11, 1, 12)
    monkeypatch.setitem(app.jinja_env.globals, "methodology", "2.0")

    shown = released(page, 11, 5, 12)

    assert "Counted by version 2.0 of the method" in shown
    assert "Its scores are counted by version 1.0 of the method, which was in force" in shown


def test_a_region_whose_municipalities_change_is_told_to_be_counted_by_those_of_today(
    cycle: Cycle, make: Builders, work: Work, page: Page, tmp_path: Path
) -> None:
    """The release's page follows, as it says; the package of the month does not."""
    work(11, 1, 12)
    make.municipality("Tetovo", region="Polog").parent = make.region("Southwest")
    rebuild(db.session(), cycle.id)
    db.session.commit()

    with on(2026, 11, 5, 12):
        shown = page.get("/en/regions/MK-SOUTHWEST?cycle=local")
    assert "Past days, too, are counted with the municipalities that lie in the region today." in (
        shown
    )
    assert "Southwest" in "".join(released(page, 11, 5, 12).texts("main tbody tr"))
    rows = read_package(unpacked(page, tmp_path / "package")).rows("scores")
    assert [row["promises"] for row in rows if row["by"] == "region"] == [1, 0]
