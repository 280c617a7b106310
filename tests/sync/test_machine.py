"""Reports, files, receipts and foreign names in random order, beside a small model: no divergence.

What the model knows: which bytes came in under which name and number, to which month they went,
and how far each file has come. All that the server answers must follow from that.
"""

import hashlib
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.evidence.models import Upload
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.sync.models import Receipt
from tests.builders import Builders
from tests.evidence import pictures
from tests.support.page import Page
from tests.support.world import NOVEMBER
from tests.sync.phone import Phone, photo, report, uid

CONTENT = pictures.jpeg((64, 48))
#: Every file comes in three pieces.
PIECE = len(CONTENT) // 3 + 1
WHO = ("one", "other")
MONTHS = ("2026-10", "2026-11")
HEADERS = {"Tus_Resumable": "1.0.0", "Content_Type": "application/offset+octet-stream"}


@dataclass
class File:
    """A file that was announced, as the model knows it."""

    owner: str
    right: bool
    received: bytes = b""
    state: str = "open"


@dataclass
class Model:
    """What must be there."""

    #: (who, name, number) → the hash that came in, and the month it went to.
    taken: dict[tuple[str, str, int], tuple[str, Any]] = field(default_factory=dict)
    #: name → whose entry has it.
    entries: dict[str, str] = field(default_factory=dict)
    months: dict[tuple[str, Any], str] = field(default_factory=dict)
    #: the months' newest content: what says the same makes no further revision.
    newest: dict[tuple[str, Any], Any] = field(default_factory=dict)
    revisions: int = 0
    files: dict[str, File] = field(default_factory=dict)

    def expected(self, who: str, name: str, number: int, sha256: str, place: Any) -> int:
        """The status that must come back for a report that is right in itself."""
        if (known := self.taken.get((who, name, number))) is not None:
            return 200 if known[0] == sha256 else 409
        others = [key for key in self.taken if key[:2] == (who, name)]
        if any(key[2] > number for key in others):
            return 409
        owner = self.entries.get(name)
        if owner is not None and self.months.get((who, place)) != name:
            return 404 if owner != who else 409
        if any(self.taken[key][1] != place for key in others):
            return 409
        return 201


