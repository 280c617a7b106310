"""The command ``mobilizer mirror``: the public site as files."""

import hashlib
import json
import posixpath
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import Result
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.queries import head
from mobilizer.mirror.cli import command
from mobilizer.mirror.rules.markup import links
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.counted import TABLES
from tests.builders import Builders

#: How the first entry of the menu reads.
TOPICS = {"en": "Topics", "sq": "Temat", "mk": "Теми", "sr": "Teme"}
#: How the note above each page begins.
NOTES = {
    "en": "This is a copy",
    "sq": "Kjo është një kopje",
    "mk": "Ова е копија",
    "sr": "Ovo je kopija",
}
DRAFT = "A draft that nobody may read yet."


def mirror(app: Flask, folder: Path) -> Result:
    return app.test_cli_runner().invoke(command, [str(folder)])


@pytest.fixture
def folder(app: Flask, make: Builders, tmp_path: Path) -> Path:
    """Where a mirror will be. There is one finding, and a draft."""
    cycle = make.cycle(is_public=True)
    make.finding(make.promise("We will build the old bridge anew.", cycle=cycle))
    make.promise(DRAFT, cycle=cycle, state="draft")
    db.session.commit()
    return tmp_path / "mirror"


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_link_inside_leads_to_a_file_and_every_other_one_to_the_site(
    app: Flask, folder: Path
) -> None:
    assert mirror(app, folder).exit_code == 0

    assert len(pages(folder)) > 40
    for page in pages(folder):
        for link in links(page.read_text("utf-8")):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                assert parts.scheme or parts.fragment or not link
                continue
            here = page.relative_to(folder).parent.as_posix()
            file = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
            assert (folder / file).is_file(), f"{page}: {link}"


def test_a_mirror_holds_what_is_published_in_every_language_and_nothing_else(
    app: Flask, folder: Path
) -> None:
    mirror(app, folder)

    for language in app.config["LANGUAGES"]:
        promise = (folder / language / "promises" / "1.html").read_text("utf-8")
        assert f'<a href="../topics/index.html"><span>{TOPICS[language]}</span></a>' in promise
        assert NOTES[language] in promise
        assert "We will build the old bridge anew." in promise
    everything = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert DRAFT.encode() not in everything
    assert not (folder / "account").exists()


def test_feeds_and_data_are_there(app: Flask, folder: Path) -> None:
    mirror(app, folder)

    found = {file.suffix for file in folder.rglob("*") if file.is_file()}
    assert {".atom", ".csv", ".css", ".html", ".json"} <= found
    assert json.loads((folder / "api/v1/promises/1.json").read_text("utf-8"))["number"] == 1


def test_the_data_packages_are_there_as_things_stand_and_check_out(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    mirror(app, folder)

    (package,) = folder.glob("api/v1/packages/*/package.zip")
    with zipfile.ZipFile(package) as packed:
        packed.extractall(tmp_path / "package")
    assert check(tmp_path / "package").faults == ()
    for table in TABLES:
        unpacked = (tmp_path / "package" / table.file).read_bytes()
        assert (package.parent / table.file).read_bytes() == unpacked
        json.loads((package.parent / f"{table.name}.json").read_text("utf-8"))
    assert (package.parent / "package.xlsx").read_bytes().startswith(b"PK")
    assert f"api/v1/packages/{package.parent.name}/package.zip" in (
        folder / "mk/data.html"
    ).read_text("utf-8")


def test_frames_and_charts_are_there_and_painted_pictures_stay_with_the_site(
    app: Flask, folder: Path
) -> None:
    mirror(app, folder)

    page = (folder / "sq/promises/1.html").read_text("utf-8")
    assert 'href="../../embed/sq/promises/1.html"' in page
    assert f'href="{app.config["SITE_URL"]}/share/sq/' in page
    framed = (folder / "embed/sq/promises/1.html").read_text("utf-8")
    assert NOTES["sq"] in framed
    assert f'href="{app.config["SITE_URL"]}/sq/promises/1"' in framed
    assert list(folder.glob("share/mk/*/chart-*.svg"))
    assert not list(folder.rglob("*.png"))


def test_a_mirror_tells_its_day_the_head_of_the_chain_and_the_hash_of_each_file(
    app: Flask, folder: Path
) -> None:
    mirror(app, folder)

    newest = head()
    told = json.loads((folder / "mirror.json").read_text("utf-8"))
    assert newest is not None
    assert (told["findings"], told["head"]) == (newest.number, newest.hash)
    assert newest.hash in (folder / "index.html").read_text("utf-8")
    sums = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    for file, digest in sums.items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


def test_an_earlier_mirror_is_replaced_and_nothing_else_is(app: Flask, folder: Path) -> None:
    mirror(app, folder)
    (folder / "sq" / "old.html").write_text("left over")
    assert mirror(app, folder).exit_code == 0
    assert not (folder / "sq" / "old.html").exists()

    (folder / "mirror.json").unlink()
    refused = mirror(app, folder)
    assert refused.exit_code == 1
    assert (folder / "index.html").exists()


def test_nothing_half_done_is_left_behind(app: Flask, folder: Path) -> None:
    folder.write_text("a file")
    assert mirror(app, folder).exit_code == 1
    assert [one.name for one in folder.parent.iterdir() if "mirror" in one.name] == ["mirror"]


#: What a mirror makes of links that ask the site something: a file of its own, or the site's page.
WRITTEN = ("/releases/index", "/releases/local/2026-10", "/data", "/data/check", "/findings")
ONLINE = ("/ask/", "/follow/", "/compare", "before=", "as_of=")


def test_what_is_asked_of_the_site_leads_to_it_and_what_is_told_is_written_down(
    app: Flask, make: Builders, tmp_path: Path
) -> None:
    """Two months that are over, more findings than fit a page, two parties to compare."""
    cycle = make.cycle("local", is_public=True, first_month="2026-09", last_month="2027-06")
    with clock.at(datetime(2026, 10, 5, 12, tzinfo=UTC)):
        town = make.municipality("Tetovo", region="Polog")
        for party in (make.party("Bridge"), make.party("Hill")):
            for _ in range(16):
                promise = make.promise(cycle=cycle, party=party, places=[town], indicators=0)
                make.finding(promise, "kept", place=town, month=date(2026, 10, 1))
        db.session.commit()
    folder = tmp_path / "mirror"
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        assert mirror(app, folder).exit_code == 0

    site = app.config["SITE_URL"]
    found = {
        (link, posixpath.normpath(posixpath.join(page.relative_to(folder).parent, link)))
        for page in pages(folder)
        for link in links(page.read_text("utf-8"))
    }
    for link, file in found:
        if not urlsplit(link).scheme and urlsplit(link).path:
            assert (folder / unquote(urlsplit(file).path)).is_file(), link
    told = " ".join(link for link, _ in found)
    for address in ONLINE:
        assert address in told
        assert all(link.startswith(site) for link, _ in found if address in link), address
    for address in WRITTEN:
        assert list(folder.glob(f"mk{address}*.html")), address
