"""The stylesheets: small files in ``static/css/``, served as one for each kind of page.

On a slow line each file costs a round trip more than its bytes do, so there is one request,
compressed once, under an address that changes with the content.
"""

import gzip
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, request, url_for

from mobilizer.core.assets import ASK_AGAIN, KEPT_FOR_GOOD
from mobilizer.core.policy import public

#: The files in their order; that of the layers in them ``tokens.css`` declares to the browser.
PAGES = (
    *("tokens", "colours", "base", "forms", "layout", "parts"),
    *("ratings", "scores", "map", "work", "print"),
)
#: Of these a frame shows something: it and its page together have to stay below 15 KB.
FRAMES = ("tokens", "embed", "ratings")
#: What each sheet is made of: that of the pages, and that of the frames others put on theirs.
SHEETS = {"mobilizer": PAGES, "embed": FRAMES}


def joined(folder: Path, files: Sequence[str] = PAGES) -> str:
    """Files in one text, without comments and indentation."""
    text = "\n".join((folder / f"{name}.css").read_text("utf-8") for name in files)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def install(app: Flask) -> None:
    """Serve the stylesheets, and give templates their addresses."""
    stamps: dict[str, str] = {}
    for name, files in SHEETS.items():
        content = joined(Path(app.static_folder or "") / "css", files).encode()
        stamps[name] = hashlib.sha256(content).hexdigest()[:12]
        _serve(app, name, content, stamps[name])

    def address(name: str = "mobilizer") -> str:
        return url_for(_endpoint(name), stamp=stamps[name])

    app.jinja_env.globals["stylesheet_address"] = address


def _endpoint(name: str) -> str:
    return "stylesheet" if name == "mobilizer" else f"stylesheet_{name}"


def _serve(app: Flask, name: str, content: bytes, now: str) -> None:
    compressed = gzip.compress(content, 9, mtime=0)

    @public
    def stylesheet(stamp: str = "") -> Response:
        """Answer with all of it, kept for good by whoever asked for this version."""
        small = request.accept_encodings.quality("gzip") > 0
        answer = Response(compressed if small else content, mimetype="text/css")
        if small:
            answer.content_encoding = "gzip"
        answer.vary.add("Accept-Encoding")
        answer.set_etag(f"{now}{'-gz' if small else ''}")
        answer.headers["Cache-Control"] = KEPT_FOR_GOOD if stamp == now else ASK_AGAIN
        answer.make_conditional(request)
        return answer

    app.extensions[_endpoint(name)] = content
    for address in (f"/static/{name}.css", f"/static/v-<stamp>/{name}.css"):
        app.add_url_rule(address, _endpoint(name), view_func=stylesheet)
