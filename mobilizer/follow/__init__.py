"""Following without an account: by e-mail after a confirmation, or as messages in a browser."""
