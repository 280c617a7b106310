"""The pack: all a phone needs to work for a month without a network, in few queries."""

import hashlib
import json
from datetime import date
from typing import Any

from flask_babel import gettext

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.language import current, said
from mobilizer.cycles.rules import Level
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.uploads import UploadState
from mobilizer.monitoring.models import Comment, Revision
from mobilizer.monitoring.queries import Report
from mobilizer.monitoring.rules.matrix import MATRIX_VERSION
from mobilizer.promises.models import Promise
from mobilizer.sync.queries.ground import Ground, ground_of


def pack(user: User, person: str, time_zone: str) -> dict[str, Any]:
    """The pack of a person, in her language. ``version`` is a hash of all but the moment.

    Args:
        user: whose it is.
        person: her opaque name.
        time_zone: in which times of day are shown.
    """
    ground = ground_of(user)
    content = {
        "person": person,
        "language": current(),
        "matrix_version": MATRIX_VERSION,
        "time_zone": time_zone,
        "cycles": [_cycle(one, ground) for one in ground.cycles],
        "regions": _regions(ground),
        "assignments": [_assignment(reports, ground) for reports in ground.reports],
    }
    written = json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    version = hashlib.sha256(written).hexdigest()[:16]
    return {"version": version, "now": clock.now().isoformat(), **content}


def _cycle(cycle: Any, ground: Ground) -> dict[str, Any]:
    return {
        "code": cycle.code,
        "name": said(cycle.names).text,
        "level": cycle.level,
        "topics": [{"code": one.code, "name": said(one.names).text} for one in cycle.topics],
        "parties": [
            {"code": one.code, "name": said(one.names).text} for one in ground.parties[cycle.id]
        ],
        "places": [
            {"code": one.code, "name": said(one.names).text} for one in ground.places[cycle.country]
        ],
    }


def _assignment(reports: list[Report], ground: Ground) -> dict[str, Any]:
    assignment = reports[0].assignment
    promise = assignment.promise
    return {
        "id": assignment.id,
        "cycle": assignment.cycle.code,
        "promise": _promise(promise),
        "topic": said(promise.topic.names).text,
        "place": said(assignment.place.names).text,
        "measures": [
            {
                "position": one.position,
                "text": one.text,
                "unit": one.unit,
                "unit_name": one.unit_name,
                "target": one.target,
                "baseline": one.baseline,
            }
            for one in promise.indicators
        ],
        "is_local": promise.level == Level.LOCAL,
        "region": assignment.region.code,
        "months": [_month(report, ground) for report in reports],
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "number": promise.number,
        "title": said(promise.titles).text,
        "words": promise.exact_words,
        "language": promise.language,
        "due": _day(promise.due_on),
    }


def _regions(ground: Ground) -> dict[str, list[list[str]]]:
    """Where evidence can come from, once for each region that is reported on."""
    regions = {reports[0].assignment.region for reports in ground.reports}
    return {
        region.code: [[place.code, said(place.names).text] for place in ground.around[region.id]]
        for region in sorted(regions, key=lambda region: region.code)
    }


def _month(report: Report, ground: Ground) -> dict[str, Any]:
    draft = report.draft
    entry, newest = report.entry, report.newest
    return {
        "month": _month_name(report.month),
        "opens": _day(report.window.opens),
        "due": _day(report.window.due),
        "closes": _day(report.window.closes),
        "is_current": ground.is_current(report),
        "before": _before(report.before, ground),
        "entry": {
            "id": entry.id,
            "state": entry.state,
            "newest": entry.newest,
            "sha256": newest.sha256 if newest else None,
            "timeliness": entry.timeliness,
        }
        if entry
        else None,
        "fields": draft.fields,
        "replies": draft.replies,
        "contradiction_reason": draft.contradiction_reason,
        "evidence": [_evidence(one) for one in report.evidence(draft)],
        "comments": [_comment(one, report) for one in ground.comments[entry.id]] if entry else [],
    }


def _before(before: Revision | None, ground: Ground) -> dict[str, Any] | None:
    if before is None:
        return None
    return {
        "month": _month_name(ground.month_of(before)),
        "rating": before.rating,
        "has_evidence": bool(before.evidence),
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    upload = piece.upload
    return {
        "id": piece.id,
        "kind": piece.kind,
        "address": piece.address,
        "caption": piece.caption,
        "media_state": upload.state if upload else UploadState.COMPLETE,
    }


def _comment(comment: Comment, report: Report) -> dict[str, Any]:
    return {
        "id": comment.id,
        "field": comment.field,
        "text": comment.text,
        "by": comment.author.known_name or gettext("Somebody in the programme"),
        "said_at": comment.said_at.isoformat(),
        "mine": comment.author_id == report.assignment.mobilizer_id,
        "is_open": comment.is_open,
        "resolved_at": comment.resolved_at.isoformat()
        if comment.asks and comment.resolved_at
        else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _month_name(month: date) -> str:
    return month.strftime("%Y-%m")
