"""Elections and parties come in with their country, and what is unsure stays off public pages."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.elections import actions, queries
from mobilizer.elections.cli import command
from mobilizer.elections.models import Election, Party, PartyMember, Stood
from mobilizer.elections.rules import PartyKind
from mobilizer.places import actions as places


def load(country):
    places.load(country)
    return actions.load(country)


def codes(select):
    return [one.code for one in db.session.scalars(select)]


def party(code):
    return db.session.scalars(queries.known().where(Party.code == code)).one()


def election(code):
    return db.session.scalars(queries.election(code)).one()


def rows_unsure():
    file = Path(__file__).parents[2] / "seed" / "parties.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["code"] for row in csv.DictReader(lines) if row["certainty"] != "sure"}


@pytest.mark.parametrize(("country", "elections", "parties"), [("MK", 2, 31), ("XK", 2, 21)])
def test_a_country_comes_in_whole(app, country, elections, parties):
    load(country)

    assert len(codes(queries.elections(country))) == elections
    assert len(codes(queries.known(country))) == parties


def test_loading_twice_changes_nothing(app):
    for country in ("MK", "XK"):
        load(country)
    db.session.commit()

    again = [load(country) for country in ("MK", "XK")]

    assert not any(run.added or run.changed for run in again)
    assert not db.session.dirty


def test_a_corrected_date_is_corrected_and_logged(app):
    load("MK")
    local = election("MK-2021-LOC")
    local.second_round_on = date(2021, 11, 1)
    db.session.commit()

    assert actions.load("MK").changed == ["MK-2021-LOC"]

    assert local.second_round_on == date(2021, 10, 31)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "election.load")).one()
    assert event.details["changed"] == {
        "second_round_on": {"from": "2021-11-01", "to": "2021-10-31"}
    }


def test_the_unsure_are_known_to_the_desk_and_never_shown(app):
    for country in ("MK", "XK"):
        load(country)
    unsure = rows_unsure()

    assert len(unsure) == 7
    assert unsure <= set(codes(queries.known()))
    assert not unsure & set(codes(queries.shown()))
    for code in unsure:
        assert codes(queries.by_code(code)) == []
        assert code not in codes(queries.matching(party(code).names["en"]))


def test_nobody_is_said_to_have_stood_without_a_source(app):
    load("MK")

    in_2020 = codes(queries.stood_in(election("MK-2020-PARL")))

    assert {"MK-SDSM", "MK-WE-CAN", "MK-DUI"} <= set(in_2020)
    assert not {"MK-DOM", "MK-GROM", "MK-LDP"} & set(in_2020)
    assert "MK-DOM" in codes(queries.stood_in(election("MK-2021-LOC")))


def test_a_coalition_has_the_members_a_source_names(app):
    load("MK")

    members = codes(queries.members(party("MK-WE-CAN")))

    assert members == ["MK-BESA", "MK-DPTM", "MK-PDT", "MK-SDSM", "MK-VMRO-NP"]
    assert codes(queries.coalitions(party("MK-AA"))) == ["MK-AA-A", "MK-SITE-ZAEDNO"]
    assert codes(queries.coalitions(party("MK-LDP"))) == ["MK-OZP"]


def test_a_party_is_found_in_any_script(app):
    load("MK")

    assert codes(queries.matching("социјалдем")) == codes(queries.matching("Socijaldem"))
    assert "MK-DUI" in codes(queries.matching("BDI"))
    assert "MK-DUI" in codes(queries.matching("ДУИ"))


def test_every_country_has_somebody_to_stand_for_the_independent(app):
    load("MK")
    load("XK")

    for country in ("MK", "XK"):
        alone = queries.shown(country).where(Party.kind == PartyKind.INDEPENDENT)
        assert len(codes(alone)) == 1


def test_no_party_of_the_seed_is_invented(app):
    load("MK")
    load("XK")

    assert not db.session.scalar(select(func.count()).where(Party.invented))


def test_the_command_loads_places_and_parties_and_says_what_it_did(app):
    run = app.test_cli_runner().invoke(command, ["load", "xk"])
    db.session.rollback()
    again = app.test_cli_runner().invoke(command, ["load", "xk"])

    stored = sum(
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Election, Party, PartyMember, Stood)
    )
    assert (run.exit_code, again.exit_code) == (0, 0)
    assert run.output == f"xk: {46 + stored} added, 0 changed.\n"
    assert again.output == "xk: 0 added, 0 changed.\n"


def test_the_command_refuses_a_country_it_does_not_know(app):
    run = app.test_cli_runner().invoke(command, ["load", "us"])

    assert run.exit_code == 2
