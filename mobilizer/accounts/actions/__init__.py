"""What people do to their accounts, and what is done at the door. The caller commits."""
