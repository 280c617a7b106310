"""The main job, end to end, in real browsers at the size of a phone.

Nobody types an address that she was not given, and everybody reads her own language.
"""

from dataclasses import replace

import pytest

from mobilizer.monitoring.rules.words import Light
from mobilizer.scoring.rules import Rating
from tests.journeys import qr
from tests.journeys.people import Found, Promised
from tests.journeys.programme import COORDINATOR, MENTOR, MOBILIZER, MONTH, PARTY, TOPIC

pytestmark = pytest.mark.browser

PROMISED = Promised(
    words="Do të ndërtojmë dhjetë shkolla të reja në Tetovë deri në fund të mandatit.",
    title="Dhjetë shkolla të reja në Tetovë",
    title_mk="Десет нови училишта во Тетово",
    party=PARTY,
    topic="Arsim",
    region="Rajoni i Pollogut",
    town="Tetovë",
)
FOUND = Found(
    rating=Rating.IN_PROGRESS,
    value="8",
    light=Light.YELLOW,
    reason="Tetë shkolla janë të hapura, dy janë ende në ndërtim.",
    finding="Pamë tetë shkolla me nxënës; në dy të tjera ka punëtorë.",
    video="https://www.youtube.com/watch?v=dQw4w9WgXcQ&utm_source=share",
    note="Drejtoresha Blerta na priti; mos e shkruani emrin e saj.",
)
MENDED = replace(
    FOUND,
    rating=Rating.KEPT,
    value="10",
    light=Light.GREEN,
    reason="Të dhjetë shkollat janë të hapura; i pamë të gjitha.",
    finding="Edhe dy shkollat e fundit u hapën këtë javë, me nxënës.",
)
ASKED = "Дали последните две училишта се отворени?"
ANSWERED = "Po, u hapën të hënën; e ndryshova."

#: Before and after, of 5 rated promises and of 6: 2½ / 5 and 3½ / 6.
RATED = {
    "sq": "përmbushje, nga {} premtime të vlerësuara: të përmbushura {}, "
    "pjesërisht 1 (llogariten gjysmë).",
    "mk": "исполнето, од {} оценети ветувања: исполнети {}, делумно 1 (се бројат половина).",
}
BEFORE = {lang: ("50 %", said.format(5, 2)) for lang, said in RATED.items()}
AFTER = {lang: ("58 %", said.format(6, 3)) for lang, said in RATED.items()}
KEPT = {"sq": "I përmbushur", "mk": "Исполнето"}


def test_from_an_invitation_to_a_public_score(programme, cast):
    readers = [cast.reader("sq"), cast.reader("mk")]
    scores_are(readers, BEFORE)

    coordinator = cast.coordinator("en")
    coordinator.signs_in(COORDINATOR)
    coordinator.invites_a_mobilizer("Polog Region", "Local 2025", language="Shqip")
    link = coordinator.link_on_the_card()
    assert qr.squares(coordinator.code_on_the_card(), link) == qr.expected(link)

    mobilizer = cast.mobilizer("sq")
    mobilizer.accepts(link, name=MOBILIZER, alias="Sytë e Pollogut", full_name="Mira Kodra")
    mobilizer.logs(PROMISED)

    programme.a_day_later()
    mentor = cast.mentor("mk")
    mentor.signs_in(MENTOR)
    mentor.finds_testable(PROMISED.words)

    programme.a_day_later()
    coordinator.publishes(PROMISED.title)
    coordinator.assigns(PROMISED.title, to="Mira Kodra", place="Tetovo")
    scores_are(readers, BEFORE)

    programme.a_day_later()
    mobilizer.files(FOUND, MONTH)
    reviewed(programme, mobilizer, mentor)

    scores_are(readers, AFTER)
    the_promise_tells_it(readers)


def test_the_month_without_a_script(programme, cast):
    programme.promise_in_hand(PROMISED.title)
    without = {"java_script_enabled": False}
    mobilizer = cast.mobilizer("sq", **without)
    mobilizer.signs_in(MOBILIZER)
    mobilizer.files(FOUND, MONTH)

    mentor = cast.mentor("mk", **without)
    mentor.signs_in(MENTOR)
    reviewed(programme, mobilizer, mentor)

    scores_are([cast.reader("sq", **without), cast.reader("mk", **without)], AFTER)


def reviewed(programme, mobilizer, mentor):
    """Sent back with a comment, mended, approved: what is not approved changes no score."""
    programme.a_day_later()
    mentor.takes_the_oldest()
    mentor.sees(FOUND.note)
    mentor.returns(field="What is the state today?", comment=ASKED)

    programme.a_day_later()
    mobilizer.mends(MENDED, answering=ANSWERED)

    programme.a_day_later()
    mentor.takes_the_oldest()
    mentor.sees(ANSWERED)
    mentor.approves()
    mentor.reads("Approved and published as finding %(number)s.", number=6)


def scores_are(readers, told):
    for reader in readers:
        reader.looks_at_the_topic(TOPIC)
        assert (reader.score, reader.sentence) == told[reader.language]


def the_promise_tells_it(readers):
    """What was found stands on the promise's page; who found it, and how, does not."""
    titles = {"sq": PROMISED.title, "mk": PROMISED.title_mk}
    for reader in readers:
        reader.follows_title(titles[reader.language])
        reader.sees(KEPT[reader.language])
        reader.sees(PROMISED.words)
        reader.sees(MENDED.finding)
        page = reader.tab.content()
        for private in ("Mira", "Kodra", MOBILIZER, FOUND.note, ASKED, ANSWERED, "utm_source"):
            assert private not in page
        assert not reader.has_cookies
