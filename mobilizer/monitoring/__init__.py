"""The monthly entries of the mobilizers."""
