"""What a mobilizer's public page may say, so that it leads nobody to her.

Whoever wants to find her can look at the page every day, and reads all that is published. So
nothing on it changes with one report, and nothing is true of her alone
(docs/decisions/mobilizer_page.md).
"""

from mobilizer.core.words import N_, Word

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


class Unshown(Word):
    """Why the page of a mobilizer who wants one is not there: told to her alone."""

    NO_CYCLE = "no_cycle", N_("It is not shown yet: no cycle is public.")
    NOT_IN_CYCLE = (
        "not_in_cycle",
        N_("It is not shown: only mobilizers of the cycle that is public have such a page."),
    )
    TOO_FEW = (
        "too_few",
        N_(
            "It is not shown yet: up to the end of last month fewer than three mobilizers of your "
            "region had published reports, and you could be found out by it. Until then its "
            "address answers as if it had never been there."
        ),
    )
