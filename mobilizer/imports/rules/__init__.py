"""How another tracker's file is read: the mapping, the file, and its rows."""
