"""The publication's number: what the public sees has changed when it has, and not otherwise."""
