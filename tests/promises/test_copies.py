"""A copy of a source is kept under its hash, for the desk, and runs in nobody's browser."""

from io import BytesIO

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState, copies

PDF = b"%PDF-1.7 what was promised"


def send(page, promise, content: bytes, name: str = "programme.pdf", **values):
    data = {"copy": (BytesIO(content), name)}
    return page.post("promises.keep_copy", number=promise.number, data=data, **values)


def test_a_copy_is_kept_and_given_back_as_a_file(make, page):
    promise = make.promise()
    page.sign_in(make.coordinator())
    page.get("promises.show", number=promise.number)

    send(page, promise, PDF)

    assert "stored copy" in page.get("promises.show", number=promise.number)
    kept = page.get("promises.copy", number=promise.number)
    assert kept.body == PDF
    assert kept.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "programme" not in kept.headers["Content-Disposition"]
    assert "sandbox" in kept.headers["Content-Security-Policy"]


def test_the_same_copy_sent_twice_is_kept_once(make, page):
    promise = make.promise()
    page.sign_in(make.coordinator())
    page.get("promises.show", number=promise.number)
    for _ in range(2):
        send(page, promise, PDF)

    kept = select(AuditEvent).where(AuditEvent.verb == "promise.keep_copy")
    assert len(db.session.scalars(kept).all()) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.pdf"),
        (b"<svg onload=alert(1)>", "a.pdf"),
        (b"<html>", "a.png"),
        (b"MZ", "a.exe"),
        (PDF + b"x" * 1000, "a.pdf"),
    ],
)
def test_what_is_no_document_is_refused_beside_its_field(make, page, monkeypatch, content, name):
    monkeypatch.setattr(copies, "MAX_BYTES", 1000)
    promise = make.promise()
    page.sign_in(make.coordinator())
    page.get("promises.show", number=promise.number)

    answer = send(page, promise, content, name, expect=422)

    assert answer.query("#copy-error")
    assert promise.source.copy_sha256 is None


def test_where_no_copy_is_kept_there_is_none(make, page):
    promise = make.promise()
    page.sign_in(make.coordinator())

    page.get("promises.copy", number=promise.number, expect=404)


def test_who_may_not_change_a_promise_keeps_no_copy_of_its_source(make, page):
    promise = make.promise(state=PromiseState.PUBLISHED)
    page.sign_in(make.mobilizer())
    page.get("promises.show", number=promise.number)

    send(page, promise, PDF, expect=422)

    assert promise.source.copy_sha256 is None
