"""What goes out to an address that a visitor gave never reaches a machine inside."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import repeat
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mobilizer.core import outside
from mobilizer.core.outside import Inside, is_public, post, resolved

NAME = "push.example"
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


def lead(monkeypatch, *addresses):
    """Let every name lead to these addresses."""
    asked = []

    def getaddrinfo(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(outside, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_asked(monkeypatch, addresses):
    lead(monkeypatch, *addresses)

    with pytest.raises(Inside):
        resolved(NAME, 443)
    with pytest.raises(Inside):
        post(f"https://{NAME}/", b"", {})


# --- a real exchange, with a server of our own passed off as a public one


class Answering(BaseHTTPRequestHandler):
    """Notes what came and answers with what the test wants."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.came.append((self.path, dict(self.headers), self.rfile.read(length)))
        if self.server.drops is not None:
            for drop in self.server.drops:
                self.wfile.write(drop)
                if self.server.released.wait(0.05):
                    return
            return
        self.send_response(self.server.status)
        self.send_header("Location", "https://127.0.0.1/inside")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def certificate(folder, name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[HTTPServer]:
    file = certificate(tmp_path, NAME)
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.came, server.status, server.drops = [], 201, None
    server.released = Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(outside, "is_public", lambda _: True)
    monkeypatch.setattr(outside, "trusted", lambda: ssl.create_default_context(cafile=file))
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


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
