"""A programme to look around in, with invented parties only."""
