"""Who is to be told what, in which way, and whether it is still true."""

from mobilizer.reminders.queries.due import near_months, unfiled
from mobilizer.reminders.queries.news import News, news
from mobilizer.reminders.queries.wishes import browsers_of, is_wanted, wishes_of

__all__ = ["News", "browsers_of", "is_wanted", "near_months", "news", "unfiled", "wishes_of"]
