"""A phone as the server knows it: what it sends, with its names, its token and its clock."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from tests.monitoring.answers import LONG
from tests.support.answers import Answer
from tests.support.page import Page, apart

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def uid() -> str:
    return str(uuid4())


def link(address: str = VIDEO, **details: Any) -> dict[str, Any]:
    """A link as evidence."""
    return {"id": uid(), "kind": "link", "address": address, "details": details}


def photo(content: bytes, **details: Any) -> dict[str, Any]:
    """A photo that is announced."""
    media = {"id": uid(), "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return {"id": uid(), "kind": "photo", "media": media, "details": details}


def report(assignment: Assignment, **changed: Any) -> dict[str, Any]:
    """A full report on a central promise with one indicator: right as it is."""
    written = {
        "assignment": assignment.id,
        "month": "2026-11",
        "kind": "full",
        "fields": {
            "rating": "in_progress",
            "rating_reason": LONG,
            "next_step": "Ask the ministry.",
            "value_1": "2",
            "light_1": "yellow",
            "finding_1": LONG,
        },
        "evidence": [link()],
        "contradiction_reason": "",
        "replies": {},
        "matrix_version": "1",
        "saved_at": "2026-11-22T10:30:00+01:00",
    }
    return {name: value for name, value in {**written, **changed}.items() if value is not None}


def count(model):
    """How many there are."""
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def signed_in(make, phone, **given):
    """An assignment of whoever is signed in on the phone."""
    assignment = make.assignment(**given)
    phone.sign_in(assignment.mobilizer)
    return assignment


def fields(answer):
    """The fields that are faulty."""
    return [fault["field"] for fault in answer.json["faults"]]


class Phone:
    """One phone, on which somebody is signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.person = ""
        self.token = ""

    def sign_in(self, user: User) -> None:
        """Sign in, and ask who it is and for a token."""
        self.page.sign_in(user)
        self.hello()

    def hello(self) -> dict[str, Any]:
        told = self.ask("/sync/hello").json
        self.person, self.token = told["person"], told["token"]
        return told

    def ask(self, address: str, expect: int = 200, method: str = "GET", **headers: str) -> Answer:
        """Ask for something."""
        return self._open(method, address, expect, None, headers)

    def send(
        self,
        address: str,
        content: Mapping[str, Any] | bytes,
        expect: int = 201,
        *,
        method: str = "PUT",
        **headers: str,
    ) -> Answer:
        """Send something: what is no bytes is written as JSON."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self._open(method, address, expect, body, headers)

    def put(
        self,
        content: Mapping[str, Any] | bytes,
        expect: int = 201,
        *,
        entry: str | None = None,
        number: int = 1,
        **headers: str,
    ) -> Answer:
        """Send a report."""
        address = f"/sync/entries/{entry or uid()}/revisions/{number}"
        return self.send(address, content, expect, **headers)

    def _open(
        self, method: str, address: str, expect: int, body: bytes | None, more: Mapping[str, str]
    ) -> Answer:
        given = {
            "X-Person": self.person,
            "X-CSRFToken": self.token,
            "X-Sent-At": clock.now().isoformat(),
            "Content-Type": "application/json",
        }
        given |= {name.replace("_", "-"): value for name, value in more.items()}
        headers = {name: value for name, value in given.items() if value is not None}
        answer = apart(
            lambda: Answer(
                self.page.client.open(
                    address, method=method, data=body, headers=headers, buffered=True
                )
            )
        )
        said = answer.body[:600].decode(errors="replace")
        assert answer.status == expect, f"{method} {address}: {answer.status}, not {expect}. {said}"
        is_bare = method == "HEAD" or answer.status == 204 or "Content-Encoding" in answer.headers
        assert is_bare or answer.json is not None
        assert not answer.faults
        return answer
