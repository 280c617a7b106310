"""Every published score of every day, kept in the transaction that changes it."""
