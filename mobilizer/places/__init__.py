"""Places: countries, their regions, and the municipalities in them."""
