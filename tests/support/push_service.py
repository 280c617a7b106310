"""A server of our own, passed off as one of the public network: it notes what it is sent."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mobilizer.core import outside

NAME = "push.example"


def lead(monkeypatch, *addresses):
    """Let every name lead to these addresses."""
    asked = []

    def getaddrinfo(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(outside, "getaddrinfo", getaddrinfo)
    return asked


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
