"""The public pages and the scores on them."""
