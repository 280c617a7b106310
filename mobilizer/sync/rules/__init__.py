"""What a phone and the server agree on: the protocol of docs/sync.md, from plain values."""

import hashlib
import hmac

#: The number of the protocol: it grows when older phones could no longer be understood.
LEAST_CLIENT = 1
#: How many receipts are told at once.
MOST_RECEIPTS = 100
#: How many times a phone may count its sendings of one report.
MOST_NUMBER = 9999


def person_key(secret: str, user_id: int) -> str:
    """The opaque name of an account on this site: the same at every sign-in, telling nothing."""
    named = f"person:{user_id}".encode()
    return hmac.new(secret.encode(), named, hashlib.sha256).hexdigest()[:32]


def sha256_of(content: bytes) -> str:
    """The hash that names these bytes."""
    return hashlib.sha256(content).hexdigest()
