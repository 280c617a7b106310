"""The first page of the desk, and the audit log."""
