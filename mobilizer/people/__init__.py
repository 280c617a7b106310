"""The coordinator's desk for people: invitations, postings, quotas."""
