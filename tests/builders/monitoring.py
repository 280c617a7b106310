"""The month: entries, their revisions, what proves them and what is said about them."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db, new_uid
from mobilizer.cycles.rules import Timeliness
from mobilizer.evidence.actions import keep, keep_photo, prepare
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.evidence.rules.uploads import MediaKind
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries import matrix_of
from mobilizer.monitoring.rules.answers import read
from mobilizer.monitoring.rules.matrix import MATRIX_VERSION
from mobilizer.monitoring.rules.revision import Content
from mobilizer.monitoring.rules.words import Step
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.promises.rules import Unit
from mobilizer.scoring.rules import Rating
from tests.builders.assignments import AssignmentBuilders
from tests.builders.base import month
from tests.evidence import films


class MonitoringBuilders(AssignmentBuilders):
    """What was filed."""

    def entry(
        self,
        assignment: Assignment | None = None,
        *,
        state: EntryState | str = EntryState.DRAFT,
        **given: Any,
    ) -> Entry:
        """An entry for the assignment's first month, without revisions."""
        assignment = assignment or self.assignment()
        filed_for: str | date = given.pop("month", assignment.first_month)
        return self._keep(
            Entry(
                assignment=assignment,
                month=month(filed_for),
                state=EntryState(state),
                created_at=clock.now(),
                **given,
            )
        )

    def evidence(self, entry: Entry, **given: Any) -> Evidence:
        """A link that proves an entry."""
        values: dict[str, Any] = {
            "kind": EvidenceKind.LINK,
            "address": f"https://news.example/{next(self.numbers)}",
            "indicators": [],
            "added_by_id": entry.assignment.mobilizer_id,
            "added_at": clock.now(),
        }
        evidence = self._keep(Evidence(entry_id=entry.id, **{**values, **given}))
        db.session.expire(entry, ["evidence"])
        return evidence

    def photo(self, entry: Entry, content: bytes | None = None, **given: Any) -> Evidence:
        """A photo that proves an entry, with its files."""
        picture = BytesIO()
        Image.effect_noise((400, 300), 50).convert("RGB").save(picture, "JPEG")
        media = keep_photo(content or picture.getvalue())
        return self.evidence(
            entry, kind=EvidenceKind.PHOTO, address="", media_sha256=media.sha256, **given
        )

    def clip(self, entry: Entry, content: bytes | None = None, **given: Any) -> Evidence:
        """A clip of ours that proves an entry, with its files."""
        media = keep(prepare(MediaKind.CLIP, content or films.film(size=(64, 48))))
        return self.evidence(
            entry, kind=EvidenceKind.VIDEO, address="", media_sha256=media.sha256, **given
        )

    def revision(
        self,
        entry: Entry,
        rating: Rating | str = Rating.IN_PROGRESS,
        *,
        kind: RevisionKind = RevisionKind.FULL,
        evidence: list[Evidence] | None = None,
        contradiction_reason: str = "",
        **answers: Any,
    ) -> Revision:
        """The next revision of an entry, complete, resting on all evidence of the entry."""
        content = Content(
            kind,
            {**self._answers(entry), "rating": str(rating), **answers},
            tuple(piece.id for piece in (entry.evidence if evidence is None else evidence)),
            contradiction_reason,
            {},
            MATRIX_VERSION,
        )
        entry.newest += 1
        entry.received_at = clock.now()
        salt = new_uid()
        return self._keep(
            Revision(
                entry=entry,
                number=entry.newest,
                kind=kind,
                rating=Rating(rating),
                answers=content.answers,
                contradiction_reason=contradiction_reason,
                matrix_version=content.matrix_version,
                salt=salt,
                sha256=content.sha256(salt),
                author=entry.assignment.mobilizer,
                received_at=clock.now(),
                evidence=list(entry.evidence if evidence is None else evidence),
            )
        )

    def report(
        self,
        assignment: Assignment | None = None,
        rating: Rating | str = Rating.IN_PROGRESS,
        *,
        state: EntryState | str = EntryState.SUBMITTED,
        **answers: Any,
    ) -> Entry:
        """An entry that came in on time: one full revision with a link; waiting for review."""
        month = {"month": answers.pop("month")} if "month" in answers else {}
        entry = self.entry(assignment, state=state, timeliness=Timeliness.ON_TIME, **month)
        self.evidence(entry)
        self.revision(entry, rating, **answers)
        return entry

    def comment(
        self,
        entry: Entry,
        field: str = "",
        text: str = "Who said so?",
        *,
        author: User | None = None,
        **given: Any,
    ) -> Comment:
        """What a mentor asks about the newest revision of an entry, or what another says."""
        revision = next(one for one in entry.revisions if one.number == entry.newest)
        given.setdefault("asks", author is None or author.id != entry.assignment.mobilizer_id)
        return self._keep(
            Comment(
                entry=entry,
                revision=revision,
                field=field,
                text=text,
                author=author or entry.assignment.mentor,
                said_at=clock.now(),
                **given,
            )
        )

    def _answers(self, entry: Entry) -> dict[str, Any]:
        """Answers to all that the entry's matrix asks."""
        said = "Words that say what was seen, where, when and by whom."
        typed: dict[str, Any] = {
            "rating": "in_progress",
            "rating_reason": said,
            "next_step": "Ask the ministry.",
            "info_public": "yes",
            "participation": "no",
            **{f"step_{step}": "yes" for step in Step},
        }
        for indicator in entry.assignment.promise.indicators:
            at = indicator.position
            value = "yes" if indicator.unit == Unit.YES_NO else "2"
            typed |= {f"value_{at}": value, f"light_{at}": "yellow", f"finding_{at}": said}
        return read(matrix_of(entry.assignment.promise), typed, clock.now().date()).answers
