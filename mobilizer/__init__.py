"""Mobilizer: hold politicians to their promises."""

__version__ = "0.1.0"
