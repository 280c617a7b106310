"""What a mirrored address is called as a file, and how pages point to such files."""
