"""The months: reports are typed, sent, returned, mended and approved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from mobilizer.accounts.models import User
from mobilizer.accounts.queries import stand_ins_of
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.demo.actions.ground import Stage
from mobilizer.demo.actions.promising import Watched
from mobilizer.demo.rules.answers import Telling, because, typed
from mobilizer.demo.rules.asking import asked, has_photo
from mobilizer.demo.rules.courses import ODD, Fate
from mobilizer.demo.rules.scenes import drawn
from mobilizer.demo.rules.story import chance
from mobilizer.demo.rules.timetable import Do, Step
from mobilizer.evidence.actions import add_link, add_media, add_request, keep_photo
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.rules.details import Details, Origin
from mobilizer.monitoring import actions as monitoring
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.queries import newest_of
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.review import actions as review
from mobilizer.review.rules import WHOLE, Ruling, Verdict
from mobilizer.scoring.rules import Rating

#: How long it takes to write a report.
TYPING = timedelta(minutes=10)
#: How many different scenes there are of a topic.
SCENES = 4
#: No video is there: YouTube's identifiers never end in "e", Vimeo's have not come this far.
VIDEOS = (
    "https://www.youtube.com/watch?v=DEMO{n:02}-none",
    "https://vimeo.com/9999999999{n:02}",
    "https://video.example/demonstration-{n:02}.mp4",
)


@dataclass
class Reporting:
    """Takes the steps of the timetable."""

    stage: Stage
    watched: dict[str, Watched]
    entries: dict[tuple[str, int], Entry] = field(default_factory=dict)
    scenes: dict[tuple[str, int], Media] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Take one step, at its time."""
        with clock.at(step.at):
            STEPS[step.do](self, step)

    def type(self, step: Step) -> None:
        """Half a report, kept on the way."""
        entry, author = self._start(step)
        whole = typed(self._telling(step))
        half = {name: whole[name] for name in list(whole)[: len(whole) // 2]}
        monitoring.save_draft(entry, Draft(half), knew="0.0", by=author)

    def send(self, step: Step) -> None:
        """A report, full or short."""
        entry, author = self._start(step)
        telling = self._telling(step)
        if step.told.kind is RevisionKind.NO_CHANGE:
            tried = telling.pick(telling.phrases["same"])
            monitoring.submit_no_change(entry, tried=tried, by=author)
        elif step.told.kind is RevisionKind.NOT_FOUND_OUT:
            monitoring.submit_not_found_out(entry, because=because(telling.key), by=author)
        else:
            monitoring.submit(entry, self._full(entry, telling, author), by=author)

    def mend(self, step: Step) -> None:
        """The same report again: one field changed, one comment answered."""
        entry, phrases = self._entry(step), self._telling(step).phrases
        newest = self._newest(entry)
        fields = {
            **newest.answers,
            "finding_1": f"{newest.answers['finding_1']} {phrases['mended']}",
        }
        sent = Sent(
            fields=fields,
            evidence=tuple(piece.id for piece in newest.evidence),
            replies={EVIDENCE: phrases["reply_evidence"]},
        )
        monitoring.submit(entry, sent, by=newest.author)

    def withdraw(self, step: Step) -> None:
        """Its author takes a report back."""
        entry = self._entry(step)
        monitoring.withdraw(entry, by=entry.assignment.mobilizer)

    def let_in(self, step: Step) -> None:
        """A coordinator lets in what came after the close."""
        review.release(self._entry(step).id, by=self.stage.coordinator())

    def approve(self, step: Step) -> None:
        """The mentor approves, which publishes."""
        self._decide(step, Verdict.APPROVE)

    def send_back(self, step: Step) -> None:
        """The mentor asks for changes."""
        phrases = self._telling(step).phrases
        comments = {
            WHOLE: phrases["praise"],
            "finding_1": phrases["ask_finding"],
            EVIDENCE: phrases["ask_evidence"],
        }
        self._decide(step, Verdict.RETURN, comments)

    def reject(self, step: Step) -> None:
        """The mentor rejects, and says why."""
        self._decide(step, Verdict.REJECT, {WHOLE: self._telling(step).phrases["rejection"]})

    def _decide(self, step: Step, verdict: Verdict, comments: dict[str, str] | None = None) -> None:
        entry = self._entry(step)
        newest = self._newest(entry)
        ruling = Ruling(verdict, newest.number, newest.sha256, comments or {})
        review.decide(entry.id, ruling, by=self._decider(entry.assignment))

    def _decider(self, assignment: Assignment) -> User:
        """Her mentor; whoever stands in where she is away."""
        standing_in = stand_ins_of([assignment.mentor_id], assignment.cycle_id)
        named = db.session.scalars(standing_in.limit(1)).first()
        return db.session.get_one(User, named) if named else assignment.mentor

    # --- what is said

    def _telling(self, step: Step) -> Telling:
        watched = self.watched[step.key]
        phrases = self.stage.story.phrases[self._assignment(step).mobilizer.language]
        key = f"{step.key} {step.month}"
        return Telling(watched.told, step.told, step.month, key, step.at.date(), phrases)

    def _full(self, entry: Entry, telling: Telling, author: User) -> Sent:
        fields = typed(telling)
        if telling.told.fate is Fate.LATE:
            fields["note_mentor"] = telling.phrases["late"]
        is_odd = telling.told.fate in ODD
        return Sent(
            fields=fields,
            evidence=tuple(piece.id for piece in self._evidence(entry, telling, author)),
            contradiction_reason=telling.phrases["contradiction"] if is_odd else "",
        )

    def _evidence(self, entry: Entry, telling: Telling, author: User) -> list[Evidence]:
        """One to three pieces, added one after the other; none where there are no data."""
        if telling.told.rating is Rating.CANNOT_BE_RATED:
            return []
        pieces = []
        for at, add in enumerate(self._adding(entry, telling, author)):
            with clock.at(clock.now() - TYPING + timedelta(minutes=at + 1)):
                pieces.append(add())
        db.session.flush()
        return pieces

    def _adding(
        self, entry: Entry, telling: Telling, author: User
    ) -> Iterator[Callable[[], Evidence]]:
        key, phrases = telling.key, telling.phrases
        n = chance(key, 100)
        today = clock.today(self.stage.cycle.time_zone)
        paper = Details(phrases["link"], Origin.DOCUMENT, today)
        link = f"https://records.example/{entry.month:%Y-%m}/{n}"
        yield partial(add_link, entry.id, link, paper, by=author)
        if chance(f"{key} video", 3) == 0:
            video = VIDEOS[chance(f"{key} where", len(VIDEOS))].format(n=n)
            filmed = Details(phrases["video"], Origin.VISIT, today)
            yield partial(add_link, entry.id, video, filmed, by=author)
        request = asked(key, telling.told.rating, telling.day)
        if has_photo(key):
            scene = self._scene(telling.promise.topic, chance(key, SCENES))
            taken = Details(phrases["photo"], Origin.VISIT, today, has_consent=True)
            yield partial(add_media, entry.id, scene, taken, by=author)
        elif request.sent_on:
            number = f"DEMO-{n:02}/{request.sent_on.year}"
            answer = Details("", Origin.ANSWER, request.answered_on)
            yield partial(add_request, entry.id, number, answer, by=author)

    def _scene(self, topic: str, variant: int) -> Media:
        if (topic, variant) not in self.scenes:
            self.scenes[topic, variant] = keep_photo(drawn(topic, variant))
        return self.scenes[topic, variant]

    # --- what it is said in

    def _start(self, step: Step) -> tuple[Entry, User]:
        assignment = self._assignment(step)
        author, month = assignment.mobilizer, self.stage.months[step.month]
        name = f"{self.stage.cycle.code} {step.key} {month}"
        # As a phone would name it, and the same in every telling.
        uid = str(UUID(bytes=sha256(name.encode()).digest()[:16], version=4))
        with clock.at(step.at - TYPING):
            entry = monitoring.start(assignment, month, by=author, uid=uid)
        self.entries[step.key, step.month] = entry
        return entry, author

    def _assignment(self, step: Step) -> Assignment:
        return self.watched[step.key].held_in(self.stage.months[step.month])

    def _entry(self, step: Step) -> Entry:
        return self.entries[step.key, step.month]

    def _newest(self, entry: Entry) -> Revision:
        newest = newest_of(entry)
        assert newest is not None  # noqa: S101  # what is decided on has been sent
        return newest


STEPS: dict[Do, Callable[[Reporting, Step], None]] = {
    Do.TYPE: Reporting.type,
    Do.SEND: Reporting.send,
    Do.WITHDRAW: Reporting.withdraw,
    Do.RETURN: Reporting.send_back,
    Do.MEND: Reporting.mend,
    Do.REJECT: Reporting.reject,
    Do.LET_IN: Reporting.let_in,
    Do.APPROVE: Reporting.approve,
}
