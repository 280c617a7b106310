"""How words are spelled in the index, how they are asked for, and which numbers they name."""
