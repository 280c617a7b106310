"""Read-only JSON, CSV and whole packages of what is published. No account, no key, no cookie."""

from mobilizer.api.views import packages, records
from mobilizer.api.views.frame import bp

__all__ = ["bp", "packages", "records"]
