"""What every feature stands on: database, policy, language, clock, sessions."""
