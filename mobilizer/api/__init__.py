"""Read-only JSON and CSV for everybody."""
