"""What the demonstration's files say, without a database."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import Flask

import config
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.names import check_alias
from mobilizer.accounts.rules.passwords import check_password
from mobilizer.core import seed
from mobilizer.core.text import words
from mobilizer.cycles.rules import FIRST_CYCLE_QUOTAS
from mobilizer.demo.actions.telling import whole_story
from mobilizer.demo.cli import PASSWORD
from mobilizer.demo.rules.answers import LETTERS, STANDS
from mobilizer.demo.rules.courses import MONTHS, Fate, read_course
from mobilizer.demo.rules.scenes import PAINTERS, drawn
from mobilizer.demo.rules.story import TOPICS, Story
from mobilizer.demo.rules.timetable import Do, Watch, months_of, steps
from mobilizer.evidence.rules.photos import check_file
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.scoring.rules import Rating

ZONE = "Europe/Skopje"
LANGUAGES = ("en", "sq", "mk", "sr")
CYRILLIC, LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-z]")
#: What any party's name may say of itself.
COMMON = {
    *words("party partia партија stranka list lista листа of e на coalition"),
    *words("koalicioni коалиција koalicija the"),
}


@pytest.fixture
def papers() -> Iterator[Flask]:
    """Knows where the files are; no database."""
    app = Flask("papers")
    app.config["ROOT"] = config.ROOT
    with app.app_context():
        yield app


@pytest.fixture
def story(papers: Flask) -> Story:
    return whole_story()


def test_no_invented_party_bears_a_word_of_a_real_ones_name(story: Story) -> None:
    real = {
        word
        for row in seed.all_rows("parties.csv")
        for name in seed.names(row).values()
        for word in words(name)
    }
    for party in story.parties:
        assert set(party.names) == set(LANGUAGES)
        for name in party.names.values():
            assert not (set(words(name)) - COMMON) & real, name


def test_the_people_are_those_the_first_cycle_plans_for(story: Story) -> None:
    for region in {one.region for one in story.of(Role.MENTOR)}:
        planned = FIRST_CYCLE_QUOTAS.of(region)
        mobilizers = [one for one in story.of(Role.MOBILIZER) if one.region == region]
        assert len(mobilizers) == planned.mobilizers
    assert len(story.of(Role.MOBILIZER)) == 17
    assert len(story.of(Role.MENTOR)) == 8


def test_those_who_try_the_first_and_the_last_mobilizer_find_a_page_of_hers(story: Story) -> None:
    """Their sign-ins are the ones that are printed."""
    mobilizers = story.of(Role.MOBILIZER)
    assert [one for one in mobilizers if one.has_page] == [mobilizers[0], mobilizers[-1]]


def test_nobody_has_a_name_that_would_be_refused_to_people(story: Story) -> None:
    assert len({one.alias for one in story.people}) == len(story.people)
    for one in story.people:
        check_alias(one.alias, full_name="", sign_in_name=one.sign_in_name)
        check_password(PASSWORD, one.sign_in_name)


def test_promises_are_made_in_every_language_and_on_every_topic(story: Story) -> None:
    assert 55 <= len(story.promises) <= 65
    assert {one.topic for one in story.promises} == set(TOPICS)
    assert {promise.language for promise in story.promises} == set(LANGUAGES)


def test_every_promise_has_a_title_in_each_language_and_its_script(story: Story) -> None:
    """Else three of four readers meet a page that is half in English."""
    for promise in story.promises:
        assert set(promise.titles) == set(LANGUAGES), promise.titles
        for language, title in promise.titles.items():
            assert title.strip() == title != "", promise.titles
            assert bool(CYRILLIC.search(title)) is (language == "mk"), title
            assert not (language == "mk" and LATIN.search(title)), title


def test_every_topic_is_one_the_project_brings_along(story: Story) -> None:
    assert set(TOPICS) <= {row["code"] for row in seed.all_rows("topics.csv")}
    assert len(TOPICS) == 12


def test_every_language_has_every_phrase(story: Story) -> None:
    one, *others = story.phrases.values()
    for other in others:
        assert set(other) == set(one)
        for kind in ("reason", "finding"):
            assert set(other[kind]) == set(one[kind])
            assert all(any("{" not in line for line in lines) for lines in other[kind].values())


def test_each_reason_for_standing_still_has_a_word_of_the_matrix(story: Story) -> None:
    """By its place in the list: one more sentence needs one more word."""
    for phrases in story.phrases.values():
        for rating, words_of_it in STANDS.items():
            sentences = phrases["reason"][LETTERS[rating]]
            assert len(sentences) == len(words_of_it)
            assert not any("{" in one for one in sentences), "each is used with every indicator"


def test_a_course_says_what_is_reported_and_what_comes_of_it() -> None:
    course = read_course(".  .  n  ir =  ?  -  sq p  k! b  x")
    months = course.months
    assert course.first == 2
    assert [number for number, month in enumerate(months) if month is None] == [0, 1, 6]
    _, mended, same, _, held, *_ = (month for month in months if month is not None)
    assert (mended.kind, mended.fate) == (RevisionKind.FULL, Fate.MENDED)
    assert (same.kind, same.rating) == (RevisionKind.NO_CHANGE, Rating.IN_PROGRESS)
    assert held.fate is Fate.QUARANTINED


@pytest.mark.parametrize("line", ["n = =", "n = = = = = = = = = = z", "nz = = = = = = = = = = ="])
def test_a_word_that_means_nothing_is_not_guessed_at(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_course(line)


@pytest.mark.parametrize(
    "today", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 31)]
)
def test_nothing_has_happened_that_is_still_to_come(story: Story, today: date) -> None:
    watches = [
        Watch(f"{at} {place}", course)
        for at, promise in enumerate(story.promises)
        for place, course in promise.watch.items()
    ]
    every = steps(watches, today, ZONE)
    assert all(one.at <= other.at for one, other in pairwise(every))
    assert every[-1].at.date() < today
    assert every == steps(watches, today, ZONE)
    assert {step.do for step in every} == set(Do)
    for step in every:
        if step.told.fate is Fate.LATE and step.do is Do.SEND:
            assert step.at.day > 25
        if step.told.fate is Fate.QUARANTINED:
            assert step.at.date() > months_of(today)[step.month] + timedelta(days=30)


def test_the_present_month_is_the_last_of_twelve() -> None:
    months = months_of(date(2026, 3, 15))
    assert len(months) == MONTHS
    assert months[0] == date(2025, 4, 1)
    assert months[-1] == date(2026, 3, 1)


@pytest.mark.parametrize("topic", [*PAINTERS, "education"])
def test_a_scene_is_a_photo_that_would_be_taken(topic: str) -> None:
    picture = drawn(topic, 1)
    check_file(len(picture), picture[:16])
    assert picture == drawn(topic, 1)
    assert picture != drawn(topic, 2)


def test_the_files_are_the_ones_the_readme_of_the_seed_names(papers: Flask) -> None:
    folder = seed.folder() / "demonstration"
    said = (folder / "README.md").read_text("utf-8")
    for file in folder.glob("*.toml"):
        assert f"`{file.name}`" in said
        tomllib.loads(file.read_text("utf-8"))