class Phones(RuleBasedStateMachine):
    """Two people's phones, on an application whose database they fill and never empty."""

    app: Any = None
    numbers = count()

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(self.app.app_context())
        self.stack.enter_context(clock.at(NOVEMBER))
        self.model = Model()
        make = Builders()
        make.numbers = count(next(self.numbers) * 1000 + 1)
        self.people = {who: make.mobilizer() for who in WHO}
        self.assignments = {who: make.assignment(self.people[who]).id for who in WHO}
        self.phones = {who: Phone(Page(self.app)) for who in WHO}
        for who in WHO:
            self.phones[who].sign_in(self.people[who])
        self.user_ids = {who: self.people[who].id for who in WHO}
        self.names = [uid() for _ in range(3)]
        self.photos: dict[Any, Any] = {}

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            db.session.remove()
            self.stack.close()

    def send(self, who: str, name: str, number: int, place: Any, content: Any) -> None:
        """Send a report, and see that the answer is the model's."""
        body = json.dumps(content).encode()
        sha256 = hashlib.sha256(body).hexdigest()
        status = self.model.expected(who, name, number, sha256, place)
        answer = self.phones[who].put(body, status, entry=name, number=number)
        if status == 201:
            self.note(who, name, number, place, sha256, content)
        if status in (200, 201):
            assert answer.json["sha256"] == sha256
            assert answer.json["entry"]["id"] == self.model.months[who, place]
        elif status == 409:
            assert answer.json["error"] == "conflict"

    def note(self, who: str, name: str, number: int, place: Any, sha256: str, content: Any) -> None:
        model = self.model
        model.taken[who, name, number] = sha256, place
        if (who, place) not in model.months:
            model.months[who, place] = name
            model.entries[name] = who
        evidence = frozenset(piece["id"] for piece in content["evidence"])
        says = content["fields"]["value_1"], evidence
        model.revisions += model.newest.get((who, place)) != says
        model.newest[who, place] = says
        for piece in content["evidence"]:
            media = piece["media"]
            right = media["sha256"] == hashlib.sha256(CONTENT).hexdigest()
            model.files.setdefault(media["id"], File(who, right))

    @rule(
        who=st.sampled_from(WHO),
        name=st.integers(0, 2),
        number=st.integers(1, 3),
        month=st.sampled_from(MONTHS),
        value=st.sampled_from("23"),
    )
    def report(self, who: str, name: int, number: int, month: str, value: str) -> None:
        """A report under any name; its evidence is the photo of its month."""
        self.send(who, self.names[name], number, month, self.written(who, month, value))

    @precondition(lambda self: self.model.taken)
    @rule(
        data=st.data(),
        more=st.integers(-1, 1),
        value=st.sampled_from("23"),
        moves=st.sampled_from([False, False, False, True]),
    )
    def report_again(self, data: Any, more: int, value: str, moves: bool) -> None:
        """A report under a name that is known: the same, or something else."""
        who, name, number = data.draw(st.sampled_from(sorted(self.model.taken)))
        month = self.model.taken[who, name, number][1]
        if moves:
            month = MONTHS[1 - MONTHS.index(month)]
        content = self.written(who, month, value)
        self.send(who, name, max(1, number + more), month, content)

    def written(self, who: str, month: str, value: str) -> Any:
        content = report(SimpleNamespace(id=self.assignments[who]), month=month)
        fields = {**content["fields"], "value_1": value}
        return {**content, "fields": fields, "evidence": [self.photo_of(who, month)]}

    def photo_of(self, who: str, place: Any) -> Any:
        """The photo of a month: of every second one another file comes than was announced."""
        wrong = CONTENT[:-1] + b"x"
        other = place == MONTHS[0]
        return self.photos.setdefault((who, place), photo(wrong if other else CONTENT))

    @rule(who=st.sampled_from(WHO), name=st.integers(0, 2), number=st.integers(1, 3))
    def foreign(self, who: str, name: int, number: int) -> None:
        """A report for the other's assignment: never taken, whatever its name."""
        other = WHO[1 - WHO.index(who)]
        content = report(SimpleNamespace(id=self.assignments[other]))
        known = {key[2] for key in self.model.taken if key[:2] == (who, self.names[name])}
        status = 409 if any(had >= number for had in known) else 404
        self.phones[who].put(content, status, entry=self.names[name], number=number)

    @rule(who=st.sampled_from(WHO), body=st.binary(max_size=40))
    def nonsense(self, who: str, body: bytes) -> None:
        """What is no report is refused, under a name that is free."""
        self.phones[who].put(body, 400, entry=uid(), number=1)

    @rule(
        who=st.sampled_from(WHO),
        data=st.data(),
        at=st.integers(0, 4),
        length=st.sampled_from([1, PIECE, 2 * PIECE]),
    )
    def piece(self, who: str, data: Any, at: int, length: int) -> None:
        """Any part of any file, to any offset, from anybody."""
        names = sorted(self.model.files) or [uid()]
        name = data.draw(st.sampled_from(names))
        offset = min(at * PIECE, len(CONTENT) + 5)
        content = (CONTENT + b"beyond")[offset : offset + length]
        file = self.model.files.get(name)
        status = self.expected_of(file, who, offset, content)
        said = {**HEADERS, "Upload_Offset": str(offset)}
        answer = self.phones[who].send(
            f"/sync/media/{name}", content, status, method="PATCH", **said
        )
        if status == 204 and file is not None:
            assert answer.headers["Upload-Offset"] == str(len(file.received))

    @rule(who=st.sampled_from(WHO), data=st.data())
    def next_piece(self, who: str, data: Any) -> None:
        """The piece that follows, as a phone sends it."""
        open_ones = [
            name
            for name, file in sorted(self.model.files.items())
            if file.owner == who and file.state == "open"
        ]
        if not open_ones:
            return
        name = data.draw(st.sampled_from(open_ones))
        file = self.model.files[name]
        offset = len(file.received)
        content = CONTENT[offset : offset + PIECE]
        status = self.expected_of(file, who, offset, content)
        said = {**HEADERS, "Upload_Offset": str(offset)}
        self.phones[who].send(f"/sync/media/{name}", content, status, method="PATCH", **said)

    def expected_of(self, file: File | None, who: str, offset: int, content: bytes) -> int:
        """The status of a piece; the model has it then."""
        if file is None or file.owner != who:
            return 404
        ends = offset + len(content)
        if file.state == "complete":
            return 413 if ends > len(CONTENT) else 204
        if offset != len(file.received):
            return 409
        if ends > len(CONTENT):
            return 413
        file.received += content
        if len(file.received) < len(CONTENT):
            return 204
        if file.right:
            file.state = "complete"
            return 204
        file.received = b""
        return 460

    @rule(who=st.sampled_from(WHO))
    def receipts(self, who: str) -> None:
        """Exactly hers, each with its hash and with how far the files have come."""
        told = self.phones[who].ask("/sync/receipts").json["receipts"]
        found = {(who, one["uid"], one["number"]): one["sha256"] for one in told}
        mine = {key: had[0] for key, had in self.model.taken.items() if key[0] == who}
        assert found == mine
        for media in (media for one in told for media in one["media"]):
            file = self.model.files[media["id"]]
            assert (media["state"], media["received"]) == (file.state, len(file.received))

    @invariant()
    def there_is_no_more_and_no_less_than_came_in(self) -> None:
        if not hasattr(self, "user_ids"):
            return
        hers = list(self.user_ids.values())
        db.session.rollback()
        of = db.session.scalar

        def number(model: Any, *where: Any) -> Any:
            return of(db.select(db.func.count()).select_from(model).where(*where))

        assert number(Receipt, Receipt.user_id.in_(hers)) == len(self.model.taken)
        assert number(Revision, Revision.author_id.in_(hers)) == self.model.revisions
        mine = self.assignments.values()
        assert number(Entry, Entry.assignment_id.in_(mine)) == len(self.model.months)
        assert number(Upload, Upload.id.in_(self.model.files)) == len(self.model.files)


@pytest.mark.parametrize("examples", [30])
def test_whatever_phones_send_the_server_is_what_the_model_is(app, examples):
    case = type("Here", (Phones,), {"app": app}).TestCase
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=25,
        phases=(Phase.generate,),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    case("runTest").runTest()
