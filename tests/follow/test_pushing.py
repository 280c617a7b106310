"""Following by messages in a browser, without an account and without a name."""

from base64 import urlsafe_b64encode

import pytest

from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import clock
from mobilizer.follow.models import Followed, Follower
from mobilizer.follow.rules import MOST_FOLLOWED
from mobilizer.reminders.tasks import pushing
from tests.follow.conftest import MIRA, WEDNESDAY, rows
from tests.support.page import apart

POINT = urlsafe_b64encode(bytes([4, *range(64)])).decode().rstrip("=")
ENDPOINT = "https://push.example/send/of-hers"


def browser(endpoint=ENDPOINT, **given):
    keys = {"p256dh": POINT, "auth": "AAECAwQFBgcICQoLDA0ODw"}
    return {"endpoint": endpoint, "keys": keys, "listing": "all", **given}


@pytest.fixture
def take(page):
    def take(expect=201, lang="en", **given):
        content = browser(**given)
        answer = apart(lambda: page.client.post(f"/follow/push?lang={lang}", json=content))
        assert answer.status_code == expect, answer.text
        assert "Set-Cookie" not in answer.headers
        return answer

    return take


@pytest.fixture
def end(page):
    def end(expect=200, **given):
        answer = apart(lambda: page.client.post("/follow/push/end", json=given))
        assert answer.status_code == expect

    return end


def test_a_browser_follows_several_things_and_is_kept_once(cycle, take):
    for _ in range(2):
        take(lang="mk")
        take(lang="mk", listing="topics", code="health", cycle=cycle.code)

    [follower] = rows(Follower)
    assert (follower.reach, follower.language, follower.is_browser) == (ENDPOINT, "mk", True)
    assert {(one.about.value, one.code) for one in rows(Followed)} == {
        ("all", ""),
        ("topics", "health"),
    }


def test_a_message_says_what_was_found_and_leads_there(cycle, make, take, morning, out):
    take()
    make.finding(make.promise("A school", cycle=cycle), "kept", place=make.municipality("Tetovo"))
    morning()
    morning()

    [(endpoint, told)] = out.messages
    assert endpoint == ENDPOINT
    assert told["title"] == "1 new finding"
    assert told["body"].startswith("A school\nTetovo")
    assert told["url"] == "/en/promises/1#finding-1"


def test_a_message_says_that_what_was_found_is_invented_where_it_is(
    cycle, make, take, morning, out
):
    cycle.is_demonstration = True
    take(lang="mk")
    make.finding(make.promise("A school", cycle=cycle), "kept", place=make.municipality("Tetovo"))
    morning()

    assert out.messages[0][1]["body"].startswith("Демонстрација\nA school\n")


def test_several_findings_lead_to_the_first_page(cycle, make, take, morning, out):
    take(lang="sq")
    for _ in range(2):
        make.finding(make.promise(cycle=cycle))
    morning()
    assert out.messages[0][1]["url"] == "/sq/"


def test_a_browser_that_is_gone_is_forgotten(cycle, make, take, morning, monkeypatch):
    take()
    make.finding(make.promise(cycle=cycle))
    monkeypatch.setattr(pushing, "send", lambda *_: pushing.Outcome.GONE)
    morning()
    assert rows(Follower) == rows(Followed) == []


def test_a_browser_ends_one_thing_or_all(cycle, take, end):
    take()
    take(listing="topics", code="health")
    take(endpoint="https://push.example/send/2")
    end(endpoint=ENDPOINT, listing="all")
    assert {(one.about.value, one.code) for one in rows(Followed)} == {
        ("topics", "health"),
        ("all", ""),
    }
    end(endpoint=ENDPOINT, listing="topics", code="health")
    assert [one.reach for one in rows(Follower)] == ["https://push.example/send/2"]
    end(endpoint="https://push.example/send/2")
    end(endpoint="https://push.example/send/2")
    assert rows(Follower) == []


