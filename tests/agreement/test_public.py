"""What the public reads: a double-coded entry changes alpha."""

from mobilizer.accounts.models import User
from mobilizer.agreement.rules import commitment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.scoring.rules import Rating
from tests.builders import Builders
from tests.support.page import Page
from tests.support.queries import Queries
from tests.support.world import NOVEMBER

SAME = ("kept", "kept", "kept", "partly_kept", "partly_kept", "broken", "broken", "stalled",
        "in_progress")  # fmt: skip


def people(make: Builders) -> tuple[User, User, User]:
    own = make.mentor("Polog")
    return make.mobilizer("Polog", mentor=own), own, make.mentor("Vardar")


def nine_that_agree(make: Builders) -> tuple[User, User, User]:
    mobilizer, own, far = people(make)
    for rating in SAME:
        entry = make.odd_report(make.assignment(mobilizer, mentor=own), rating)
        make.second(entry, rating, by=far)
        make.decision(entry, "approve", by=own)
    return mobilizer, own, far


def test_a_double_coded_entry_changes_alpha_on_the_method_page(make: Builders, page: Page) -> None:
    mobilizer, own, far = nine_that_agree(make)
    assert "Not enough yet: 9 of 10 reports were rated twice." in page.get(
        "scorecards.method", lang="en"
    )

    entry = make.odd_report(make.assignment(mobilizer, mentor=own), "kept")
    look = make.drawn(entry)
    assert look is not None
    page.sign_in(far)
    page.get("agreement.show", look_id=look.id)
    page.post(
        "agreement.give",
        look_id=look.id,
        data={"rating": "broken", "reason": "The photo shows an empty field."},
    )
    assert "9 of 10" in page.get("scorecards.method", lang="en"), "the other is not in yet"
    page.sign_in(own)
    page.get("review.show", entry_id=entry.id)
    page.post("review.decide", entry_id=entry.id, data={"verdict": "approve"})
    page.sign_out()

    shown = page.get("scorecards.method", lang="en")
    assert "95 % interval from" in shown
    assert "10 reports were rated twice; 9 of them the same" in shown
    told = page.get("api.agreement").json
    kept, broken = told["scale"].index("kept"), told["scale"].index("broken")
    assert told["pairs"] == 10
    assert 0 < told["alpha"] < 0.9
    assert f"Krippendorff's alpha (ordinal): {told['alpha']:.2f} " in shown
    assert told["table"][kept][broken] == 1
    assert told["interval"][0] < told["alpha"] <= told["interval"][1]
    for language in ("sq", "mk", "sr"):
        assert "Krippendorff" in page.get("scorecards.method", lang=language)


def test_what_was_returned_imported_or_decided_by_herself_makes_no_pair(
    make: Builders, page: Page
) -> None:
    mobilizer, own, far = nine_that_agree(make)
    returned = make.odd_report(make.assignment(mobilizer, mentor=own), "kept")
    make.second(returned, "kept", by=far)
    make.decision(returned, "return", by=own)
    herself = make.odd_report(make.assignment(mobilizer, mentor=own), "kept")
    make.second(herself, "kept", by=far)
    make.posting(far, "mentor", "Polog")
    make.decision(herself, "approve", by=far)

    assert page.get("api.agreement").json["pairs"] == 9


def test_a_pair_whose_finding_was_corrected_is_left_out_and_that_is_said(
    make: Builders, page: Page
) -> None:
    nine_that_agree(make)
    assert "Left out too" not in page.get("scorecards.method", lang="en")
    wrong = make._first(Finding)

    make.finding(wrong.promise, Rating.STALLED, place=wrong.place, corrects=wrong.number)

    told = page.get("api.agreement").json
    assert (told["pairs"], told["corrected"]) == (8, 1)
    assert "Left out too is 1 report" in page.get("scorecards.method", lang="en")


def test_the_method_page_says_when_a_second_mentor_could_look_it_up(
    make: Builders, page: Page
) -> None:
    cycle = make.the_cycle()
    assert "What is approved is public at once" in page.get("scorecards.method", lang="en")

    cycle.reply_days = 10
    db.session.commit()

    shown = page.get("scorecards.method", lang="en")
    assert "public once those who are asked could reply" in shown
    assert "What is approved is public at once" not in shown


def test_pairs_of_another_cycle_do_not_count(make: Builders, page: Page) -> None:
    nine_that_agree(make)
    other = make.cycle("other")

    assert page.get("api.agreement", cycle=other.code).json["pairs"] == 0
    page.get("/api/v1/agreement?cycle=none", expect=404)


def test_the_seed_is_told_only_after_the_cycle(make: Builders, page: Page) -> None:
    cycle = make.the_cycle()
    seed = cycle.drawing_seed
    during = page.get("scorecards.method", lang="en")
    assert seed not in during.source
    assert commitment(seed) in during
    assert page.get("api.agreement").json["seed"] is None

    with clock.at(NOVEMBER.replace(year=2028)):
        assert seed in page.get("scorecards.method", lang="en")
        assert page.get("api.agreement").json["seed"] == seed


def test_every_cycle_has_a_seed_of_its_own(make: Builders) -> None:
    seeds = {make.cycle(f"cycle-{letter}").drawing_seed for letter in "abc"}

    assert len(seeds) == 3
    assert {len(seed) for seed in seeds} == {64}


def test_no_person_and_no_region_is_told(make: Builders, page: Page) -> None:
    mobilizer, own, far = nine_that_agree(make)
    entry = make.odd_report(make.assignment(mobilizer, mentor=own), Rating.KEPT)
    make.second(entry, "broken", by=far)
    make.decision(entry, "approve", by=own)

    shown = page.get("scorecards.method", lang="en").source + str(page.get("api.agreement").json)
    named = [name for one in (mobilizer, own, far) for name in (one.full_name, one.alias)]
    assert [
        word for word in (*named, "Vardar", "Polog", "The photo shows it") if word in shown
    ] == []


def test_the_method_page_costs_three_questions_more(
    make: Builders, page: Page, queries: Queries
) -> None:
    nine_that_agree(make)
    db.session.commit()

    with queries.at_most(3 + 1 + 2):  # The cycle; the front's number and days.
        page.get("scorecards.method", lang="en")


def test_the_share_is_a_setting_of_the_cycle(make: Builders, page: Page) -> None:
    cycle: Cycle = make.cycle(second_share=25)

    assert "25 %" in page.get("scorecards.method", lang="en", cycle=cycle.code)
