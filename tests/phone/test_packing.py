"""What is the same for everybody comes compressed, is compressed once, and not sent again."""

import gzip

import pytest

from mobilizer.phone import views

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

SMALL = {"Accept-Encoding": "gzip"}


def test_the_shell_comes_compressed_to_who_takes_it_so(page):
    plain = page.client.get("/field/phone/mk", buffered=True)
    small = page.client.get("/field/phone/mk", headers=SMALL, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert len(small.data) < len(plain.data) / 3


@pytest.mark.parametrize("address", ["/field/phone/mk", "/field/phone/script.js"])
def test_nothing_is_compressed_at_each_request(page, monkeypatch, address):
    page.client.get(address, headers=SMALL, buffered=True)
    monkeypatch.setattr(views.gzip, "compress", None)
    assert page.client.get(address, headers=SMALL, buffered=True).status_code == 200


@pytest.mark.parametrize("headers", [{}, SMALL])
def test_what_is_still_the_same_is_not_sent_again(page, headers):
    tag = page.client.get("/field/phone/mk", headers=headers, buffered=True).headers["ETag"]
    again = page.client.get("/field/phone/mk", headers={**headers, "If-None-Match": tag})
    assert again.status_code == 304
