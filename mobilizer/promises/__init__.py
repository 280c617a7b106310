"""What was promised, by whom, in which words."""
