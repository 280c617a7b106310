"""Her own page says what was just done, and of each thing she follows what it is."""

from datetime import timedelta

import pytest

from mobilizer.accounts.rules.throttle import LIMITS, Door, Limit
from mobilizer.core.database import db
from mobilizer.follow.models import Followed
from mobilizer.scorecards.rules import About
from tests.follow.conftest import leaving, link, rows

INVENTED = "Demonstration: the parties, promises and verdicts shown here are invented."


@pytest.fixture
def hers(make, cycle):
    """Somebody follows things by their kinds and codes: her page, without what the address says."""

    def hers(*things, of=cycle):
        follower, secret = make.follower(cycle=of)
        for about, code, in_cycle in things:
            follower.followed.append(Followed(cycle_id=in_cycle.id, about=about, code=code))
        db.session.commit()
        return f"/follow/own/{secret}?lang=en"

    return hers


def said(answer):
    return answer.texts("[role=status]")


def test_whoever_confirmed_is_told_what_she_follows_from_now_on(cycle, follow, page):
    follow()
    own = follow("topics/health")

    assert said(page.get(own)) == ["You follow this from now on: Health"]
    assert said(page.get(own.partition("&")[0])) == []


def test_whoever_confirms_what_she_follows_already_is_told_so_as_well(cycle, ask, page):
    first, second = link(ask()), link(ask())
    page.post(first, expect=302)
    own = page.post(second, expect=302).location

    assert len(rows(Followed)) == 1
    assert said(page.get(own)) == ["You follow this from now on: Cycle cycle-1"]


def test_whoever_saved_is_told_so_and_not_when_the_next_is_refused(hers, page):
    own = hers()
    [kept] = page.get(own).query("input[name=kept]")
    typed = {"kept": [kept.attrs["value"]], "pace": "weekly", "language": "en"}
    saved = page.post(own, data=typed, expect=302).location

    assert said(page.get(saved)) == ["Saved."]
    assert said(page.post(saved, data=typed | {"pace": "hourly"}, expect=422)) == []


@pytest.mark.parametrize(
    "asked", ["told=deleted", "told=", "told=Saved", "now=999", "now=x", "now=0", "told=<b>x</b>"]
)
def test_an_address_with_other_words_says_nothing(hers, page, asked):
    assert said(page.get(f"{hers()}&{asked}")) == []


def test_an_address_names_nothing_that_another_follows(make, cycle, hers, page):
    own = hers()
    other, _ = make.follower(cycle=cycle)
    db.session.commit()

    assert said(page.get(f"{own}&now={other.followed[0].id}")) == []


def test_each_thing_says_its_kind_and_leads_to_its_page(make, cycle, school, hers, page):
    make.finding(school, place=school.places[0])
    own = hers(
        (About.TOPIC, "health", cycle),
        (About.PARTY, school.party.code, cycle),
        (About.REGION, make.region("Polog").code, cycle),
        (About.MUNICIPALITY, school.places[0].code, cycle),
        (About.PROMISE, str(school.number), cycle),
    )
    shown = page.get(own)

    kinds = ["Everything", "Topic", "Party or coalition", "Region", "Municipality", "Promise"]
    assert shown.texts("#kept label .hint") == kinds
    for way in shown.query("#kept a"):
        page.get(way.attrs["href"])
    assert shown.texts("#kept a")[1] == "To its page : Health"
    assert len(shown.query("#kept a")) == len(kinds)


def test_what_has_no_page_any_more_leads_nowhere(make, cycle, hers, page):
    shown = page.get(hers((About.TOPIC, "gone", cycle), of=make.cycle(is_public=False)))

    assert shown.query("#kept a") == []
    assert "gone" in shown.texts("#kept label")[1]


def test_the_cycle_is_said_where_it_is_not_obvious(make, cycle, hers, page):
    hint = "#kept label .hint"
    assert page.get(hers((About.TOPIC, "health", cycle))).texts(hint) == ["Everything", "Topic"]

    other = make.cycle()
    shown = page.get(hers((About.TOPIC, "health", cycle), (About.TOPIC, "health", other)))
    names = [one.names["en"] for one in (cycle, other)]
    assert shown.texts(hint) == ["Everything", *(f"Topic · {name}" for name in names)]


def test_before_she_confirms_the_page_says_what_it_is(cycle, ask, page):
    kind = "Topic · Cycle cycle-1"
    assert kind in page.get("/follow/topics/health?lang=en").texts(".heading p")
    assert kind in page.get(link(ask("topics/health"))).texts(".heading p")


@pytest.mark.parametrize(
    ("lang", "days", "says"),
    [
        ("en", 3, "gets 5 such letters in 3 days and no more"),
        ("en", 1, "gets 5 such letters in 1 day and no more"),
        ("sq", 2, "merr 5 letra të tilla në 2 ditë"),
        ("mk", 1, "добива 5 вакви писма за 1 ден"),
        ("sr", 21, "dobija 5 takvih pisama za 21 dan i"),
    ],
)
def test_how_many_letters_go_out_in_how_many_days_is_what_holds(
    cycle, page, monkeypatch, lang, days, says
):
    monkeypatch.setitem(LIMITS, Door.FOLLOW_ADDRESS, Limit(5, timedelta(days=days)))
    assert says in page.get(f"/follow/asked?lang={lang}")


# --- a demonstration


@pytest.fixture
def invented(make, cycle):
    """A demonstration beside the cycle that is shown first."""
    return make.cycle(is_demonstration=True)


def test_every_page_of_following_a_demonstration_says_so(invented, hers, page, work, out):
    asked = page.post(
        f"/follow/all?lang=en&cycle={invented.code}",
        data={"address": "mira@mail.example", "pace": "daily"},
        expect=302,
    ).location
    work()
    [letter] = out.letters
    own = hers(of=invented)

    assert letter.get_content().startswith(INVENTED)
    for address in (asked, link(letter), leaving(letter), own, own.replace("/own/", "/leave/")):
        assert INVENTED in page.get(address), address
    for left in (
        page.post(own.replace("/own/", "/leave/"), expect=303).location,
        page.post(hers(of=invented), data={"pace": "daily", "language": "en"}).location,
    ):
        assert INVENTED in page.get(left)


def test_no_page_of_following_what_is_real_says_so(invented, cycle, ask, hers, page):
    letter, own = ask(), hers()

    assert "Demonstration" not in letter.get_content()
    for address in ("/follow/asked", "/follow/left", link(letter), leaving(letter), own):
        assert "Demonstration" not in page.get(address), address
    assert "Demonstration" not in page.get("/follow/asked?cycle=made-up")


def test_beside_what_is_real_each_thing_of_a_demonstration_says_so_itself(
    invented, cycle, hers, page
):
    shown = page.get(hers((About.TOPIC, "health", invented)))

    assert INVENTED not in shown
    assert ["Demonstration" in one for one in shown.texts("#kept label")] == [False, True]
