"""Jobs that deliver: the text is made now, if it is true now, and no transaction is open meanwhile.

A letter is sent once its job runs and noted in the transaction that ends the job. Should the
worker die between the two, the letter goes once more under the same Message-ID.
"""

from datetime import date

from mobilizer.core.database import db, reading
from mobilizer.follow.actions import forget, told
from mobilizer.follow.tasks import letters
from mobilizer.follow.tasks.planning import held
from mobilizer.jobs.rules import Leased
from mobilizer.reminders.rules import Browser
from mobilizer.reminders.tasks import pushing, sending
from mobilizer.reminders.tasks.delivering import name_of


def ask(leased: Leased) -> None:
    """Ask an address whether it is hers who wishes to follow; nothing if the wish is over."""
    with reading():
        letter = letters.asking(leased.payload["wish"], leased.key)
        db.session.rollback()
    if letter is not None:
        sending.send(letter)


def tell(leased: Leased) -> None:
    """Tell one follower what is new for her; nothing if she left, was told, or nothing is."""
    uid, upto = leased.payload["follower"], leased.payload["upto"]
    with reading():
        news = letters.news_of(uid, upto)
        db.session.rollback()
    if news is None:
        return
    if news.many and _is_gone(news, leased.key):
        forget(uid)
        return
    follower = held(uid)
    if follower is not None:
        told(follower, upto, date.fromisoformat(leased.payload["day"]))


def _is_gone(news: letters.News, key: str) -> bool:
    """Send it; whether the browser it went to takes no messages any more."""
    if not news.auth:
        sending.send(letters.letter(news, key))
        return False
    browser = Browser(news.reach, news.p256dh, news.auth)
    message = {"title": news.title, "body": news.body, "url": news.path, "tag": "follow"}
    topic = name_of(f"follow:{news.reach}")
    return pushing.send(browser, message, topic) is pushing.Outcome.GONE
