"""What mobilizers and the desk say to each other about a report, and what they mention."""
