"""Who monitors which promise, where, in which months."""
