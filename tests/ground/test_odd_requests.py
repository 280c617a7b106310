"""What no page of ours ever asks for: it is answered, and nothing breaks."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mobilizer.core import bodies
from mobilizer.core.bodies import OF_ANYBODY, OF_PEOPLE, OF_STRANGERS
from mobilizer.core.database import db
from mobilizer.core.numbers import LARGEST
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from mobilizer.publication.rules.pages import KEPT
from tests.builders import Builders
from tests.support.answers import Answer
from tests.support.page import Page
from tests.support.queries import Queries

KB, MB = 1024, 1024 * 1024


@pytest.mark.parametrize("number", [LARGEST, LARGEST + 1, 10**30])
@pytest.mark.parametrize("address", ["/en/promises/{}", "/api/v1/promises/{}"])
def test_a_number_that_is_too_large_names_nothing(page: Page, address: str, number: int) -> None:
    page.get(address.format(number), expect=404)


LONG = 60_000
#: As much as is told back of an address: so much larger may a page be for it.
TOLD_BACK = 16 * KB


@pytest.mark.parametrize(
    "start",
    [
        *(
            "/",
            "/en/",
            "/mk/topics/",
            "/en/promises/1/",
            "/api/v1/",
            "/embed/en/topics/",
            "/share/",
        ),
        *("/desk/", "/sync/", "/static/", "/ask/promises/", "/account/"),
    ],
)
@pytest.mark.parametrize("rest", ["x" * LONG, f"{'x' * LONG}/", "%D0%B6" * 10_000, "/" * LONG])
def test_a_path_longer_than_any_of_ours_is_refused_small(page: Page, start: str, rest: str) -> None:
    answer = page.get(start + rest, expect=404)

    assert len(answer.body) < TOLD_BACK
    assert not any(sign * 20 in answer.source for sign in ("x", "%D0%B6", "ж", "//"))


@pytest.mark.parametrize(("lang", "leads_to"), [("sq", "/sq/"), ("en", "/en/")])
def test_a_missing_page_leads_to_its_like_while_its_address_is_short(
    make: Builders, page: Page, lang: str, leads_to: str
) -> None:
    make.cycle("local")
    for path in ("/mk/nothing", "/mk/topics/none"):
        assert f"/{lang}/{path[4:]}" in languages(page.get(path, expect=404))
        shown = page.get(path + "x" * 300, expect=404)
        assert leads_to in languages(shown)
        assert "x" * 200 not in shown.source


def languages(answer: Answer) -> list[str]:
    """Where a page leads in each language."""
    return [one.attrs["href"] for one in answer.query(".languages a")]


def test_of_what_is_asked_without_end_a_page_tells_little_back(make: Builders, page: Page) -> None:
    """Of each public page that is kept, by each of its parameters and by any other."""
    make.finding(make.promise())
    db.session.commit()
    more = ["x" * LONG + "=1", "&".join(f"x{number}=1" for number in range(LONG // 8))]
    told_back = {}
    for path, names in asked_pages(page.app):
        plain = len(page.get(path).body)
        for query in [*(f"{name}={'ж' * (LONG // 2)}" for name in names), *more]:
            told = page.client.get(f"{path}?{query}").data
            told_back[path, query.partition("=")[0][:9]] = len(told) - plain
    assert {asked: size for asked, size in told_back.items() if size > TOLD_BACK} == {}
    assert len(told_back) > 50


def asked_pages(app: Flask) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The public pages that take a language alone, and what each may be asked for."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in KEPT and rule.arguments == {"lang"}:
            yield rule.rule.replace("<lang>", "en"), KEPT[rule.endpoint]


@pytest.mark.parametrize(
    ("path", "lang", "heading"),
    [
        ("/en/nothing", "de", "Nothing is here"), ("/sq/topics/x/y", "mk", "Këtu nuk ka asgjë"),
        ("/a/b/c/d/e", "sr", "Ovde nema ničega"), ("/ask/promises/7", "en", "Nothing is here"),
    ],
)  # fmt: skip
def test_an_unknown_address_of_the_public_side_has_its_menu_and_search(
    make: Builders, page: Page, queries: Queries, path: str, lang: str, heading: str
) -> None:
    """Of whoever asks nothing is looked at but her language, where the address has none."""
    page.sign_in(make.mentor())
    headers = {"Accept-Language": lang}
    # The form of a promise looks for it.
    with queries.at_most(1 if path.startswith("/ask/") else 0):
        shown = page.get(path, expect=404, headers=headers)

    assert shown.texts("h1") == [heading]
    assert shown.query("nav[aria-label] a[href$='/topics/']")
    assert shown.query("form[role=search] input[type=search]")
    assert "Set-Cookie" not in shown.headers
    assert "Cookie" not in shown.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/desk/nothing", "/field/nothing", "/account/nothing"])
def test_where_people_work_an_unknown_address_leads_to_no_search(page: Page, path: str) -> None:
    assert not page.get(path, expect=404).query("input[type=search]")


@pytest.mark.parametrize("number", [str(LARGEST + 1), "9" * 30, "-" + "9" * 30, "1e9", ""])
def test_a_filter_with_such_a_number_narrows_nothing(
    make: Builders, page: Page, number: str
) -> None:
    page.sign_in(make.coordinator())

    for name in ("cycle", "region", "page"):
        page.get(f"/desk/people/?{name}={number}")


@pytest.mark.parametrize("address", ["/", "/en/", "/account/sign-in", "/desk/", "/api/v1/scores"])
def test_a_host_that_is_not_ours_is_refused_in_a_word(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "elsewhere" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/en/topics?as_of=x", "/en/topics/?as_of=x"),
        ("/en//topics/", "/en/topics/"),
        ("/en", "/en/"),
    ],
)
def test_an_address_put_right_repeats_no_port_that_a_visitor_made_up(
    app: Flask, asked: str, meant: str
) -> None:
    """A 308 is kept: who stands between would lead all others there."""
    answer = app.test_client().get(asked, base_url="http://localhost:1234")
    assert (answer.status_code, answer.headers["Location"]) == (308, meant)
    assert b"1234" not in answer.data


@pytest.mark.parametrize("before", ["/", "///"])
@pytest.mark.parametrize("meant", ["/en/", "/mk/topics/?as_of=x", "/api/v1/scores?by=x", "/oembed"])
def test_slashes_before_an_address_lead_to_it(app: Flask, before: str, meant: str) -> None:
    """The framework takes them for one: each would be a page of its own, past what is kept."""
    path, _, query = meant.partition("?")
    sent = {"PATH_INFO": before + path, "QUERY_STRING": query}
    answer = app.test_client().get(environ_overrides=sent, base_url="http://localhost:1234")
    assert (answer.status_code, answer.headers["Location"]) == (308, meant)


def test_slashes_before_what_is_not_there_lead_nowhere(app: Flask) -> None:
    answer = app.test_client().get(environ_overrides={"PATH_INFO": "//elsewhere.example/x/y"})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_what_a_failed_statement_was_to_store_is_not_told(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text("SELECT :name FROM no_such_table"), {"name": "Violeta Petrova"})

    assert "Violeta" not in str(failed.value)


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, _size: int | None = -1) -> bytes:
        raise AssertionError("It was read.")

    readinto = read  # whatever is asked of it


#: The views that read more than a form of words, or less: a new one is to be weighed.
READ = {
    "ask.send": 16 * MB + OF_STRANGERS,
    "assignments.table": 4 * MB,
    "monitoring.save_evidence": 37 * MB,
    "parcels.take": 256 * MB,
    "promises.keep_copy": 32 * MB,
    "sync.piece": 256 * KB,
    "sync.promise": 256 * KB,
    "sync.report": 256 * KB,
}
WORDS: dict[str, object] = {
    "assignment_id": UUID(int=1), "code": "health", "comment_id": 1, "entry_id": UUID(int=1),
    "invitation_id": 1, "key": UUID(int=1), "link_id": 1, "listing": "topics", "look_id": 1,
    "meeting_id": UUID(int=1), "month": "2026-11", "number": 1, "posting_id": 1, "reply_id": 1,
    "screen": "state", "secret": "x" * 43, "stand_in_id": 1, "step": "words", "token": "x",
    "topic_code": "health", "uid": UUID(int=1), "user_id": 1,
}  # fmt: skip


def test_each_view_says_how_much_it_reads_beyond_a_form_of_words(app: Flask) -> None:
    assert {name: most for name, view in views(app) if (most := bodies.declared(view))} == READ


def views(app: Flask) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The views to which something is sent."""
    sent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if {"POST", "PUT", "PATCH"} & (rule.methods or set())
    }
    return ((name, app.view_functions[name]) for name in sorted(sent))


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", None])
def test_what_is_too_much_is_refused_before_it_is_read(app: Flask, kind: str | None) -> None:
    """Without an account: of a phone's file no more than of a report with its photo and clip."""
    tried = {"/nowhere": (OF_STRANGERS, "POST")}
    for rule in app.url_map.iter_rules():
        for method in {"POST", "PUT", "PATCH"} & (rule.methods or set()):
            name, values = rule.endpoint, {one: WORDS[one] for one in rule.arguments}
            is_open = declared(app.view_functions[name]) in (PUBLIC, ANYONE)
            most = READ.get(name, OF_STRANGERS if is_open else OF_PEOPLE)
            address = app.url_map.bind("localhost").build(name, values, method=method)
            tried[address] = min(most, OF_ANYBODY), method
    assert len(tried) > 80

    for address, (most, method) in tried.items():
        answer = app.test_client().open(
            address,
            method=method,
            input_stream=Unread(),
            content_type=kind or "application/x-www-form-urlencoded",
            environ_overrides={"CONTENT_LENGTH": str(most + 1)},
        )
        assert (address, answer.status_code) == (address, 413)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Go back in your browser"), ("sq", "Kthehuni prapa në shfletues"),
        ("mk", "Вратете се назад во прелистувачот"), ("sr", "Vratite se nazad u pregledaču"),
    ],
)  # fmt: skip
def test_who_sends_too_much_is_told_in_her_language_what_to_do(
    page: Page, lang: str, told: str
) -> None:
    typed = {"sign_in_name": "mira", "password": "x" * 70_000}
    headers = {"Accept-Language": lang}
    shown = page.post("accounts.enter", data=typed, expect=413, headers=headers)
    assert told in shown


def test_a_form_of_twenty_long_texts_is_read(make: Builders, page: Page) -> None:
    """Of a person; of who has no account it is more than anything that is asked."""
    page.sign_in(make.coordinator())
    typed = {f"text-{number}": "ж" * 5000 for number in range(20)}
    page.post("cycles.new", data=typed, expect=200)
