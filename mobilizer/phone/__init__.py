"""The phone without a network: its page, its service worker, what makes the site installable."""
