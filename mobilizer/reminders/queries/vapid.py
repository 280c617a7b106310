"""The key by which push services know this site again, made once."""

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app

from config import kept_key

#: How many numbers a private key of the curve P-256 can be.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key() -> ec.EllipticCurvePrivateKey:
    """The site's key: from VAPID_KEY, else from ``var/vapid_key``, which is made when missing."""
    kept = current_app.config["VAPID_KEY"]
    digits = kept or kept_key(current_app.config["ROOT"] / "var" / "vapid_key")
    return ec.derive_private_key(int(digits, 16) % (ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """Its public half, as browsers take it: base64url."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")
