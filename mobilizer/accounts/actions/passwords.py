"""Hashing passwords: argon2id with 19 MiB, which a small server can bear and a guesser cannot."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

#: Nobody's password, hashed as all are: so that an unknown name takes as long as a known one.
NOBODYS = f"$argon2id$v=19$m=19456,t=2,p=1${'A' * 22}${'A' * 43}"


def hashed(password: str) -> str:
    """What is stored of a password. Takes some 40 ms: hold no lock meanwhile."""
    return HASHER.hash(password)


def is_right(password_hash: str, password: str) -> bool:
    """Whether this is the password. Takes as long when it is not."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)
