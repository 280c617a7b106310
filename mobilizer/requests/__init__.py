"""Public requests: questions, corrections and evidence from anybody, and what was answered."""
