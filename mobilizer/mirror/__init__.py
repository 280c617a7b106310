"""The public site as files that any web server, or a USB stick, can show."""
