"""What programs of other sites may rely on: reading from anywhere, names, pages, told failures."""

import pytest
from flask import Flask

from mobilizer.api.rules.openapi import PATHS
from mobilizer.core.database import db
from mobilizer.publication.rules.pages import KEPT
from tests.api.described import hold
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.page import Page
from tests.support.queries import Queries

EVERYWHERE = ["scores", "scores.csv", "promises", "promises.csv", "promises/1", "findings",
              "topics", "agreement", "openapi.json"]  # fmt: skip
FAILING = {
    "/api/v1/promises/987654": 404,
    "/api/v1/nothing": 404,
    "/api/": 404,
    "/api/v1/promises/99999999999999999999": 404,
    "/api/v1/scores?cycle=": 404,
    "/api/v1/scores?cycle=" + "x" * 10_000: 404,
    "/api/v1/scores?by=": 400,
    "/api/v1/scores?by=" + "x" * 10_000: 400,
    "/api/v1/scores?as_of=２０２６-11-01": 400,
    "/api/v1/scores?as_of=2026-02-30": 400,
    "/api/v1/scores?lang=xx": 400,
    "/api/v1/topics?page=1000000000": 400,
    "/api/v1/topics?page=0": 400,
    "/api/v1/topics?page=-1": 400,
    "/api/v1/topics?page=٣": 400,
    "/api/v1/topics?page=two": 400,
    "/api/v1/topics?page=": 400,
    "/api/v1/topics?cycle=%00": 400,
    "/api/v1/promises?q=%00": 400,
    "/api/v1/promises?q=a%00b&topic=health": 400,
    "/api/v1/scores?%00=1": 400,
    "/oembed?url=%00": 400,
    "/api/v1/packages/spring/../../etc": 404,
    "/api/v1/packages/spring/passwd": 404,
}


#: What makes sense of each parameter but the day, which has a rule of its own (test_days).
SENSE = {"by": "party", "cycle": "spring", "lang": "en", "page": "1", "party": "x", "q": "school",
         "rating": "kept", "region": "x", "topic": "x"}  # fmt: skip
#: The addresses of the views that know any.
KNOWING = {"api.agreement": "agreement", "api.file": "topics.csv", "api.listing": "findings",
           "api.promises": "promises", "api.releases": "releases", "api.scores": "scores.csv",
           "api.promise": "promises/1", "api.openapi": "openapi.json"}  # fmt: skip


@pytest.fixture
def there(make: Builders) -> None:
    """A cycle with two promises of one party in two places."""
    cycle = make.cycle("spring")
    for number in (1, 2):
        make.finding(make.promise(cycle=cycle, number=number), "kept")
    db.session.commit()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_an_answer_is_named_and_not_sent_twice(
    there: None, app: Flask, page: Page, path: str
) -> None:
    for question in ("", "?fbclid=x", "?odd=1"):  # What is kept, what is kept, what is not.
        first = page.get(f"/api/v1/{path}{question}")

        known = {"If-None-Match": first.headers["ETag"]}
        again = app.test_client().get(f"/api/v1/{path}{question}", headers=known)

        assert first.headers["Last-Modified"].endswith("00:00:00 GMT")
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_whoever_asks_by_the_day_alone_gets_it_as_it_is_now(there: None, page: Page) -> None:
    """Of one day there are many states: a day is too coarse to say that nothing changed."""
    day = page.get("/api/v1/topics?odd=1").headers["Last-Modified"]
    page.get("/api/v1/topics?odd=1", headers={"If-Modified-Since": day}, expect=200)


@pytest.mark.parametrize("address", FAILING)
def test_a_failure_is_told_as_a_problem_that_may_be_read_from_anywhere(
    there: None, page: Page, address: str
) -> None:
    status = FAILING[address]

    answer = page.get(address, expect=status)

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", [*EVERYWHERE, "packages"])
def test_another_site_may_ask_first_whether_it_may_read(app: Flask, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "if-none-match"}  # fmt: skip

    answer = app.test_client().options(f"/api/v1/{path}", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert {"ETag", "Link"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written_and_the_description_says_so(app: Flask, method: str) -> None:
    values = {"number": 1, "cycle": "spring", "month": "2026-10", "file": "package.zip"}
    for path, operations in PATHS.items():
        answer = app.test_client().open(f"/api/v1{path.format(**values)}", method=method)
        assert answer.status_code == 405, path
        hold(Answer(answer), operations["get"])


def test_only_what_is_published_may_be_read_from_other_sites(page: Page) -> None:
    for address in ("/en/", "/account/sign-in", "/sync/state"):
        answer = page.get(address, expect=None)  # whatever it is
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_past_the_last_page_there_is_nothing_and_the_way_back(there: None, page: Page) -> None:
    answer = page.get("/api/v1/promises?page=9999")

    assert answer.json == []
    assert 'page=1>; rel="prev"' in answer.headers["Link"]
    assert 'rel="next"' not in answer.headers["Link"]


@pytest.mark.parametrize("path", [path for path in PATHS if "{" not in path])
def test_no_answer_takes_more_queries_than_a_page(
    make: Builders, page: Page, queries: Queries, path: str
) -> None:
    cycle = make.cycle("spring")
    for _ in range(30):
        promise = make.promise(cycle=cycle)
        make.published_reply(make.finding(promise))
    db.session.commit()

    with queries.at_most(12):
        page.get(f"/api/v1{path}?odd=1")


def test_a_whole_promise_takes_no_more_either(make: Builders, page: Page, queries: Queries) -> None:
    promise = make.promise(number=1)
    for _ in range(12):
        make.published_reply(make.finding(promise))
    db.session.commit()

    with queries.at_most(12):
        answer = page.get("/api/v1/promises/1?odd=1")

    assert len(answer.json["findings"]) == len(answer.json["replies"]) == 12


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_parameter_that_stands_there_twice_is_refused_by_every_view_that_knows_it(
    there: None, page: Page, method: str
) -> None:
    """Whatever both say, and however it is written; what a view does not know changes nothing."""
    views = {view: known for view, known in KEPT.items() if view.startswith("api.")}
    assert views.keys() == KNOWING.keys()
    for view, known in views.items():
        address = f"/api/v1/{KNOWING[view]}"
        for name in {*known} - {"as_of"}:
            for asked in (f"{name}={SENSE[name]}", f"{name}=", f"%{ord(name[0]):x}{name[1:]}=x"):
                answer = getattr(page.client, method)(f"{address}?{name}={SENSE[name]}&{asked}")
                assert (address, asked, answer.status_code) == (address, asked, 400)
                assert answer.mimetype == "application/problem+json"
                if method == "get":
                    assert answer.json["detail"] == f"“{name}” stands there twice. Say it once."
        assert page.client.get(f"{address}?unknown=1&unknown=2").status_code == 200
