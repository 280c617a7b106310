"""Builders: ``make.cycle()``, ``make.assignment()`` … give a stored record that is right as it is.

A test names what matters to it and leaves out the rest. Builders only flush; a test that goes on
through a page need not commit either: the page client does. Each feature has its builders in a
module of its own here, standing on the ones below.
"""

from tests.builders.agreement import AgreementBuilders
from tests.builders.base import month, months_from
from tests.builders.follow import FollowBuilders
from tests.builders.mentoring import MentoringBuilders
from tests.builders.people import HASHER, PASSWORD
from tests.builders.reminders import ReminderBuilders
from tests.builders.replies import ReplyBuilders
from tests.builders.requests import RequestBuilders
from tests.builders.vouching import VouchingBuilders

__all__ = ["HASHER", "PASSWORD", "Builders", "month", "months_from"]


class Builders(
    ReplyBuilders,
    RequestBuilders,
    AgreementBuilders,
    ReminderBuilders,
    MentoringBuilders,
    VouchingBuilders,
    FollowBuilders,
):
    """All builders: the ``make`` of the tests."""
