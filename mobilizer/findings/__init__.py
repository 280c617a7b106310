"""What has been published: an append-only chain."""
