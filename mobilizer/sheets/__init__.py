"""The month's sheet: the monitoring matrix, filled in."""
