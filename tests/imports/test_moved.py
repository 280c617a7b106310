"""A promise that counts elsewhere now keeps its past: out, counted again, in, and out again."""

from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from mobilizer.api.queries.editions import edition
from mobilizer.api.queries.tables import rows_of, score_days
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.desk.cli import command as verify
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.package import read_package
from mobilizer.promises.actions import change
from tests.api.test_export import export
from tests.builders import Builders
from tests.imports.test_package import emptied, take_in
from tests.support.databases import Store

Scores = dict[tuple[date, str, str], Row]


def moved(make: Builders) -> tuple[Cycle, Scores]:
    """A cycle whose one promise is moved from all it counted under, and the scores until then."""
    cycle = make.cycle("spring", first_month=clock.now().date().replace(day=1), least_rated=1)
    before, after = make.municipality("Tetovo", region="Polog"), make.municipality("Butel")
    left, come = (make.topic(code, cycle=cycle) for code in ("left", "come"))
    promise = make.promise(cycle=cycle, topic=left, party=make.party("Left"), places=[before])
    make.finding(promise, "kept", place=before)
    make.finding(make.promise(cycle=cycle, topic=come, party=make.party("Come")), "broken")
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=65)):
        published = scores_of(cycle)
        values = make.promise_values(
            cycle,
            topic_id=come.id,
            party_id=make.party("Third").id,
            place_ids=(after.id,),
        )
        change(promise, values, by=None, reason="It stood in the wrong place.")
        db.session.commit()
        today = clock.today(cycle.time_zone)
    return cycle, {key: row for key, row in published.items() if key[0] != today}


def scores_of(cycle: Cycle) -> Scores:
    """Every score the site shows, of today and of each month's end."""
    return {(row["as_of"], row["by"], row["key"]): row for row in rows_of("scores", edition(cycle))}


def test_the_scores_of_before_a_promise_was_moved_are_counted_again_as_they_were_published(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    cycle, published = moved(make)
    with clock.at(clock.now() + timedelta(days=130)):
        days = score_days(edition(cycle))

    assert export(app, tmp_path, "--cycle", "spring", days=130).exit_code == 0

    assert check(tmp_path).faults == ()
    assert app.test_cli_runner().invoke(verify, ["--from", str(tmp_path)]).exit_code == 0
    package = read_package(tmp_path)
    told = {(row["as_of"], row["by"], row["key"]): row for row in package.rows("scores")}
    ends = {key[0] for key in published}
    assert len(ends) >= 2
    assert {key: row for key, row in told.items() if key[0] in ends} == published
    assert len(package.rows("listings")) == 3
    assert told[max(ends), "topic", "left"]["promises"] == 1
    assert told[days[-1], "topic", "left"]["promises"] == 0
    assert {row["party"] for row in package.rows("parties")} >= {
        row["party"] for row in package.rows("listings")
    }


def test_a_moved_promise_comes_in_with_its_past(
    app: Flask, make: Builders, store: Store, tmp_path: Path
) -> None:
    moved(make)
    assert export(app, tmp_path / "out", days=130).exit_code == 0
    emptied(app, store)

    with clock.at(clock.now() + timedelta(days=200)):
        status, said = take_in(app, tmp_path / "out")
    assert status == 0, said
    assert export(app, tmp_path / "again", days=130).exit_code == 0

    files = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").glob("*/*"))
    assert files
    for file in files:
        out, again = (tmp_path / way / file for way in ("out", "again"))
        assert again.read_bytes() == out.read_bytes(), file
