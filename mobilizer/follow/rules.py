"""How often somebody is told, for how long an unconfirmed wish is kept, and how much is too much.

Everybody is told in the morning, of whole days: a letter that came when a finding is published
would tell at which hour somebody approved it.
"""

from datetime import date, time, timedelta

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

#: When in the day everybody is told.
HOUR = time(8)
#: So long a confirmation is waited for; then the address is forgotten.
WAITING = timedelta(days=3)
#: So many things one address or browser follows.
MOST_FOLLOWED = 50
#: So many findings are named in one letter; of the others their number.
MOST_TOLD = 20
#: For so many followers one job writes down what is to be sent.
FOLLOWERS = 200
#: How many wishes that nobody confirmed are deleted in one transaction.
SWEPT = 500

#: The kinds of jobs.
CONFIRM, DAY, ROUND, TELL, SWEEP = (
    "follow.confirm",
    "follow.day",
    "follow.round",
    "follow.tell",
    "follow.sweep",
)


class Pace(Word):
    """How often somebody is told."""

    DAILY = "daily", N_("On the morning after something was published")
    WEEKLY = "weekly", N_("Once a week, on Monday")
    MONTHLY = "monthly", N_("Once a month, on its first day")


def next_day(pace: Pace, today: date) -> date:
    """The next day, after this one, on which somebody is told."""
    if pace is Pace.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    if pace is Pace.MONTHLY:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return today + timedelta(days=1)


def check_room(many: int) -> None:
    """There is an end to what one address or browser follows.

    Raises:
        RuleBroken: it is reached.
    """
    if many > MOST_FOLLOWED:
        raise RuleBroken(
            N_("More than %(most)s things cannot be followed. Follow everything instead."),
            most=MOST_FOLLOWED,
        )
