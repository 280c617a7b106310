"""The part of the world that belongs to public requests: addresses of views, and records."""

from typing import Any

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from tests.builders import Builders
from tests.evidence import pictures

#: As in ``world.ADDRESSES``.
ADDRESSES: dict[str, dict[str, str]] = {
    "ask.follow": {"secret": "way to ask"},
    "ask.form": {"number": "published"},
    "ask.send": {"number": "published"},
    "requests.close": {"number": "request"},
    "requests.hide": {"number": "published answer"},
    "requests.move": {"number": "request"},
    "requests.photo": {"number": "request"},
    "requests.publish": {"number": "answered request"},
    "requests.show": {"number": "request"},
}


def records(make: Builders, number: int) -> dict[str, Any]:
    """A correction that waits, an answer that may be published, one that is."""
    promise = db.session.scalars(select(Promise).where(Promise.number == number)).one()
    picture = pictures.jpeg()
    sent, secret = make.request(
        promise, kind="correction", url="https://news.example/school", picture=picture
    )
    answered, _ = make.closed_request(promise, may_quote=True)
    published = make.published_answer(promise, text="Kur hapet shkolla?", language="sq")
    return {
        "request": sent.number,
        "way to ask": secret,
        "answered request": answered.number,
        "published answer": published.number,
    }
