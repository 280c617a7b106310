"""Who is signed in, what there is to do, and what has come in."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.language import current
from mobilizer.core.policy import person, requires
from mobilizer.sync import queries
from mobilizer.sync.rules import LEAST_CLIENT, MOST_RECEIPTS
from mobilizer.sync.rules.reading import UID, WRONG
from mobilizer.sync.rules.refusals import Malformed
from mobilizer.sync.views.frame import bp, her_key


@bp.get("/hello")
@requires("account.own")
def hello() -> ResponseReturnValue:
    return {
        "person": her_key(),
        "alias": person().alias,
        "language": current(),
        "token": generate_csrf(),
        "now": clock.now().isoformat(),
        "least_client": LEAST_CLIENT,
    }


@bp.get("/pack")
@requires("entry.write")
def pack() -> ResponseReturnValue:
    found = queries.pack(person(), her_key(), current_app.config["TIME_ZONE"])
    if request.args.get("since") == found["version"]:
        return {"version": found["version"]}
    return small(found)


def small(found: Mapping[str, Any]) -> Response:
    """An answer in as few bytes as a phone can take: each is paid for."""
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(written, mimetype="application/json")
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        answer.set_data(gzip.compress(written, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@bp.get("/receipts")
@requires("account.own")
def receipts() -> ResponseReturnValue:
    asked = request.args.get("of")
    uids = asked.split(",") if asked is not None else None
    if uids is not None and (
        len(uids) > MOST_RECEIPTS or not all(UID.fullmatch(uid) for uid in uids)
    ):
        raise Malformed([RuleBroken(WRONG, field="of")])
    found = db.session.scalars(queries.receipts_of(person(), uids)).all()
    return {"receipts": queries.told(found)}
