"""The stylesheet: small files by layer in ``static/css/``, served as one.

On a slow line each file costs a round trip more than its bytes do, so there is one request,
compressed once, under an address that changes with the content.
"""

import gzip
import hashlib
import re
from pathlib import Path

from flask import Flask, Response, request, url_for

from mobilizer.core.policy import public
from mobilizer.core.web import KEPT_FOR_GOOD

#: The order in which the layers are declared; ``tokens.css`` declares it to the browser.
LAYERS = ("tokens", "base", "forms", "layout", "parts", "scores", "work", "print")


def joined(folder: Path) -> str:
    """All layers in one text, without comments and indentation."""
    text = "\n".join((folder / f"{layer}.css").read_text("utf-8") for layer in LAYERS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def install(app: Flask) -> None:
    """Serve the stylesheet, and give templates its address."""
    content = joined(Path(app.static_folder or "") / "css").encode()
    compressed = gzip.compress(content, 9, mtime=0)
    stamp = hashlib.sha256(content).hexdigest()[:12]

    @public
    def stylesheet() -> Response:
        """Answer with all of it, kept for good by whoever asked for this version."""
        small = request.accept_encodings.quality("gzip") > 0
        answer = Response(compressed if small else content, mimetype="text/css")
        if small:
            answer.content_encoding = "gzip"
        answer.vary.add("Accept-Encoding")
        answer.set_etag(f"{stamp}{'-gz' if small else ''}")
        answer.headers["Cache-Control"] = (
            KEPT_FOR_GOOD if request.args.get("v") == stamp else "public, max-age=300"
        )
        answer.make_conditional(request)
        return answer

    app.extensions["stylesheet"] = content
    app.add_url_rule("/static/mobilizer.css", view_func=stylesheet)
    app.jinja_env.globals["stylesheet_address"] = lambda: url_for("stylesheet", v=stamp)
