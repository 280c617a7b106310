"""People, their postings, and how they sign in."""
