"""Whole data packages, as the worker made them: no request makes one, and none waits for one.

What is kept may be of before the last publication, for at most a minute and the time that making
it takes; its day and number are told.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from mobilizer.api.views.frame import bp, unless_known
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.policy import public
from mobilizer.core.storage import media
from mobilizer.opendata.models import KeptPackage
from mobilizer.opendata.queries import is_as_things_stand, kept, kept_of
from mobilizer.opendata.rules.keeping import NAMES, kind_of, stored_as
from mobilizer.publication.rules.packing import midnight

#: What is looked at in place; all else is saved, under a name that tells what it is.
SHOWN = ("datapackage.json",)


@bp.get("/packages")
@public
def packages() -> ResponseReturnValue:
    return jsonify([_told(package) for package in db.session.scalars(kept())])


@bp.get("/packages/<cycle>/<file>")
@public
def package(cycle: str, file: str) -> ResponseReturnValue:
    """A file of a package; the tables lie beside their description, as its paths say."""
    found = db.one_or_404(kept_of(cycle))
    told = next((one for one in found.files if one["name"] == file and file in NAMES), None)
    content = media().open(stored_as(file, told["sha256"])) if told else None
    if told is None or content is None:
        raise NotVisible
    try:
        return _sent(content, told, found)
    except RequestedRangeNotSatisfiable:
        content.close()
        raise


def _sent(content: BinaryIO, told: Mapping[str, Any], of: KeptPackage) -> Response:
    name = told["name"]
    answer = Response(
        wrap_file(request.environ, content), mimetype=kind_of(name), direct_passthrough=True
    )
    answer.content_length = told["bytes"]
    answer.set_etag(told["sha256"])
    answer.headers["Last-Modified"] = midnight(of.made_on)
    if name not in SHOWN:
        saved = f"mobilizer-{of.cycle.code}-{name}"
        answer.headers.set("Content-Disposition", "attachment", filename=saved)
    return unless_known(answer, told["bytes"])


def _told(package: KeptPackage) -> dict[str, Any]:
    return {
        "cycle": package.cycle.code,
        "names": package.cycle.names,
        "made_on": package.made_on.isoformat(),
        "publication": package.publication,
        "is_newest": is_as_things_stand(package),
        "files": [
            {
                "name": one["name"],
                "address": url_for(".package", cycle=package.cycle.code, file=one["name"]),
                "media_type": kind_of(one["name"]),
                "bytes": one["bytes"],
                "sha256": one["sha256"],
                "rows": one["rows"],
            }
            for one in package.files
        ],
    }
