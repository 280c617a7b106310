"""One assignment passes from hand to hand."""

import pytest

from mobilizer.assignments.queries import due
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.monitoring import actions as monitoring
from mobilizer.monitoring.queries import before, months_of, report
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.workflow import EntryState
from tests.builders import month


def test_the_old_one_ends_in_the_month_before_and_the_new_one_goes_on(programme):
    made = programme.hand_over("2026-12")

    assert programme.spans() == [("Mila", "26-09", "26-11"), ("Vesa", "26-12", "27-08")]
    assert (made.ended_id, made.was_until) == (programme.held.id, month("2027-08"))
    assert made.begun.mentor_id == programme.mentor.id
    [step] = programme.log()
    assert step.by_id == programme.cora.id
    assert "Skopje" not in str(step.details), "the reason is for the desk alone"


def test_each_month_is_expected_of_exactly_one(programme):
    programme.hand_over("2026-12")

    for one, theirs in (("2026-11", programme.mila), ("2026-12", programme.vesa)):
        owing = [
            who
            for who in (programme.mila, programme.vesa)
            if db.session.scalar(due(who, month(one)))
        ]
        assert owing == [theirs]


def test_the_same_again_changes_nothing(programme):
    assert programme.hand_over().id == programme.hand_over().id
    assert len(programme.spans()) == 2
    assert len(programme.log()) == 1


def test_to_somebody_else_meanwhile_it_is_refused_and_says_to_whom(programme, make):
    programme.hand_over()
    other = programme.mobilizer(make, "Nora N.")

    with pytest.raises(RuleBroken, match="already") as broken:
        programme.hand_over(to=other)

    assert broken.value.params["name"] == "Vesa V."


def test_from_the_present_month_on_nothing_is_left_to_the_old_one_that_has_just_begun(
    programme, make
):
    promise = make.promise(cycle=programme.cycle, places=[programme.tetovo])
    fresh = make.assignment(programme.mila, promise=promise, first_month="2026-11")

    programme.hand_over("2026-11", held=fresh)

    assert fresh.withdrawn_at == clock.now()
    assert fresh not in db.session.scalars(due(programme.mila, month("2026-11"))).all()


def typed(make, programme):
    entry = make.entry(programme.held, month="2026-11")
    entry.draft = Draft({"rating": "kept"}).as_data


def sent(make, programme):
    make.report(programme.held, month="2026-11")


@pytest.mark.parametrize("begin", [typed, sent])
def test_a_month_she_has_begun_stays_hers(programme, make, begin):
    begin(make, programme)

    with pytest.raises(RuleBroken, match="begun or filed") as broken:
        programme.hand_over("2026-11")

    told = {name: str(month) for name, month in broken.value.params.items()}
    assert told == {"month": "2026-11", "first": "2026-12"}
    programme.hand_over("2026-12")


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_month_she_only_looked_at_or_took_back_can_pass_on(programme, make, state):
    make.entry(programme.held, month="2026-11", state=state)

    programme.hand_over("2026-11")

    assert programme.spans()[1] == ("Vesa", "26-11", "27-08")


@pytest.mark.parametrize("who", ["herself", "mentor", "ended", "closed"])
def test_only_a_mobilizer_of_the_cycle_takes_over(programme, who):
    person = {"herself": programme.mila, "mentor": programme.mentor}.get(who, programme.vesa)
    if who == "ended":
        programme.vesa.postings[0].ended_at = clock.now()
    if who == "closed":
        programme.vesa.deactivated_at = clock.now()

    with pytest.raises(RuleBroken) as broken:
        programme.hand_over(to=person)

    assert broken.value.field == "mobilizer"
    assert len(programme.spans()) == 1


def test_who_has_no_mentor_yet_keeps_the_one_the_promise_had(programme):
    programme.vesa.postings[0].mentor_id = None

    assert programme.hand_over().begun.mentor_id == programme.mentor.id


def test_who_follows_it_there_already_does_not_take_it_over(programme, make):
    make.assignment(
        programme.vesa, promise=programme.promise, place=programme.tetovo, first_month="2027-01"
    )
    with pytest.raises(RuleBroken, match="already has"):
        programme.hand_over()


def test_handing_it_back_restores_whose_it_is(programme):
    made = programme.hand_over()

    programme.hand_over(held=made.begun, to=programme.mila)

    assert programme.spans() == [
        ("Mila", "26-09", "26-11"),
        ("Vesa", "26-12", "26-11"),
        ("Mila", "26-12", "27-08"),
    ]


def test_somebody_can_come_between(programme, make):
    programme.hand_over("2027-02")
    nora = programme.mobilizer(make, "Nora N.")

    programme.hand_over("2026-12", to=nora)

    assert programme.spans() == [
        ("Mila", "26-09", "26-11"),
        ("Nora", "26-12", "27-01"),
        ("Vesa", "27-02", "27-08"),
    ]
    later, between = programme.handovers()
    assert later.ended_id == between.begun_id, "Vesa goes on from Nora"


# --- what the new one sees


def test_last_month_is_what_was_approved_and_nothing_else(programme, make):
    shown = make.report(programme.held, "stalled", month="2026-09", state="approved")
    make.report(programme.held, "kept", month="2026-10", state="submitted")
    begun = programme.hand_over("2026-11").begun

    found = before(begun.id, month("2026-11"))

    assert found.entry_id == shown.id
    [task] = next(one for one in months_of(programme.vesa).now).tasks
    assert task.before.entry_id == shown.id
    assert task.entry is None


def test_her_own_report_counts_as_soon_as_it_is_sent(programme, make):
    make.report(programme.held, "stalled", month="2026-10", state="approved")
    begun = programme.hand_over("2026-11").begun
    own = make.report(begun, "kept", month="2026-11", state="submitted")

    assert before(begun.id, month("2026-12")).entry_id == own.id


def test_notes_and_drafts_of_the_old_one_are_not_passed_on(programme, make):
    note = "My cousin works there."
    make.report(programme.held, month="2026-10", state="approved", note_mentor=note)
    begun = programme.hand_over("2026-11").begun

    filled = report(programme.vesa, begun.id, month("2026-11"))

    assert filled.is_taken_over
    assert filled.draft.fields["rating_reason"]
    assert note not in str(filled.draft.fields)


def test_same_as_last_month_goes_on_from_hers(programme, make):
    make.report(programme.held, month="2026-10", state="approved")
    begun = programme.hand_over("2026-11").begun
    entry = monitoring.start(begun, month("2026-11"), by=programme.vesa)

    revision = monitoring.submit_no_change(
        entry, tried="I asked again at the town hall and looked at the road.", by=programme.vesa
    )

    assert (revision.rating, revision.author_id) == ("in_progress", programme.vesa.id)


def test_what_was_filed_stays_with_its_author(programme, make):
    filed = make.report(programme.held, month="2026-10", state="returned")
    programme.hand_over()

    assert [task.entry.id for task in months_of(programme.mila).returned] == [filed.id]
    assert months_of(programme.vesa).returned == []


def test_what_her_phone_sends_for_a_month_that_passed_on_is_not_lost(programme, make):
    programme.hand_over("2026-11")

    entry = monitoring.start(programme.held, month("2026-11"), by=programme.mila)
    monitoring.submit_not_found_out(
        entry,
        because="no_access",
        tried="The office was shut the whole week, I rang twice.",
        by=programme.mila,
    )

    assert (entry.is_quarantined, entry.state) == (True, EntryState.SUBMITTED)
