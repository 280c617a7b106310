"""What a published finding says, and how each is bound to the one before it."""

from mobilizer.findings.rules.chain import GENESIS, Fault, Link, Published, bind, canonical, faults
from mobilizer.findings.rules.content import Shown, has_its_shape, public_content

__all__ = [
    "GENESIS",
    "Fault",
    "Link",
    "Published",
    "Shown",
    "bind",
    "canonical",
    "faults",
    "has_its_shape",
    "public_content",
]
