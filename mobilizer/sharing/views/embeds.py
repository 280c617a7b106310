"""A page for a frame on somebody else's page, and oEmbed, by which their programs find it."""

from urllib.parse import parse_qsl, unquote

from flask import current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from mobilizer.core import clock
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import LOCALES
from mobilizer.core.numbers import whole
from mobilizer.core.policy import public
from mobilizer.core.problems import problem
from mobilizer.cycles.queries import public_cycle
from mobilizer.scoring.rules import score
from mobilizer.sharing.queries import Subject, subject
from mobilizer.sharing.rules.cards import Kind
from mobilizer.sharing.rules.embeds import WIDTH, within
from mobilizer.sharing.rules.embeds import oembed as told
from mobilizer.sharing.rules.looks import SHAPES
from mobilizer.sharing.views import addresses
from mobilizer.sharing.views.cards import card, height
from mobilizer.sharing.views.frame import bp

#: The longest address that is looked at.
LONGEST = 2000
#: The first page, and the door to it.
FIRST = ("scorecards.home", "open.door")
#: The pages that have a frame: the view, what they show, what its address names it by.
PAGES = {view: (kind, name) for kind, (view, name) in addresses.VIEWS.items()}


@bp.get("/embed/<lang>/")
@public
def embedded_cycle() -> ResponseReturnValue:
    cycle = public_cycle(request.args.get("cycle") or None)
    return frame(subject(Kind.CYCLE, cycle.code, cycle))


@bp.get("/embed/<lang>/<any(topics, parties, regions, municipalities, promises):kind>/<code>")
@public
def embedded(kind: str, code: str) -> ResponseReturnValue:
    asked = request.args.get("cycle")
    return frame(subject(Kind(kind), code, public_cycle(asked) if asked else None))


def frame(found: Subject) -> ResponseReturnValue:
    """The page for a frame: no menu, no script, no cookie; links open outside of it.

    Raises:
        NotVisible: a day is asked for. A frame shows today, and must not pass for another's.
    """
    if any(request.args.getlist("as_of")):
        raise NotVisible
    said = card(found)
    return render_template(
        "sharing/embed.html",
        said=said,
        subject=found,
        score=score(found.counts, found.cycle.least_rated),
        as_of=clock.today(found.cycle.time_zone),
        address=addresses.whole(addresses.page(found)),
        method=addresses.method(found),
    )


@bp.get("/oembed")
@public
def oembed() -> ResponseReturnValue:
    url = request.args.get("url", "")
    if not url:
        return problem(400, "Say url=, the address of one of our pages.")
    if request.args.get("format", "json") != "json":
        return problem(501, "Only format=json is served.")
    lang, found = shown_at(url)
    most = (request.args.get("maxwidth", type=whole), request.args.get("maxheight", type=whole))
    width = within(most[0], WIDTH)
    with force_locale(LOCALES[lang]):
        said, wide = card(found), SHAPES["wide"]
        picture = addresses.whole(addresses.picture(found, said, wide.name))
        return jsonify(
            told(
                site=addresses.whole(""),
                embed=addresses.whole(addresses.embed(found)),
                title=said.title,
                picture=(picture, wide.width, wide.height),
                size=(width, within(most[1], height(said, width))),
                most=most,
            )
        )


def shown_at(url: str) -> tuple[str, Subject]:
    """The language and the subject of one of our own addresses. Nothing is fetched.

    Raises:
        NotVisible: it is no address of a page of ours that has a frame.
    """
    site = addresses.whole("")
    if len(url) > LONGEST or not f"{url}/".startswith(f"{site}/"):
        raise NotVisible
    path, _, query = url[len(site) :].partition("#")[0].partition("?")
    # Of what is said twice the page takes the first.
    path, asked_for = unquote(path), dict(reversed(parse_qsl(query)))
    if not all(one.isprintable() for one in (path, *asked_for.values())) or "as_of" in asked_for:
        raise NotVisible  # A frame shows today: none stands for a page of an earlier day.
    try:
        view, values = current_app.url_map.bind("").match(path or "/", method="GET")
    except (HTTPException, RequestRedirect, ValueError) as wrong:
        raise NotVisible from wrong
    # The door leads each browser to its own language; which a frame's readers have, nobody knows.
    lang = str(values.get("lang") or current_app.config["DEFAULT_LANGUAGE"])
    if lang not in current_app.config["LANGUAGES"]:
        raise NotVisible
    asked = asked_for.get("cycle")
    if view in FIRST:
        cycle = public_cycle(asked or None)
        return lang, subject(Kind.CYCLE, cycle.code, cycle)
    if view not in PAGES:
        raise NotVisible
    kind, name = PAGES[view]
    code = str(values[name])
    cycle = public_cycle(code if kind is Kind.CYCLE else asked)
    return lang, subject(kind, code, None if kind is Kind.PROMISE else cycle)
