"""The page made for being offline, its service worker, and what makes the site installable.

None of its answers knows anybody: no session is read, and everybody is answered the same.
"""

import gzip
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, current_app, json, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from mobilizer.core.assets import KEPT_FOR_GOOD, asset
from mobilizer.core.errors import NotVisible
from mobilizer.core.formats import day, month
from mobilizer.core.language import current, offered
from mobilizer.core.languages import TAGS
from mobilizer.core.policy import person, public
from mobilizer.monitoring.rules.matrix import Screen
from mobilizer.phone import forms
from mobilizer.phone.rules import ICON_SIZES, Kept, manifest, worker
from mobilizer.phone.rules.script import bundled
from mobilizer.promises.rules import Unit
from mobilizer.sync.rules import person_key

bp = Blueprint("phone", __name__, url_prefix="/field")

#: Asked for again each time: what changes with the build has no name of its own.
ASK_AGAIN = "no-cache"
#: The one module that is no part of the script: it runs beside the pages.
WORKER = "service-worker"
ICONS = tuple(f"{kind}-{size}" for kind in ("plain", "maskable") for size in ICON_SIZES)


@bp.app_template_global("plural_form")
def plural_form(number: int) -> str:
    """The form a number takes in the page's language, as CLDR and browsers name it."""
    locale = get_locale()
    return str(locale.plural_form(number)) if locale else "other"


@bp.app_template_global("written_dates")
def written_dates() -> list[dict[str, str]]:
    """How the page's language writes a month and a day of each month, with braces for numbers."""
    days = [date(2222, number, 11) for number in range(1, 13)]
    return [{"month": _open(month(one)), "day": _open(day(one))} for one in days]


@bp.app_template_global("name_on_phones")
def name_on_phones() -> str:
    """The opaque name under which a phone keeps what is of the person who is signed in."""
    return person_key(current_app.config["SECRET_KEY"], person().id)


def _open(written: str) -> str:
    return written.replace("2222", "{year}").replace("11", "{day}")


@bp.get("/phone/<lang>")
@public
def shell(lang: str) -> ResponseReturnValue:
    if lang not in offered():
        raise NotVisible
    return fresh(packed(drawn(lang).encode(), "text/html"))


@bp.get("/phone/script.js")
@public
def script() -> ResponseReturnValue:
    answer = packed(script_now(), "text/javascript")
    if request.full_path == script_address():
        answer.headers["Cache-Control"] = KEPT_FOR_GOOD
        return answer
    return fresh(answer)


@bp.get("/service-worker.js")
@public
def service_worker() -> ResponseReturnValue:
    source = (scripts() / f"{WORKER}.js").read_text("utf-8")
    address = url_for(".shell", lang=current())
    text = worker(source, [Kept(address, drawn(current()).encode()), *kept()], address)
    return fresh(Response(text, mimetype="text/javascript"))


@bp.get("/manifest/<lang>.webmanifest")
@public
def webmanifest(lang: str) -> ResponseReturnValue:
    if lang not in offered():
        raise NotVisible
    words = {
        "description": gettext("File the month, with or without a network."),
        "log": gettext("Log a promise"),
    }
    icons = {name: asset(f"icons/{name}.png") for name in ICONS}
    facts = manifest(words, TAGS.get(lang, lang), icons)
    return fresh(Response(json.dumps(facts), mimetype="application/manifest+json"))


def drawn(lang: str) -> str:
    """The shell in one language."""
    screens = {screen.value: forms.asked(screen) for screen in Screen}
    return render_template(
        "phone/shell.html",
        screens={**screens, "indicator-yes-no": forms.asked(Screen.INDICATOR, unit=Unit.YES_NO)},
        fields=forms.field_rules(),
        same=forms.same(),
        could_not=forms.could_not(),
        promise=forms.promise_screens(),
        lang=lang,
    )


def kept() -> list[Kept]:
    """The static files that the service worker keeps, besides the shell."""
    sheet = url_for("stylesheet", stamp=sheet_stamp())
    return [
        Kept(script_address(), script_now()),
        Kept(sheet, current_app.extensions["stylesheet"]),
        Kept(asset("icons/favicon.svg"), (static() / "icons" / "favicon.svg").read_bytes()),
    ]


def sheet_stamp() -> str:
    """What changes with the stylesheet, as its address has it."""
    return sha256(current_app.extensions["stylesheet"]).hexdigest()[:12]


@bp.app_template_global("script_address")
def script_address() -> str:
    """The address of the phone's script, changing with its content."""
    return url_for("phone.script", v=sha256(script_now()).hexdigest()[:12])


def script_now() -> bytes:
    """The phone's script as its files are now."""
    files = sorted(scripts().glob("*.js"))
    return _script(tuple((file, file.stat().st_mtime_ns) for file in files))


@cache
def _script(files: tuple[tuple[Path, int], ...]) -> bytes:
    modules = {file.stem: file.read_text("utf-8") for file, _ in files}
    modules.pop(WORKER)
    return bundled(modules).encode()


def static() -> Path:
    """The folder of the static files."""
    return Path(current_app.static_folder or "")


def scripts() -> Path:
    """The folder of the phone's modules."""
    return static() / "js" / "field"


def packed(content: bytes, mimetype: str) -> Response:
    """An answer that is compressed for who takes it so."""
    is_small = request.accept_encodings.quality("gzip") > 0
    answer = Response(_compressed(content) if is_small else content, mimetype=mimetype)
    if is_small:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    return answer


@lru_cache(maxsize=16)  # The script and the shell of each language, of this build and the last.
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def fresh(answer: Response) -> Response:
    """An answer to be asked for again, and left out where it is still the same."""
    answer.headers["Cache-Control"] = ASK_AGAIN
    answer.add_etag()
    answer.make_conditional(request)
    return answer
