"""The pages of promises: logging on the phone, the list and the gate on the desk."""

from mobilizer.promises.views import copies, desk, gate, logging
from mobilizer.promises.views.blueprint import bp

__all__ = ["bp", "copies", "desk", "gate", "logging"]
