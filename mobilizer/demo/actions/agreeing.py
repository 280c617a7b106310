"""The second looks: drawn every week of the story, and given some weeks later."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from mobilizer.agreement.actions import draw, give
from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.queries.drawing import open_looks
from mobilizer.agreement.rules import Answer
from mobilizer.agreement.rules.alpha import SCALE
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.demo.actions.ground import Stage, moment
from mobilizer.demo.rules.story import chance
from mobilizer.scoring.rules import Rating

WEEK = timedelta(days=7)
#: How long a second mentor takes; what was drawn later than this ago still waits for her.
TAKES = timedelta(days=20)


def second_looks(stage: Stage) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """When somebody looks again."""
    day = stage.months[0]
    while day < stage.today:
        yield moment(day, 600), partial(look_again, stage)
        day += WEEK


def look_again(stage: Stage) -> None:
    """Give what was drawn some weeks ago, and draw anew."""
    before = clock.now() - TAKES
    drawn = db.session.scalars(open_looks(stage.cycle).where(SecondLook.drawn_at < before)).all()
    draw(stage.cycle)
    kept = set(db.session.scalars(select(SecondLook.id)))
    for look in drawn:
        if look.id in kept and look.coder is not None:
            give(look.id, _answer(stage, look), by=look.coder)


def _answer(stage: Stage, look: SecondLook) -> Answer:
    assert look.coder is not None  # noqa: S101  # only what somebody was asked for is given
    rating, key = look.revision.rating, look.revision.entry_id
    phrases = stage.story.phrases[look.coder.language]
    if chance(f"{key} tells", 17) == 0:
        return Answer(None, phrases["second_untold"])
    if rating in SCALE and chance(f"{key} agrees", 5) == 0:
        return Answer(_beside(rating), phrases["second_other"])
    return Answer(rating, phrases["second_same"])


def _beside(rating: Rating) -> Rating:
    """One step further down the scale: the document shows less."""
    return SCALE[min(SCALE.index(rating) + 1, len(SCALE) - 1)]
