"""Whole data packages, as the worker made them: no request makes one, and none waits for one.

What is kept of a cycle may be of before the last publication, for at most a minute and the time
that making it takes; its day and number are told. What is kept of a month stays for good.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import wrap_file

from mobilizer.api.views.frame import bp
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.parts import in_part
from mobilizer.core.policy import public
from mobilizer.core.storage import media
from mobilizer.opendata.models import KeptPackage
from mobilizer.opendata.queries import is_as_things_stand, kept, kept_of, of_month
from mobilizer.opendata.rules.keeping import NAMES, kind_of, stored_as
from mobilizer.publication.queries import number_now
from mobilizer.publication.rules.packing import midnight
from mobilizer.scorecards.rules.releases import month_named

#: What is looked at in place; all else is saved, under a name that tells what it is.
SHOWN = ("datapackage.json",)


@bp.get("/packages")
@public
def packages() -> ResponseReturnValue:
    packages, publication = db.session.scalars(kept()).all(), number_now()
    return jsonify([_told(package, publication) for package in packages])


@bp.get("/packages/<cycle>/<file>")
@public
def package(cycle: str, file: str) -> ResponseReturnValue:
    """A file of a package; the tables lie beside their description, as its paths say."""
    found = db.one_or_404(kept_of(cycle))
    told = next((one for one in found.files if one["name"] == file and file in NAMES), None)
    return _answer(told, found.made_on, f"mobilizer-{cycle}-{file}")


@bp.get("/releases/<cycle>/<month>/<file>")
@public
def package_of_month(cycle: str, month: str, file: str) -> ResponseReturnValue:
    """A file of the package of a month that is over, the same for good."""
    named = month_named(month)
    if named is None:
        raise NotVisible
    found = db.one_or_404(of_month(cycle, named))
    told = next((one for one in found.files if one["name"] == file), None)
    return _answer(told, found.made_on, f"mobilizer-{cycle}-{month}-{file}")


def _answer(told: Mapping[str, Any] | None, made_on: date, saved: str) -> Response:
    """A file of a package.

    Raises:
        NotVisible: there is none.
    """
    content = media().open(stored_as(told["name"], told["sha256"])) if told else None
    if told is None or content is None:
        raise NotVisible
    return _sent(content, told, made_on, saved)


def _sent(content: BinaryIO, told: Mapping[str, Any], made_on: date, saved: str) -> Response:
    name = told["name"]
    answer = Response(
        wrap_file(request.environ, content), mimetype=kind_of(name), direct_passthrough=True
    )
    answer.content_length = told["bytes"]
    answer.set_etag(told["sha256"])
    answer.headers["Last-Modified"] = midnight(made_on)
    if name not in SHOWN:
        answer.headers.set("Content-Disposition", "attachment", filename=saved)
    return in_part(answer, told["bytes"])


def _told(package: KeptPackage, publication: int) -> dict[str, Any]:
    return {
        "cycle": package.cycle.code,
        "names": package.cycle.names,
        "made_on": package.made_on.isoformat(),
        "publication": package.publication,
        "is_newest": is_as_things_stand(package, publication),
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
