"""Atom feeds: of all that is found in a cycle, and of one topic, party, place or promise."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mobilizer.core.errors import NotVisible
from mobilizer.core.language import current
from mobilizer.core.numbers import in_address
from mobilizer.core.policy import public
from mobilizer.findings.models import Finding
from mobilizer.scorecards.queries.news import (
    Subject,
    cycle_of,
    newest,
    newest_about,
    subject,
    titles_of,
)
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.views.frame import bp
from mobilizer.scorecards.views.rows import asked_for

#: So many findings stand on one page of a feed; the older ones on the next.
LONGEST = 50
#: Signs that XML cannot hold, wherever they came from.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Below each of these addresses stands the page of what a feed is about.
PAGES = {
    About.TOPIC: "scorecards.topic",
    About.PARTY: "scorecards.party",
    About.REGION: "scorecards.region",
    About.MUNICIPALITY: "scorecards.municipality",
}


@bp.get("/feed.atom")
@public
def feed() -> ResponseReturnValue:
    return written(subject(About.ALL, "", cycle_of(About.ALL, "", request.args.get("cycle"))))


@bp.get("/<any(topics, parties, regions, municipalities, promises):listing>/<code>/feed.atom")
@public
def feed_of(listing: str, code: str) -> ResponseReturnValue:
    about = About(listing)
    cycle = cycle_of(about, code, request.args.get("cycle"))
    return written(subject(about, code, cycle))


def asked_before() -> int | None:
    """Before which finding this page of a feed begins.

    Raises:
        NotVisible: no finding has such a number.
    """
    asked = request.args.get("before")
    if asked is None:
        return None
    before = in_address(asked)
    if before is None:
        raise NotVisible
    return before


@bp.app_template_global("feed_address")
def feed_address(followed: Subject, *, before: int | None = None, always: bool = False) -> str:
    """Where the feed of something is; ``always`` names its cycle also where it is shown first."""
    is_elsewhere = followed.about is About.PROMISE and not always
    cycle = followed.cycle.code if always else asked_for(followed.cycle)
    values: dict[str, Any] = {"lang": current(), "before": before}
    values["cycle"] = None if is_elsewhere else cycle
    if followed.about is About.ALL:
        return url_for("scorecards.feed", **values)
    return url_for("scorecards.feed_of", listing=followed.about.value, code=followed.code, **values)


@bp.app_template_global("permanent_name")
def permanent_name(finding: Finding) -> str:
    """The name of a finding in the feeds of a language: it stays, wherever the site moves."""
    return uuid5(NAMESPACE_URL, f"{finding.hash}/{current()}").urn


@bp.app_template_global("page_of")
def page_of(followed: Subject) -> str:
    """Where the public page of what is followed is, in the page's language."""
    lang, cycle = current(), asked_for(followed.cycle)
    if followed.about is About.ALL:
        return (
            url_for("scorecards.cycle", lang=lang, code=cycle)
            if cycle
            else url_for("scorecards.home", lang=lang)
        )
    if followed.about is About.PROMISE:
        return url_for("scorecards.promise", lang=lang, number=followed.code)
    return url_for(PAGES[followed.about], lang=lang, code=followed.code, cycle=cycle)


@bp.app_template_global("site")
def site() -> str:
    """The public address of the site, for what is read elsewhere."""
    return str(current_app.config["SITE_URL"])


bp.add_app_template_global(titles_of)


def written(followed: Subject) -> Response:
    """The feed of something, from the newest finding or from before one."""
    before = asked_before()
    wanted = newest_about(followed.cycle, [followed], LONGEST + 1, before)
    found = newest(wanted, LONGEST + 1)
    content = render_template(
        "scorecards/feed.xml",
        followed=followed,
        cycle=followed.cycle,
        news=found[:LONGEST],
        next_before=found[LONGEST - 1].finding.number if len(found) > LONGEST else None,
        before=before,
    )
    return Response(NOT_XML.sub("", content), mimetype="application/atom+xml")
