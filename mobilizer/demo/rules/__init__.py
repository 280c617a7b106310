"""The demonstration's story: who is in it, what was promised, and what happens when."""
