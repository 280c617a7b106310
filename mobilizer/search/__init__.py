"""What the public finds promises by: their folded words, and those of what was found of them."""
