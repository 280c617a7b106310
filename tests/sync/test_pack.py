"""The pack: all a phone needs without a network, small, in her language, and only what is hers."""

import gzip
import json
import random

import pytest

from mobilizer.core import clock
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.promises.rules import Unit
from tests.sync.phone import report

#: Words enough that no two texts are alike: what repeats itself is easily made small.
WORDS = (
    "општината објави тендер реконструкција училиште ноември министерството градоначалникот "
    "советот буџет средства извршени работи изведувач рок договор барање информации јавен "
    "карактер одговор посета терен фотографија жителите населба водовод канализација пат мост "
    "градинка болница лекари медицински сестри набавка опрема проект студија дозвола градење "
    "почнаа завршија доцнат чекаат обжалување жалба комисија избор понудувач километри метри "
    "деца родители наставници автобус линија осветлување паркинг депонија отпад рециклирање"
).split()


@pytest.fixture
def her(make, phone):
    make.cycle(first_month="2026-10")
    return make.mobilizer()


def pack_of(phone, her):
    phone.sign_in(her)
    return phone.ask("/sync/pack").json


def month_of(pack, month="2026-11", assignment=0):
    months = pack["assignments"][assignment]["months"]
    return next(one for one in months if one["month"] == month)


def test_an_assignment_stands_with_its_promise_its_measures_and_its_places(make, phone, her):
    promise = make.promise("Ќе изградиме.", indicators=0, titles={"mk": "Школи"}, language="mk")
    make.indicator(promise, text="Schools", unit=Unit.OTHER, unit_name="schools", baseline="1")
    assignment = make.assignment(her, promise=promise)
    make.municipality("Tetovo", region="Polog")
    pack = pack_of(phone, her)
    (told,) = pack["assignments"]
    assert told["id"] == assignment.id
    assert told["cycle"] == make.the_cycle().code
    assert told["promise"] == {
        "number": promise.number,
        "title": "Школи",
        "words": "Ќе изградиме.",
        "language": "mk",
        "due": None,
    }
    assert told["measures"] == [
        {
            "position": 1,
            "text": "Schools",
            "unit": "other",
            "unit_name": "schools",
            "target": "10",
            "baseline": "1",
        }
    ]
    assert not told["is_local"]
    places = pack["regions"][told["region"]]
    assert [name for _, name in places] == ["Polog", "Tetovo"]
    assert places[0][0] == told["region"] == assignment.region.code
    assert (pack["language"], pack["matrix_version"]) == ("en", "1")
    assert pack["person"] == phone.person


def test_a_cycle_stands_with_what_a_promise_is_logged_from(make, phone, her):
    make.party(code="MK-A", names={"en": "A Party"})
    make.municipality("Tetovo", region="Polog")
    make.assignment(her)
    (cycle,) = pack_of(phone, her)["cycles"]
    assert cycle["code"] == make.the_cycle().code
    assert {"code": "education", "name": "Education"} in cycle["topics"]
    assert {"code": "MK-A", "name": "A Party"} in cycle["parties"]
    assert {one["name"] for one in cycle["places"]} >= {"Polog", "Tetovo"}


def test_months_are_those_of_the_home_screen(make, phone, her):
    make.assignment(her)
    pack = pack_of(phone, her)
    told = [(one["month"], one["is_current"]) for one in pack["assignments"][0]["months"]]
    assert told == [("2026-10", False), ("2026-11", True)]
    november = month_of(pack)
    assert (november["opens"], november["due"], november["closes"]) == (
        "2026-11-20",
        "2026-11-28",
        "2026-12-05",
    )
    assert november["entry"] is november["before"] is None


def test_an_extension_moves_the_close(make, phone, her):
    make.assignment(her)
    make.extension(her, month="2026-11", until=clock.now().date().replace(month=12, day=20))
    assert month_of(pack_of(phone, her))["closes"] == "2026-12-20"


def test_a_month_begins_with_what_last_month_said(make, phone, her):
    assignment = make.assignment(her)
    make.report(assignment, "stalled", month="2026-10", state="approved", contact="The mayor")
    november = month_of(pack_of(phone, her))
    assert november["before"] == {
        "month": "2026-10",
        "rating": "stalled",
        "has_evidence": True,
    }
    assert november["fields"]["rating"] == "stalled"
    assert "contact" not in november["fields"]
    assert november["evidence"] == []


def test_what_was_sent_stands_as_it_was_sent_with_its_evidence(make, phone, her):
    assignment = make.assignment(her)
    phone.sign_in(her)
    receipt = phone.put(report(assignment)).json
    november = month_of(phone.ask("/sync/pack").json)
    assert november["entry"]["id"] == receipt["entry"]["id"]
    assert november["entry"]["state"] == "submitted"
    assert november["entry"]["newest"] == 1
    assert november["fields"] == report(assignment)["fields"]
    (piece,) = november["evidence"]
    assert (piece["kind"], piece["media_state"]) == ("video", "complete")


