"""The data package: what stands in it, and how anybody counts it again. Plain rules only."""
