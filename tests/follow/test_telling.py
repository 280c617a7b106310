"""Who follows is told, in the morning, of whole days; once, and nobody too often."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.follow import rules
from mobilizer.follow.models import Followed, Follower
from mobilizer.follow.rules import TELL, Pace
from mobilizer.follow.tasks import letters
from mobilizer.jobs.models import Job
from mobilizer.reminders.tasks import sending
from tests.follow.conftest import MIRA, WEDNESDAY, link, rows


def test_a_letter_says_what_was_found_and_leads_there(found, follow, morning, out):
    found("in_progress", month=date(2026, 9, 1))
    follow()
    found("kept", month=date(2026, 10, 1))
    morning()

    [letter] = out.letters
    said = letter.get_content()
    assert (letter["To"], letter["Subject"]) == (MIRA, "1 new finding")
    assert "A school\nTetovo, October 2026\nIt said: In progress. It says now: Kept.\n" in said
    assert "http://localhost/en/promises/1#finding-2" in said
    assert "Demonstration" not in said


@pytest.mark.parametrize("lang", ["sq", "mk", "sr"])
def test_no_language_has_two_full_stops_after_the_month(found, follow, morning, out, lang):
    follow(lang=lang)
    found("kept", month=date(2026, 10, 1))
    morning()

    assert not re.search(r"\.\s*\.", out.letters[0].get_content())


def test_a_letter_says_that_something_is_as_before(found, follow, morning, out):
    found("kept", month=date(2026, 9, 1))
    follow()
    found("kept", month=date(2026, 10, 1))
    morning()

    assert "Tetovo, October 2026\nIt says, as before: Kept.\n" in out.letters[0].get_content()


@pytest.mark.parametrize(
    ("lang", "title", "tag"),
    [("sq", "1 gjetje e re", "sq"), ("mk", "1 нов наод", "mk"), ("sr", "1 nov nalaz", "sr-Latn")],
)
def test_a_letter_is_in_the_language_of_who_asked(found, follow, morning, out, lang, title, tag):
    follow(lang=lang)
    found()
    morning()

    [letter] = out.letters
    assert (letter["Subject"], letter["Content-Language"]) == (title, tag)
    assert f"/{lang}/promises/1" in letter.get_content()


def test_a_letter_tells_days_and_no_hours(found, follow, morning, out):
    follow()
    found()
    morning(0)
    assert out.letters == [], "what is published today is told tomorrow"
    morning()

    [letter] = out.letters
    assert letter["Date"].datetime == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert "12:37" not in letter.get_content()


@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("all", 3),
        ("topics/health", 1),
        ("topics/roads", 2),
        ("promises/1", 1),
        ("promises/2", 2),
        ("regions/{polog}", 2),
        ("municipalities/{tetovo}", 1),
        ("parties/{party}", 1),
    ],
)
def test_who_follows_something_is_told_of_that(
    make, found, school, follow, morning, out, what, number
):
    roads = make.topic("roads", cycle=school.cycle)
    bridge = make.promise("A bridge", cycle=school.cycle, topic=roads, party=make.party())
    tetovo = make.municipality("Tetovo", region="Polog")
    names = {"polog": make.region("Polog").code, "tetovo": tetovo.code, "party": school.party.code}
    follow(what.format(**names))
    found()
    found(promise=bridge, place=make.municipality("Gostivar", region="Polog"))
    found(promise=bridge, place=make.municipality("Veles", region="Vardar"))
    morning()

    assert [letter["Subject"] for letter in out.letters] == [
        f"{number} new finding{'s' if number > 1 else ''}"
    ]


def test_one_letter_a_day_tells_all_that_is_followed_and_each_finding_once(
    found, follow, morning, out
):
    for what in ("topics/health", "all", "promises/1"):
        follow(what)
    found()
    morning()
    morning()

    assert [letter["Subject"] for letter in out.letters] == ["1 new finding"]
    assert len(rows(Followed)) == 3
    assert len(rows(Follower)) == 1


def test_nothing_new_is_not_told(found, follow, morning, out):
    found()
    follow()
    for days in range(1, 9):
        morning(days)
    assert out.letters == []


@pytest.mark.parametrize(("pace", "days"), [("daily", [1, 2]), ("weekly", [5]), ("monthly", [6])])
def test_each_is_told_at_her_pace(found, follow, morning, out, pace, days):
    follow(pace=pace)
    found("stalled", month=date(2026, 9, 1))
    told = []
    for day in range(1, 11):
        morning(day)
        told += [day] * len(out.letters)
        out.clear()
        if day == 1:
            with clock.at(WEDNESDAY + timedelta(days=1)):
                found("kept", month=date(2026, 10, 1))
    assert told == days


def test_who_had_nothing_to_be_told_keeps_her_pace(found, follow, morning, out):
    """A week without a finding does not make a weekly letter a daily one."""
    follow(pace="weekly")
    morning(5)
    with clock.at(WEDNESDAY + timedelta(days=6)):
        found()
    for day in range(6, 12):
        morning(day)
    assert out.letters == []
    morning(12)
    assert len(out.letters) == 1


def test_a_worker_that_was_away_tells_all_of_it_at_once(found, follow, morning, out):
    follow()
    for number in (1, 2, 3):
        with clock.at(WEDNESDAY + timedelta(days=number)):
            found("stalled", month=date(2026, number, 1))
    morning(9)
    assert out.subjects == ["3 new findings"]


def test_many_findings_are_told_by_their_number(found, follow, morning, out, monkeypatch):
    monkeypatch.setattr("mobilizer.follow.tasks.letters.MOST_TOLD", 2)
    follow()
    for month in (1, 2, 3, 4, 5):
        found("stalled", month=date(2026, month, 1))
    morning()

    [letter] = out.letters
    assert letter["Subject"] == "5 new findings"
    assert "And 3 more findings:" in letter.get_content()
    assert letter.get_content().count("#finding-") == 2


def test_a_correction_is_told_as_one(found, follow, morning, out):
    wrong = found("kept")
    follow()
    found("broken", corrects=wrong.number)
    morning()
    said = out.letters[0].get_content()
    assert "A correction. It said: Kept. It says now: Broken." in said


def test_what_is_invented_says_so_and_what_is_hidden_is_not_told(
    cycle, found, follow, morning, out
):
    cycle.is_demonstration = True
    follow()
    found()
    cycle.is_public = False
    morning()
    assert out.letters == []
    cycle.is_public = True
    found("stalled")
    morning(2)
    assert out.letters[0].get_content().startswith("Demonstration:")


def test_a_letter_that_cannot_be_sent_now_is_sent_later_and_once(
    found, follow, morning, work, out, monkeypatch
):
    follow()
    found()
    taken = sending.send

    def refuse(letter):
        raise OSError

    monkeypatch.setattr(sending, "send", refuse)
    morning()
    assert rows(Follower)[0].seen == 0
    monkeypatch.setattr(sending, "send", taken)
    with clock.at(WEDNESDAY + timedelta(days=1)):
        work()
        work()
    assert out.subjects == ["1 new finding"]
    assert rows(Follower)[0].seen == 1


def test_sent_twice_because_the_worker_died_it_has_one_name(found, follow, morning, out, app):
    """As with every letter here: the mail program shows it once."""
    follow()
    found()
    morning()
    [follower] = rows(Follower)
    follower.seen = 0
    db.session.flush()
    job = db.session.scalars(select(Job).where(Job.kind == TELL)).one()
    again = letters.letter(letters.news_of(follower.uid, 1), job.key)
    assert again["Message-ID"] == out.letters[0]["Message-ID"]


def test_after_the_server_has_another_key_letters_lead_to_pages_that_work(
    app, found, follow, morning, page, out, monkeypatch
):
    follow()
    found()
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    morning()
    assert "What you follow" in page.get(link(out.letters[0]))


def test_a_step_of_the_round_is_bounded_however_many_follow(
    app, make, cycle, found, work, morning, out, monkeypatch
):
    monkeypatch.setattr(rules, "FOLLOWERS", 3)
    monkeypatch.setattr("mobilizer.follow.queries.FOLLOWERS", 3)
    monkeypatch.setattr("mobilizer.follow.tasks.planning.FOLLOWERS", 3)
    for number in range(7):
        db.session.add(
            Follower(
                uid=f"u{number}", reach=f"a{number}@mail.example", language="en", pace=Pace.DAILY,
                seen=0, next_on=date(2026, 11, 26), salt=f"{number}", token_hash=f"{number}",
                followed=[Followed(cycle_id=cycle.id, about="all", code="")],
            )
        )  # fmt: skip
    found()
    morning()

    rounds = select(func.count(Job.id)).where(Job.kind == rules.ROUND)
    assert db.session.scalar(rounds) == 3
    assert sorted(letter["To"] for letter in out.letters) == [
        f"a{number}@mail.example" for number in range(7)
    ]
