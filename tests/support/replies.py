"""The part of the world that belongs to replies: the addresses of its views, its records."""

from typing import Any

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from tests.builders import Builders

#: As in ``world.ADDRESSES``.
ADDRESSES: dict[str, dict[str, str]] = {
    "replies.contacts": {"code": "cycle"},
    "replies.decide": {"reply_id": "reply"},
    "replies.invite": {"number": "published"},
    "replies.make": {"number": "published"},
    "replies.show": {"reply_id": "reply"},
    "replies.withdraw": {"link_id": "reply link"},
    "reply.anew": {"secret": "way to reply anew"},
    "reply.answer": {"secret": "way to reply"},
    "reply.clip": {"secret": "way to reply", "sha256": "clip sha256"},
    "reply.forgo": {"secret": "way to reply"},
    "reply.photo": {
        "secret": "way to reply",
        "sha256": "sha256",
        "width": "width",
        "ending": "ending",
    },
    "reply.send": {"secret": "way to reply"},
}


def records(make: Builders) -> dict[str, Any]:
    """A link that is open, one to what was taken back, a reply that waits, a published one."""
    newest_first = db.select(Finding).order_by(Finding.number.desc())
    finding = db.session.scalars(
        newest_first.limit(1)
    ).one()  # Of her report, with its photo and clip.
    wrong = make.finding(finding.promise, place=finding.place)
    _, anew = make.reply_link(wrong)
    newest = make.finding(finding.promise, place=finding.place, corrects=wrong.number)
    link, token = make.reply_link(finding, by=make._first(User))
    make.published_reply(finding, language="sq", text="Shkolla u hap në maj.")
    return {
        "reply": make.reply(finding, url="https://party.example/school").id,
        "reply link": link.id,
        "way to reply": token,
        "way to reply anew": anew,
        "finding": newest.number,
        "party_id": finding.promise.party_id,
    }
