"""Cycles of monitoring, their topics and their months."""