def test_an_address_is_not_left_as_if_it_were_a_browser(cycle, make, end):
    make.follower(reach=MIRA)
    end(endpoint=MIRA)
    assert len(rows(Follower)) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"endpoint": "http://push.example/send/1"},
        {"endpoint": "https://127.0.0.1/send"},
        {"endpoint": "https://localhost/send"},
        {"endpoint": "https://push.example:8443/send"},
        {"endpoint": "https://user@push.example/send"},
        {"endpoint": "https://push.example/" + "a" * 1000},
        {"endpoint": MIRA},
        {"endpoint": None},
        {"keys": {"p256dh": "AA", "auth": "AA"}},
        {"keys": []},
    ],
)
def test_what_is_no_browser_is_refused(cycle, take, given):
    take(expect=422, **given)
    assert rows(Follower) == []


@pytest.mark.parametrize(
    "given",
    [
        {"listing": "topics", "code": "none"},
        {"listing": "people", "code": "x"},
        {"listing": "promises", "code": "x"},
        {"listing": {"a": 1}},
        {"listing": "all", "cycle": "none"},
    ],
)
def test_what_is_not_there_is_not_followed(cycle, take, given):
    take(expect=404, **given)
    assert rows(Follower) == []


@pytest.mark.parametrize("content", [None, [], "x", {"endpoint": 1}])
def test_nonsense_is_refused(cycle, page, content):
    assert page.client.post("/follow/push", json=content).status_code == 422
    assert page.client.post("/follow/push/end", json=content).status_code == 422


@pytest.mark.parametrize("place", ["/follow/push", "/follow/push/end"])
def test_what_is_nested_without_end_is_refused(cycle, page, place):
    deep = {"data": b"[" * 50_000, "content_type": "application/json"}
    answer = apart(lambda: page.client.post(place, **deep))
    assert answer.status_code == 422


@pytest.mark.parametrize("odd", ["\x00", "\ud800", {"a": 1}, 5, "x" * 10_000])
@pytest.mark.parametrize("name", ["endpoint", "listing", "code", "cycle"])
def test_what_nobody_types_breaks_nothing(cycle, page, name, odd):
    for place in ("/follow/push", "/follow/push/end"):
        content = {**browser(), "listing": "topics", "code": "health", name: odd}
        answer = apart(lambda place=place, content=content: page.client.post(place, json=content))
        assert answer.status_code in (200, 404, 422), (place, answer.text)


def test_there_is_an_end_to_what_one_browser_follows_and_to_tries(cycle, make, take):
    for number in range(MOST_FOLLOWED):
        make.promise(cycle=cycle)
        take(listing="promises", code=str(number + 1))
    make.promise(cycle=cycle)
    take(expect=422, listing="promises", code=str(MOST_FOLLOWED + 1))
    assert len(rows(Followed)) == MOST_FOLLOWED
    for _ in range(LIMITS[Door.FOLLOW_NETWORK].tries - MOST_FOLLOWED - 1):
        take(listing="promises", code="1")
    refused = take(expect=429, lang="mk")
    assert told(refused)["detail"].startswith("Премногу обиди.")
    assert int(refused.headers["Retry-After"]) > 0


def told(answer):
    """What the script of our page is told when nothing was taken: as the API tells its own."""
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    assert "Access-Control-Allow-Origin" not in answer.headers, "no other site is told"
    return answer.json


def test_a_refusal_is_told_to_a_script_and_is_no_page(cycle, take, page):
    told(take(expect=404, listing="topics", code="none"))
    assert told(take(expect=422, endpoint=MIRA))["detail"]
    told(page.client.post("/follow/push/end", json={}))
    told(page.client.get("/follow/push"))
    told(page.client.post("/follow/push", data=b" " * 100_000, content_type="application/json"))


def test_the_worker_is_the_publics_own_and_stands_between_nothing(cycle, page):
    answer = page.client.get("/follow/service-worker.js")

    assert answer.mimetype == "text/javascript"
    assert '"fetch"' not in answer.text
    assert "Service-Worker-Allowed" not in answer.headers, "it reaches no further than /follow/"


def test_without_script_no_button_is_shown(cycle, page):
    [place] = page.get("/follow/topics/health?lang=en").query("[data-follow]")
    assert "hidden" in place.attrs
    assert (place.attrs["data-listing"], place.attrs["data-code"]) == ("topics", "health")


def test_who_took_messages_this_morning_is_told_tomorrow_of_today(cycle, make, take, morning, out):
    with clock.at(WEDNESDAY):
        make.finding(make.promise(cycle=cycle))
        take()
        make.finding(make.promise(cycle=cycle))
    morning()
    assert [told["title"] for _, told in out.messages] == ["1 new finding"]
