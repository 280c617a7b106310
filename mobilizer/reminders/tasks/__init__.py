"""The jobs of reminders: what each kind of job is done by."""

from mobilizer.conversation.rules import SAID
from mobilizer.jobs.rules import Handler
from mobilizer.reminders.actions import MAIL, PUSH
from mobilizer.reminders.tasks.delivering import mail, push
from mobilizer.reminders.tasks.planning import (
    DAY,
    MONTH,
    begin_day,
    plan_day,
    plan_month,
    tell,
    tell_said,
)
from mobilizer.review.rules import DECIDED

HANDLERS: dict[str, Handler] = {
    DECIDED: tell,
    SAID: tell_said,
    DAY: plan_day,
    MONTH: plan_month,
    MAIL: mail,
    PUSH: push,
}
DAILY = (begin_day,)
