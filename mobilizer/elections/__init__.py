"""Elections, and who stood in them: parties, coalitions, candidates."""
