"""The rules of the month: the matrix, the workflow, the contradictions."""
