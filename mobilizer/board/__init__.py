"""Who has what where, at a glance, and how it passes from hand to hand."""