def test_what_was_typed_on_the_pages_goes_on_on_the_phone(make, phone, her):
    entry = make.entry(make.assignment(her), month="2026-11")
    entry.draft = Draft({"next_step": "Wait."}, replies={"rating": "Yes."}).as_data
    november = month_of(pack_of(phone, her))
    assert november["fields"] == {"next_step": "Wait."}
    assert november["replies"] == {"rating": "Yes."}


def test_what_the_mentor_asked_travels_in_the_pack(make, phone, her):
    entry = make.report(make.assignment(her), month="2026-11", state="returned")
    asked = make.comment(entry, "rating", "Кој го рече тоа?")
    make.comment(entry, "rating", "I did.", author=her)
    first, second = month_of(pack_of(phone, her))["comments"]
    assert first == {
        "id": asked.id,
        "field": "rating",
        "text": "Кој го рече тоа?",
        "by": entry.assignment.mentor.shown_name,
        "said_at": asked.said_at.isoformat(),
        "mine": False,
        "is_open": True,
        "resolved_at": None,
    }
    assert second["mine"]


def test_the_pack_never_tells_what_somebody_signs_in_with(make, phone, her):
    entry = make.report(make.assignment(her), month="2026-11", state="returned")
    make.comment(entry, "rating", "By when?", author=make.coordinator(full_name="", alias=""))
    (told,) = month_of(pack_of(phone, her))["comments"]
    assert told["by"] == "Somebody in the programme"


def test_what_is_resolved_travels_as_such_and_of_a_long_thread_the_end(make, phone, her):
    entry = make.report(make.assignment(her), month="2026-11", state="returned")
    make.comment(entry, "rating", "Who said so?")
    make.comment(entry, "next_step", "By when?", resolved_at=clock.now())
    told = month_of(pack_of(phone, her))["comments"]
    assert [one["resolved_at"] for one in told] == [None, clock.now().isoformat()]
    for number in range(500):
        make.comment(entry, text=f"Word {number}", asks=False)
    told = month_of(phone.ask("/sync/pack").json)["comments"]
    assert [one["is_open"] for one in told] == [True] + [False] * 11
    assert told[-1]["text"] == "Word 499"


def test_nothing_of_anybody_else_is_in_it(make, phone, her):
    make.report(make.assignment(), month="2026-11")
    mine = make.assignment(her)
    assert [one["id"] for one in pack_of(phone, her)["assignments"]] == [mine.id]


def test_a_withdrawn_assignment_is_no_longer_in_it(make, phone, her):
    make.assignment(her).withdrawn_at = clock.now()
    assert pack_of(phone, her)["assignments"] == []


def test_the_version_is_the_same_as_long_as_nothing_changes(make, phone, her):
    assignment = make.assignment(her)
    first = pack_of(phone, her)["version"]
    assert phone.ask(f"/sync/pack?since={first}").json == {"version": first}
    make.comment(make.report(assignment, month="2026-11", state="returned"))
    changed = phone.ask(f"/sync/pack?since={first}").json
    assert changed["version"] != first
    assert changed["assignments"]
    her.language = "sq"
    assert phone.ask("/sync/pack?since=nonsense%20%22").json["assignments"]


def told(length):
    """Macedonian of about so many characters."""
    text = ""
    while len(text) < length:
        text += (
            random.choice(WORDS) + random.choice(["", "та", "то", "та,", " на", " во", " не"]) + " "
        )
    return text.strip().capitalize() + "."


def reported(make, her, state):
    promise = make.promise(told(280), indicators=2, titles={"mk": told(70)}, language="mk")
    assignment = make.assignment(her, promise=promise)

    def said():
        texts = {"rating_reason": 200, "next_step": 60, "finding_1": 260, "finding_2": 260}
        return {name: told(length) for name, length in texts.items()}

    make.report(assignment, month="2026-10", state="approved", **said())
    entry = make.report(assignment, month="2026-11", state=state, **said())
    if state == "returned":
        for name in ("rating", "finding_1", ""):
            make.comment(entry, name, told(120))


def test_ten_assignments_are_below_50_kb_and_far_below_on_the_way(make, phone, her):
    """With all the places, topics and parties of a real country beside them."""
    random.seed(20261122)
    for number in range(84):
        region = "Polog" if number < 12 else "East"
        make.municipality(f"{random.choice(WORDS)} {number}", region=region)
    for number in range(50):
        make.party(code=f"MK-{number}", names={"mk": told(35)})
    for number in range(10):
        reported(make, her, "returned" if number < 5 else "submitted")
    plain = pack_of(phone, her)
    assert len(plain["assignments"]) == 10
    whole = phone.ask("/sync/pack").body
    sent = phone.ask("/sync/pack", Accept_Encoding="gzip")
    assert sent.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(sent.body))["version"] == plain["version"]
    assert len(sent.body) <= 20 * 1024
    assert len(whole) <= 50 * 1024


def test_more_assignments_cost_no_more_queries(make, phone, queries, her):
    reported(make, her, "returned")
    pack_of(phone, her)
    with queries.counted() as few:
        phone.ask("/sync/pack")
    for _ in range(9):
        reported(make, her, "returned")
    phone.ask("/sync/pack")
    with queries.at_most(len(few)):
        phone.ask("/sync/pack")
    assert len(few) <= 24
