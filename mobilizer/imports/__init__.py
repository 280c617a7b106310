"""What other trackers published, taken in."""
