"""The rules of evidence: links and photos."""
