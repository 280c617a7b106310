"""The whole story, from the setting up to the eve of today. The caller commits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.board.actions import Asked, hand_over
from mobilizer.core import clock, seed
from mobilizer.core.database import db
from mobilizer.cycles.actions import extend
from mobilizer.cycles.models import Cycle
from mobilizer.demo.actions.agreeing import second_looks
from mobilizer.demo.actions.correcting import corrections
from mobilizer.demo.actions.ground import ZONE, Stage, moment, set_up
from mobilizer.demo.actions.holding import held_back, wait_on
from mobilizer.demo.actions.promising import Promising, Watched, promise_all
from mobilizer.demo.actions.replying import replies
from mobilizer.demo.actions.reporting import Reporting
from mobilizer.demo.rules.courses import Course, Fate
from mobilizer.demo.rules.story import PARTS, PromiseTold, Story, read_story
from mobilizer.demo.rules.timetable import steps
from mobilizer.jobs.actions import call_off
from mobilizer.mentoring.actions import note, take_step
from mobilizer.mentoring.queries import mobilizers_of
from mobilizer.mentoring.rules import Noted
from mobilizer.people.actions import name_stand_in

#: What still happens at a moment.
Agenda = list[tuple[datetime, Callable[[], object]]]


def whole_story() -> Story:
    """The story as its files in the seed tell it."""
    folder = seed.folder() / "demonstration"
    return read_story({name: (folder / f"{name}.toml").read_text("utf-8") for name in PARTS})


def tell(password_hash: str, story: Story | None = None) -> Cycle:
    """Make the demonstration: on the same day it is the same.

    Args:
        password_hash: of the one password that opens all its accounts.
        story: in place of the whole one.
    """
    stage = set_up(story or whole_story(), password_hash, clock.today(ZONE))
    promising, watched = promise_all(stage)
    reporting = Reporting(stage, {one.watch.key: one for one in watched})
    agenda: Agenda = [
        *_still_to_publish(stage, promising),
        *_extensions(stage),
        *_absence(stage),
        *_handing_over(stage, watched),
        *replies(stage),
        *held_back(stage),
        *corrections(stage),
        *_meetings(stage),
    ]
    every = steps([one.watch for one in watched], stage.today, ZONE)
    agenda += second_looks(stage)
    agenda += [(step.at, partial(reporting.take, step)) for step in every]
    for at, happen in sorted(agenda, key=lambda one: one[0]):
        with clock.at(at):
            happen()
    call_off()  # It is only a story: nobody is told of it.
    wait_on(stage)
    return stage.cycle


def _still_to_publish(stage: Stage, promising: Promising) -> Agenda:
    """Promises of the last weeks: one is checked, the others wait for their check."""

    def happen(told: PromiseTold) -> None:
        promise = promising.log(told)
        if told.fate == "checked":
            promising.check(promise, told)

    late = [told for told in stage.story.promises if told.fate in ("checked", "draft")]
    days = [stage.today - timedelta(days=14 - 4 * at) for at in range(len(late))]
    return [(moment(day), partial(happen, told)) for day, told in zip(days, late, strict=True)]


def _handing_over(stage: Stage, watched: list[Watched]) -> Agenda:
    """One promise passes to another mobilizer of its region, who has reported on it since."""
    month = stage.months[-3]

    def happen(one: Watched) -> None:
        held = one.assignment
        others = [
            person
            for person in stage.mobilizers(held.region.code)
            if person.id != held.mobilizer_id
        ]
        reason = stage.story.phrases[held.mobilizer.language]["hand_over"]
        asked = Asked(held.id, others[0].id, month, reason)
        one.heir = hand_over(asked, by=stage.coordinator()).begun

    passing = [one for one in watched if _can_pass(one.watch.course)]
    return [(moment(month + timedelta(days=1)), partial(happen, one)) for one in passing[:1]]


def _can_pass(course: Course) -> bool:
    """Whether the month before was approved in time, and the next ones are reported on."""
    *_, before, first, second, _ = course.months
    is_settled = before is not None and before.fate is Fate.APPROVED
    return is_settled and first is not None and second is not None


def _extensions(stage: Stage) -> Agenda:
    """One mobilizer is given more time for the month before last."""
    month = stage.months[-3]
    mobilizer = stage.mobilizers("MK005")[0]
    reason = stage.story.phrases[mobilizer.language]["extension"]
    until: date = stage.months[-2] + timedelta(days=9)
    give = partial(extend, stage.cycle, mobilizer, month, until, reason, by=stage.coordinator())
    return [(moment(month + timedelta(days=23)), give)]


def _absence(stage: Stage) -> Agenda:
    """One mentor is away until the days to come: the first one stands in, and decides for her."""
    absent, first = stage.mentor("MK006"), stage.months[-2] + timedelta(days=9)
    stand_in = stage.people[stage.story.of(Role.MENTOR)[0]]
    last = stage.today + timedelta(days=5)

    def happen() -> None:
        (posting,) = absent.current_postings
        name_stand_in(posting, stand_in, first, last, stage.cycle, by=stage.coordinator())

    return [(moment(first - timedelta(days=1)), happen)]


def _meetings(stage: Stage) -> Agenda:
    """A mentor has met two of her mobilizers: one meeting is shared, one step is still open."""

    def happen(mobilizer: User, mentor: User, day: date, *, is_shared: bool) -> None:
        said = stage.story.phrases[mentor.language]
        posting = next(one for one in mobilizers_of(mentor) if one.user_id == mobilizer.id)
        noted = Noted(
            met_on=day,
            minutes=40,
            subject=said["meeting_subject"],
            advice=said["meeting_advice"],
            next_step=said["meeting_step"],
            next_step_on=day + timedelta(days=10),
            is_shared=is_shared,
        )
        meeting = note(posting.id, noted, by=mentor)
        if not is_shared:
            db.session.flush()
            take_step(meeting.id, is_taken=True, by=mentor)

    mentor = stage.mentor("MK005")
    days = [stage.today - timedelta(days=ago) for ago in (20, 6)]
    return [
        (moment(day, 30), partial(happen, mobilizer, mentor, day, is_shared=day == days[1]))
        for mobilizer, day in zip(stage.mobilizers("MK005"), days, strict=False)
    ]
