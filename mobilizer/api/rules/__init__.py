"""What the API understands, and its description."""
