"""The mentor's log of meetings: what was advised, what comes next, what is shared."""
