"""Share pictures: of what is public and of nothing else, under the hash of what they say."""

import errno
import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from mobilizer.core.storage import Store
from mobilizer.cycles.models import Cycle
from mobilizer.promises.rules import PromiseState
from mobilizer.sharing.views import pictures
from mobilizer.sharing.views.easel import Easel
from tests.builders import Builders
from tests.sharing.programme import a_programme
from tests.support.page import Page
from tests.support.queries import Queries

#: What is told does not depend on the database; the tests of the sitemap hold what is found.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

GUESS = "0123456789abcdef"


def path_of(page: Page, view: str, **values: object) -> str:
    """Where the picture is that a page shows in its head."""
    (image,) = page.get(view, **values).query('meta[property="og:image"]')
    return str(image.attrs["content"]).removeprefix("http://localhost")


def test_every_score_and_promise_has_a_picture(
    make: Builders, page: Page, queries: Queries
) -> None:
    there = a_programme(make)
    for view, values in there.pages.items():
        path = path_of(page, f"scorecards.{view}", lang="en", **values)
        with queries.at_most(12):
            answer = page.get(path)
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        with Image.open(BytesIO(answer.body)) as picture:
            assert picture.size == (1200, 630)


def test_a_hash_that_was_guessed_draws_nothing_and_leads_to_the_picture_of_today(
    make: Builders, page: Page, app: Flask
) -> None:
    a_programme(make)
    right = path_of(page, "scorecards.home", lang="sq")
    mark = right.rpartition("-")[2].removesuffix(".png")

    for wrong in (GUESS, "x" * 500, mark.upper() + "0"):
        answer = page.get(right.replace(mark, wrong), expect=302)
        assert answer.location == right
    assert not drawn(app)


def test_a_picture_is_drawn_once(
    make: Builders, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_programme(make)
    path = path_of(page, "scorecards.home", lang="en")
    first = page.get(path).body
    monkeypatch.setattr(pictures, "png", None)

    assert page.get(path).body == first
    assert len(drawn(app)) == 1


def test_while_another_is_drawn_nobody_waits_for_long(
    make: Builders, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_programme(make)
    path = path_of(page, "scorecards.home", lang="en")
    monkeypatch.setattr(pictures, "EASEL", easel := Easel(most=1, patience=0))

    def ask_meanwhile() -> bytes:
        assert page.get(path, expect=503).headers["Retry-After"] == "2"
        return b""

    easel.draw(ask_meanwhile)
    page.get(path)


def test_a_full_disk_keeps_nobody_from_seeing_a_picture(
    make: Builders, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_programme(make)
    path = path_of(page, "scorecards.home", lang="en")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "put", refuse)
    assert page.get(path).headers["Content-Type"] == "image/png"
    assert not drawn(app)


def test_the_oldest_pictures_give_way(
    make: Builders, page: Page, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_programme(make)
    monkeypatch.setattr(pictures, "MOST_KEPT", 2)
    for lang in ("en", "sq", "mk"):
        page.get(path_of(page, "scorecards.home", lang=lang))
    assert len(drawn(app)) == 2


def test_what_is_published_changes_the_address(make: Builders, page: Page) -> None:
    there = a_programme(make)
    before = path_of(page, "scorecards.home", lang="en")
    make.finding(there.promise, "broken", place=there.place)

    after = path_of(page, "scorecards.home", lang="en")

    assert after != before
    assert page.get(before, expect=302).location == after


@pytest.mark.parametrize("state", [PromiseState.DRAFT, PromiseState.CHECKED])
def test_what_is_not_published_has_no_picture(
    make: Builders, page: Page, state: PromiseState
) -> None:
    cycle = a_programme(make).cycle
    hidden = make.promise(cycle=cycle, state=state, party=make.party("Unseen"))
    for kind, code in (("promises", hidden.number), ("parties", hidden.party.code)):
        page.get(f"/share/en/{cycle.code}/{kind}/{code}/wide-{GUESS}.png", expect=404)


def test_a_cycle_that_is_not_public_has_no_picture(make: Builders, page: Page) -> None:
    cycle: Cycle = make.cycle("hidden", is_public=False)
    promise = make.promise(cycle=cycle)
    page.get(f"/share/en/hidden/wide-{GUESS}.png", expect=404)
    page.get(f"/share/en/hidden/promises/{promise.number}/wide-{GUESS}.png", expect=404)


NOT_THERE = (
    "/share/de/{cycle}/wide-{mark}.png",
    "/share/en/{cycle}/huge-{mark}.png",
    "/share/en/{cycle}/wide-{mark}.jpg",
    "/share/en/{cycle}/people/1/wide-{mark}.png",
    "/share/en/{cycle}/promises/٣/wide-{mark}.png",
    "/share/en/{cycle}/promises/99999999999999999999/wide-{mark}.png",
    "/share/en/{cycle}/promises/-1/wide-{mark}.png",
    "/share/en/{cycle}/topics/nothing/wide-{mark}.png",
    "/share/en/nothing/wide-{mark}.png",
)


def test_what_is_not_there_has_no_picture(make: Builders, page: Page) -> None:
    cycle = a_programme(make).cycle
    for path in NOT_THERE:
        page.get(path.format(cycle=cycle.code, mark=GUESS), expect=404)


def test_a_promise_has_no_picture_in_another_cycle(make: Builders, page: Page) -> None:
    promise = a_programme(make).promise
    make.cycle("other", is_public=True)
    page.get(f"/share/en/other/promises/{promise.number}/wide-{GUESS}.png", expect=404)


def test_a_chart_comes_as_a_drawing_too_and_is_nothing_else_anywhere(
    make: Builders, page: Page
) -> None:
    a_programme(make)
    shown = page.get("scorecards.home", lang="mk")
    (link,) = [a for a in shown.query("a") if str(a.attrs.get("href")).endswith(".svg")]
    answer = page.get(link.attrs["href"])
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    (old,) = re.findall(r"chart-(\w+)\.svg", link.attrs["href"])
    outdated = link.attrs["href"].replace(old, GUESS)
    assert page.get(outdated, expect=302).location == link.attrs["href"]
    wide = path_of(page, "scorecards.home", lang="mk").replace(".png", ".svg")
    assert str(page.get(wide, expect=302).location).endswith(".png")


def drawn(app: Flask) -> list[Path]:
    return list((Path(app.config["MEDIA_FOLDER"]) / "drawn").glob("*"))
