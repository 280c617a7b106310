"""The jobs of following: what each kind of job is done by."""

from mobilizer.follow.rules import CONFIRM, DAY, ROUND, SWEEP, TELL
from mobilizer.follow.tasks.planning import begin_day, plan_day, plan_round, sweep
from mobilizer.follow.tasks.telling import ask, tell
from mobilizer.jobs.rules import Handler

HANDLERS: dict[str, Handler] = {
    CONFIRM: ask,
    DAY: plan_day,
    ROUND: plan_round,
    TELL: tell,
    SWEEP: sweep,
}
DAILY = (begin_day,)
