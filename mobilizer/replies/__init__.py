"""The right of reply: a body that promised or has to act answers a finding, beside it."""
