"""What a mobilizer's public page may say, so that it leads nobody to her.

Whoever wants to find her can look at the page every day, and reads all that is published. So
nothing on it changes with one report, and nothing is true of her alone
(docs/decisions/mobilizer_page.md).
"""

#: So many mobilizers must have published in a region before the page of one names it.
LEAST_TOGETHER = 3
#: Of how many reports a page speaks: the largest of these that she has passed.
ROUGHLY = (10, 25, 50, 100, 250, 500)


def roughly(reports: int) -> int:
    """More than how many reports she has published, by a number that many share; 0: a few."""
    return max((step for step in ROUGHLY if reports > step), default=0)


def may_be_shown(published_there: int) -> bool:
    """Whether so many mobilizers who have published in her region hide her among them."""
    return published_there >= LEAST_TOGETHER
