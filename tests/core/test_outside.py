"""What goes out to an address that a visitor gave never reaches a machine inside."""

import ssl
from http.client import HTTPException
from itertools import repeat

import pytest

from mobilizer.core.outside import Inside, is_public, post, resolved
from tests.support.push_service import NAME, lead, server

__all__ = ["server"]

INSIDE = """
    127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
    100.64.0.1 192.0.0.1 198.18.0.1 224.0.0.1 239.255.255.250 255.255.255.255 240.0.0.1
    :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12::1
    ff02::1 ff0e::1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1
    localhost 0x7f000001 127.1
"""
OUTSIDE = "93.184.216.34 8.8.8.8 2606:4700:4700::1111 ::ffff:8.8.8.8"


@pytest.mark.parametrize("address", INSIDE.split())
def test_an_inside_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_a_public_address_is(address):
    assert is_public(address)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_asked(monkeypatch, addresses):
    lead(monkeypatch, *addresses)

    with pytest.raises(Inside):
        resolved(NAME, 443)
    with pytest.raises(Inside):
        post(f"https://{NAME}/", b"", {})


# --- a real exchange, with a server of our own passed off as a public one


def address(server, name=NAME, path="/send/1?a=b"):
    return f"https://{name}:{server.server_port}{path}"


def test_what_is_sent_arrives_under_the_name(server, monkeypatch):
    asked = lead(monkeypatch, "127.0.0.1")

    assert post(address(server), b"closed", {"TTL": "60"}) == 201
    [(path, headers, body)] = server.came
    assert (path, headers["TTL"], body) == ("/send/1?a=b", "60", b"closed")
    assert headers["Host"].startswith(NAME)
    assert asked == [NAME], "looked up more than once: a name may change its mind"


def test_a_redirect_is_not_followed(server, monkeypatch):
    lead(monkeypatch, "127.0.0.1")
    server.status = 307

    assert post(address(server), b"closed", {}) == 307
    assert len(server.came) == 1


def test_a_certificate_of_another_name_is_not_believed(server, monkeypatch):
    lead(monkeypatch, "127.0.0.1")

    with pytest.raises(ssl.SSLCertVerificationError):
        post(address(server, "other.example"), b"closed", {})
    assert server.came == []


@pytest.mark.parametrize("drop", [b"", b"x"], ids=["silent", "a letter at a time"])
def test_nobody_is_waited_for_longer_than_said(server, monkeypatch, drop):
    lead(monkeypatch, "127.0.0.1")
    server.drops = repeat(drop, 400)

    with pytest.raises((OSError, HTTPException)):
        post(address(server), b"closed", {}, seconds=0.3)
    assert len([*server.drops]) > 200, "waited to the end"
