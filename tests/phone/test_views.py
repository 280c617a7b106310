"""What the phone keeps for being offline: the same for everybody, whole, and small."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from mobilizer.core.language import LANGUAGES
from mobilizer.monitoring.rules.matrix import Screen
from mobilizer.phone import forms

ONCE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
pytestmark = ONCE

#: In bytes, as they come over the line.
SCRIPT_AT_MOST, KEPT_AT_MOST = 25 * 1024, 150 * 1024
FOR_ALL = ("/field/phone/en", "/field/phone/script.js", "/field/service-worker.js")


def kept(page, language):
    """What the service worker of a language keeps, and what it is called."""
    text = page.get(f"/field/service-worker.js?lang={language}").source
    return json.loads(re.match(r"const BUILD = (.*);\n", text).group(1))


def content(page, address):
    """A file as a browser has it after taking it in."""
    answer = page.client.get(address, buffered=True)
    assert answer.status_code == 200
    return answer.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shell_knows_nobody(app, page, make, language):
    her = make.mobilizer(alias="Somebody Particular")
    make.assignment(her, promise=make.promise("A promise nobody else has."))
    before = content(page, f"/field/phone/{language}")
    page.sign_in(her)
    answer = page.client.get(f"/field/phone/{language}", buffered=True)
    assert answer.data == before
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "csrf" not in answer.text


@pytest.mark.parametrize("address", FOR_ALL)
def test_no_session_is_begun(page, address):
    assert "Set-Cookie" not in page.client.get(address, buffered=True).headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worker_keeps_files_that_are_there_and_are_what_it_says(page, language):
    build = kept(page, language)
    assert build["shell"] == f"/field/phone/{language}"
    assert build["shell"] in [address for address, _ in build["files"]]
    for address, integrity in build["files"]:
        digest = sha256(content(page, address)).digest()
        assert integrity == "sha256-" + b64encode(digest).decode()


def test_a_build_has_a_name_of_its_own_in_each_language(page):
    assert len({kept(page, language)["build"] for language in LANGUAGES}) == len(LANGUAGES)
    assert kept(page, "sq") == kept(page, "sq")


def test_the_worker_lets_only_get_through_its_hands(page):
    text = page.get("/field/service-worker.js").source
    assert 'request.method !== "GET"' in text
    assert "/sync" not in text


def test_the_script_is_small(page):
    script = gzip.compress(content(page, "/field/phone/script.js"), 9)
    worker = gzip.compress(content(page, "/field/service-worker.js"), 9)
    assert len(script) + len(worker) <= SCRIPT_AT_MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_is_small(page, language):
    files = [address for address, _ in kept(page, language)["files"]]
    assert sum(len(gzip.compress(content(page, one), 9)) for one in files) <= KEPT_AT_MOST


def test_the_script_comes_compressed_and_for_good(page):
    shell = page.get("/field/phone/en").source
    address = unescape(re.search(r'src="(/field/phone/script\.js[^"]+)"', shell).group(1))
    answer = page.client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.data) == content(page, "/field/phone/script.js")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_says_what_installing_needs(page, language):
    told = json.loads(content(page, f"/field/manifest/{language}.webmanifest"))
    assert told["id"] == told["scope"] == told["start_url"] == "/field/"
    assert told["display"] == "standalone"
    assert told["lang"].startswith(language)
    assert {(one["purpose"], one["sizes"]) for one in told["icons"]} == {
        (purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")
    }
    for one in told["icons"]:
        with Image.open(BytesIO(content(page, one["src"]))) as icon:
            assert f"{icon.width}x{icon.height}" == one["sizes"]


def test_a_language_that_is_not_offered_is_not_there(page):
    page.get("/field/phone/xx", expect=404)
    page.get("/field/manifest/xx.webmanifest", expect=404)


def test_every_question_of_the_matrix_is_in_the_shell(page):
    shell = page.get("/field/phone/en").source
    for screen in Screen:
        assert f'id="ask-{screen}"' in shell
    for name in (*forms.WHOLE.fields, "because", "tried", "contradiction_reason"):
        assert f'name="{name}"' in shell
    for name in ("exact_words", "source_title", "topic", "places", "indicators-2-target"):
        assert f'name="{name}"' in shell


def test_the_pages_of_the_phone_lead_into_it(page, make):
    page.sign_in(make.mobilizer())
    home = page.get("monitoring.home").source
    assert "/field/phone/script.js" in home
    assert 'rel="manifest"' in home
    assert 'data-worker="/field/service-worker.js?lang=en"' in home


@pytest.mark.parametrize(
    ("language", "month", "forms_of_number"),
    [
        ("en", "November {year}", {"one", "other"}),
        ("sq", "nëntor {year}", {"one", "other"}),
        ("mk", "ноември {year}\u202fг.", {"one", "other"}),
        ("sr", "novembar {year}.", {"one", "few", "other"}),
    ],
)
def test_the_shell_brings_dates_and_plurals_that_a_phone_may_not_have(
    page, language, month, forms_of_number
):
    shell = page.get(f"/field/phone/{language}").source
    assert f'data-word="month.11">{month}<' in shell
    forms = re.search(r'data-plurals="([^"]+)"', shell).group(1).split()
    assert len(forms) == 100
    assert set(forms) == forms_of_number
