"""The jobs of reminders: what each kind of job is done by."""

from mobilizer.board.rules import HANDED_OVER
from mobilizer.conversation.rules import SAID
from mobilizer.jobs.rules import Handler
from mobilizer.reminders.actions import MAIL, PUSH
from mobilizer.reminders.tasks import askers, bodies
from mobilizer.reminders.tasks.delivering import mail, push
from mobilizer.reminders.tasks.planning import (
    DAY,
    MONTH,
    begin_day,
    plan_day,
    plan_month,
    tell,
    tell_both,
    tell_reopened,
    tell_said,
)
from mobilizer.replies.rules import LEFT_OVER
from mobilizer.replies.rules import MAIL as LETTER
from mobilizer.requests.rules import CLOSED, RECEIVED
from mobilizer.review.rules import DECIDED, REOPENED

HANDLERS: dict[str, Handler] = {
    DECIDED: tell,
    REOPENED: tell_reopened,
    HANDED_OVER: tell_both,
    SAID: tell_said,
    DAY: plan_day,
    MONTH: plan_month,
    MAIL: mail,
    PUSH: push,
    LETTER: bodies.mail,
    LEFT_OVER: bodies.mail_left_over,
    RECEIVED: askers.mail_received,
    CLOSED: askers.mail_closed,
}
DAILY = (begin_day,)
