"""The form of whoever asks, the page she follows it on, and the coordinator's desk of requests."""

from mobilizer.requests.views import following
from mobilizer.requests.views.asking import bp as ask_bp
from mobilizer.requests.views.desk import bp

__all__ = ["ask_bp", "bp", "following"]
