"""The mentor's queue and her decisions."""
