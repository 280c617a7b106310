"""What happened to a record, step by step, for the page that shows it."""
