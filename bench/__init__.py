"""What pages cost as the data grows: ratios measured in one run, never absolute times."""
