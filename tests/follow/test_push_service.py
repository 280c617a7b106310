"""A message on its whole way: sent over TLS to a push service, and opened as the browser does.

What the browser does is written out here after RFC 8291 and 8188, and what the push service checks
after RFC 8292: with none of the code that closes and signs.
"""

import json
import socket
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mobilizer.core import outside
from mobilizer.follow.models import Follower
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.reminders.tasks import pushing
from tests.follow.conftest import rows
from tests.support.page import apart
from tests.support.push_service import NAME, lead, server

__all__ = ["server"]

SEND = pushing.send
CURVE = ec.SECP256R1()
ENDPOINT = f"https://{NAME}/send/of-her"
AUTH = bytes(range(16))
MORNING = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)


def base64(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point_of(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived(salt, secret, info, length):
    return HKDF(SHA256(), length, salt, info).derive(secret)


def opened(body, key):
    """What a browser reads: one record of aes128gcm, closed for its key and its secret."""
    salt, size, sender = body[:16], int.from_bytes(body[16:20], "big"), body[21 : 21 + body[20]]
    record = body[21 + body[20] :]
    assert len(record) <= size
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
    both = b"WebPush: info\0" + point_of(key) + sender
    secret = derived(AUTH, shared, both, 32)
    lock = AESGCM(derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16))
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    content, end, padding = lock.decrypt(nonce, record, None).rpartition(b"\x02")
    assert end
    assert not padding.strip(b"\0")
    return json.loads(content)


def claims_of(authorization):
    """What a push service believes: a word signed with the key that stands beside it."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    said, signature = parts["t"].rsplit(".", 1)
    raw = from_base64(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64(parts["k"]))
    key.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(SHA256()))
    head, claims = (json.loads(from_base64(part)) for part in said.split("."))
    assert (scheme, head["alg"]) == ("vapid", "ES256")
    return parts["k"], claims


@pytest.fixture
def key():
    return ec.generate_private_key(CURVE)


@pytest.fixture
def service(server, monkeypatch):
    """The server stands where the browser's push service would, at the usual port."""
    lead(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(pushing, "send", SEND)
    connect = socket.create_connection
    there = ("127.0.0.1", server.server_port)
    monkeypatch.setattr(outside.socket, "create_connection", lambda _, wait: connect(there, wait))
    return server


@pytest.fixture
def told(cycle, make, page, key, morning):
    """A browser follows all; something is found; the morning comes."""

    def told():
        keys = {"p256dh": base64(point_of(key)), "auth": base64(AUTH)}
        content = {"endpoint": ENDPOINT, "keys": keys, "listing": "all"}
        answer = apart(lambda: page.client.post("/follow/push?lang=mk", json=content))
        assert answer.status_code == 201
        make.finding(make.promise("A school", cycle=cycle), place=make.municipality("Tetovo"))
        morning()

    return told


def test_only_the_browser_reads_what_is_found_and_the_service_knows_who_sends(
    service, told, key, page
):
    told()

    [(path, headers, body)] = service.came
    message = opened(body, key)
    assert path == "/send/of-her"
    assert message["title"] == "1 нов наод"
    assert message["url"] == "/mk/promises/1#finding-1"
    assert b"promises" not in body
    signer, claims = claims_of(headers["Authorization"])
    assert claims["aud"] == f"https://{NAME}"
    assert 0 < claims["exp"] - MORNING.timestamp() <= 24 * 60 * 60
    [place] = page.get("/follow/all?lang=mk").query("[data-follow]")
    assert place.attrs["data-vapid-key"] == signer


def test_another_browser_opens_nothing(service, told):
    told()
    [(_, _, body)] = service.came
    with pytest.raises(InvalidTag):
        opened(body, ec.generate_private_key(CURVE))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, told, status):
    service.status = status
    told()
    assert len(service.came) == 1
    assert rows(Follower) == []


def test_a_service_that_takes_nothing_now_is_asked_again(service, told, morning):
    service.status = 503
    told()
    [follower] = rows(Follower)
    assert follower.seen == 0
    service.status = 201
    morning(2)
    assert len(service.came) >= 2
    assert rows(Follower)[0].seen == 1


def test_a_name_that_leads_inside_is_told_nothing_and_stands_in_no_log(
    service, told, monkeypatch, caplog
):
    caplog.set_level("DEBUG")
    monkeypatch.setattr(outside, "is_public", lambda _: False)
    told()
    assert service.came == []
    [job] = [one for one in rows(Job) if one.kind == "follow.tell"]
    assert (job.state, job.fault) == (JobState.GIVEN_UP, "Inside")
    assert "of-her" not in caplog.text + str([vars(one) for one in rows(Job)])


def test_a_redirect_is_not_followed(service, told):
    service.status = 307
    told()
    assert len(service.came) == 1
