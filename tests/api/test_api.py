"""What anybody may fetch, and what nobody gets."""

import csv
import io
import json
import re
from datetime import date
from itertools import product

import pytest
from flask import Flask

from mobilizer.api.queries import COLLECTIONS
from mobilizer.api.rules.openapi import PATHS
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.rules import GENESIS, Published, bind
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.cli import command
from mobilizer.scoring.rules import METHODOLOGY, Rating
from tests.builders import Builders
from tests.support.page import Page


def test_scores_give_numerator_and_denominator_and_all_counts(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    for rating in ("kept", "kept", "partly_kept", "broken", "in_progress", "cannot_be_rated"):
        make.finding(make.promise(cycle=cycle), rating)
    make.promise(cycle=cycle)
    db.session.commit()

    (row,) = page.get("/api/v1/scores").json

    assert row["key"] == cycle.code
    assert row["score"] == {"numerator": 2.5, "denominator": 5, "percent": 50}
    assert list(row["counts"]) == [rating.value for rating in Rating]
    assert (row["promises"], row["rated"]) == (7, 5)
    assert row["methodology"] == METHODOLOGY
    assert row["as_of"] == clock.today(cycle.time_zone).isoformat()


def test_too_few_rated_promises_give_no_percentage(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    make.finding(make.promise(cycle=cycle), "kept")
    db.session.commit()

    (row,) = page.get(f"/api/v1/scores?cycle={cycle.code}").json

    assert row["score"] == {"numerator": 1, "denominator": 1, "percent": None}


def test_the_command_line_says_the_same_as_the_api(make: Builders, page: Page, app: Flask) -> None:
    cycle = make.cycle(is_public=True)
    make.finding(make.promise(cycle=cycle), "kept")
    db.session.commit()

    for by in ("topic", "party", "region", "municipality"):
        asked = page.get(f"/api/v1/scores?cycle={cycle.code}&by={by}").json
        arguments = ["scores", "--cycle", cycle.code, "--by", by, "--json"]
        said = app.test_cli_runner().invoke(command, arguments[1:])
        assert json.loads(said.output) == asked


def test_without_a_code_the_cycle_is_the_one_that_the_first_page_shows(
    make: Builders, page: Page
) -> None:
    """Also where none is marked as current: the one that begins last, not the one made last."""
    later = make.cycle("later", first_month="2026-11", is_current=False)
    make.topic("health", cycle=later)
    make.cycle("earlier", first_month="2026-09", is_current=False)

    assert page.get("/api/v1/agreement").json["cycle"] == "later"
    assert [one["key"] for one in page.get("/api/v1/scores").json] == ["later"]
    assert "health" in [one["key"] for one in page.get("/api/v1/topics").json]
    assert page.get("/en/topics/").query("main a[href^='/en/topics/health']")


@pytest.mark.parametrize("question", ["by=colour", "by=", "lang=xx"])
def test_a_question_that_makes_no_sense_is_told_so(
    make: Builders, page: Page, question: str
) -> None:
    make.cycle(is_public=True)
    db.session.commit()

    answer = page.get(f"/api/v1/scores?{question}", expect=400)

    assert "takes" in answer.json["detail"]


def test_a_cycle_that_is_not_public_is_not_there(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=False)
    promise = make.promise(cycle=cycle)
    db.session.commit()

    for address in ("scores", "promises", "findings", "topics.csv"):
        page.get(f"/api/v1/{address}?cycle={cycle.code}", expect=404)
    page.get(f"/api/v1/promises/{promise.number}", expect=404)
    page.get("/api/v1/cycles", expect=404)


@pytest.mark.parametrize("state", [PromiseState.DRAFT, PromiseState.CHECKED])
def test_a_promise_that_is_not_published_leaks_nowhere(
    make: Builders, page: Page, state: PromiseState
) -> None:
    cycle = make.cycle(is_public=True)
    hidden = make.promise("Nobody may read this yet.", cycle=cycle, state=state)
    db.session.commit()

    for address in ("promises", "promises.csv", "findings", "parties", "scores?by=topic"):
        answer = page.get(f"/api/v1/{address}")
        assert "Nobody may read" not in answer.source
        assert hidden.party.code not in answer.source
    page.get(f"/api/v1/promises/{hidden.number}", expect=404)


def test_whoever_holds_the_findings_can_walk_the_chain(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    for rating in ("kept", "broken", "stalled"):
        make.finding(make.promise(cycle=cycle), rating, month=date(2026, 5, 1))
    db.session.commit()

    before = GENESIS
    for row in page.get("/api/v1/findings").json:
        hashes = row.pop("previous_hash"), row.pop("hash")
        finding = Published(
            **{
                **row,
                "month": date.fromisoformat(row["month"]),
                "published_on": date.fromisoformat(row["published_on"]),
            }
        )
        assert hashes == (before, bind(before, finding))
        before = hashes[1]


def test_a_cell_that_starts_like_a_formula_is_text(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    for words in ("=1+1 schools", "+389 calls", "@all of you", "-5 per cent tax"):
        make.promise(words, cycle=cycle)
    db.session.commit()

    rows = list(csv.DictReader(io.StringIO(page.get("/api/v1/promises.csv").source)))

    assert len(rows) == 4
    assert all(row["exact_words"].startswith("'") for row in rows)


def test_a_long_list_says_where_its_other_pages_are(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    party, topic, source = make.party(), make.topic(cycle=cycle), make.source(cycle=cycle)
    for _ in range(101):
        make.promise(cycle=cycle, party=party, topic=topic, source=source, indicators=0)
    db.session.commit()

    first = page.get(f"/api/v1/promises?cycle={cycle.code}")
    second = page.get(f"/api/v1/promises?cycle={cycle.code}&page=2")

    assert (len(first.json), len(second.json)) == (100, 1)
    assert f'</api/v1/promises?cycle={cycle.code}&page=2>; rel="next"' in first.headers["Link"]
    assert 'rel="next"' not in second.headers["Link"]


def test_the_api_sets_no_cookie_and_may_be_read_from_anywhere(make: Builders, page: Page) -> None:
    make.cycle(is_public=True)
    db.session.commit()

    answer = page.get("/api/v1/cycles")

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_description_names_every_address(app: Flask) -> None:
    """Each rule of the API, its words put in, is one of the described paths."""
    words = {"name": list(COLLECTIONS), "form": ["csv", "json"]}
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    assert len(rules) > 8
    for rule in rules:
        names = sorted(rule.arguments & set(words))
        for chosen in product(*(words[name] for name in names)):
            path = re.sub(r"<[^>]*?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
            for name, word in zip(names, chosen, strict=True):
                path = path.replace(f"{{{name}}}", word)
            assert path in PATHS


@pytest.mark.parametrize(
    "question", ["name=x", "form=csv", "endpoint=x", "_method=DELETE", "_external=1&_scheme=evil"]
)
def test_the_link_header_repeats_nothing_but_the_cycle(
    make: Builders, page: Page, question: str
) -> None:
    cycle = make.cycle(is_public=True)
    db.session.commit()

    answer = page.get(f"/api/v1/topics?cycle={cycle.code}&{question}")

    first = f'</api/v1/topics?cycle={cycle.code}&page=1>; rel="first"'
    assert answer.headers["Link"].startswith(first)


def test_what_stands_within_a_cell_of_a_file_is_json(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    evidence = [{"kind": "link", "address": "https://records.example/1", "caption": "Запис"}]
    make.finding(make.promise(cycle=cycle), content={"kind": "full", "evidence": evidence})
    db.session.commit()

    answer = page.get("/api/v1/findings.csv")

    (row,) = csv.DictReader(io.StringIO(answer.source))
    assert json.loads(row["content.evidence"]) == evidence
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_what_is_not_there_is_said_in_words(page: Page) -> None:
    answer = page.get("/api/v1/promises/987654", expect=404)
    assert answer.json["detail"] == "There is no such thing, or it is not public."
