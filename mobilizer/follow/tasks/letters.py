"""What letters say: plain text in the follower's language, with the way out in every one."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from flask import current_app
from flask_babel import force_locale, gettext, ngettext

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.formats import month
from mobilizer.core.language import LOCALES, said
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.follow import queries
from mobilizer.follow.models import Follower, FollowWish
from mobilizer.follow.rules import MOST_TOLD, WAITING
from mobilizer.follow.tasks.writing import address_of, written
from mobilizer.scorecards.queries.news import News as Found
from mobilizer.scorecards.queries.news import newest, titles_of

#: What letters about a wish to follow are called: of one who follows it already, and of others.
KNOWN, UNCONFIRMED = N_("Follow: %(name)s"), N_("Please confirm: follow %(name)s")


@dataclass(frozen=True)
class Line:
    """One finding in a few words, the path of its page, and whether all of it is invented."""

    says: str
    path: str
    is_invented: bool


@dataclass(frozen=True)
class News:
    """What one follower is told, with all it takes to deliver it."""

    reach: str
    p256dh: str
    auth: str
    language: str
    many: int
    title: str
    lines: tuple[Line, ...]
    secret: str

    @property
    def body(self) -> str:
        """What a message says: the newest finding, led by one word where it is invented."""
        newest = self.lines[0]
        with force_locale(LOCALES[self.language]):
            word = [gettext("Demonstration")] if newest.is_invented else []
        return "\n".join([*word, newest.says])

    @property
    def is_invented(self) -> bool:
        """Whether any of it is of a demonstration."""
        return any(line.is_invented for line in self.lines)

    @property
    def path(self) -> str:
        """Where a message leads: to the one finding, or to the first page."""
        return self.lines[0].path if self.many == 1 else f"/{self.language}/"


def asking(uid: str, key: str) -> EmailMessage | None:
    """The letter by which a wish is confirmed; None when the wish is over."""
    wish = db.session.get(FollowWish, uid)
    if wish is None or wish.expires_at <= clock.now():
        return None
    thing = queries.wished(wish)
    follower = db.session.scalars(queries.does_follow(wish)).one_or_none()
    secret = queries.secret_of(follower or wish)
    known = db.session.scalars(queries.reached(wish.address)).one_or_none()
    way_out = queries.secret_of(known or wish)  # It leads out after she confirmed this as well.
    with force_locale(LOCALES[wish.language]):
        name = said(thing.names, wish.language).text
        title = gettext(KNOWN if follower else UNCONFIRMED, name=name)
        lines = [*_invented(thing.cycle.is_demonstration)]
        lines += _already(name) if follower else _question(name)
        links = (address_of("own" if follower else "confirm", secret, wish.language),)
        return written(wish.address, title, (*lines, *links), way_out, wish.language, key)


def _invented(is_demonstration: bool) -> Iterator[str]:
    """The sentence that stands on every page of a demonstration."""
    if is_demonstration:
        yield gettext("Demonstration: the parties, promises and verdicts shown here are invented.")


def _question(name: str) -> Iterator[str]:
    yield gettext(
        "Somebody, you we hope, asked to be told by e-mail what is new: %(name)s.", name=name
    )
    yield ngettext(
        "If it was not you, do nothing: nothing more is sent, and your address is forgotten after "
        "%(num)s day.",
        "If it was not you, do nothing: nothing more is sent, and your address is forgotten after "
        "%(num)s days.",
        WAITING.days,
    )
    yield gettext("If it was you, open this page and press the button there:")


def _already(name: str) -> Iterator[str]:
    yield gettext("You are told already what is new: %(name)s.", name=name)
    yield gettext("Here you can change how often, or leave:")


def news_of(uid: str, upto: int) -> News | None:
    """What is new for a follower up to a finding; None when she left or was told of it."""
    follower = db.session.get(Follower, uid)
    if follower is None or follower.seen >= upto:
        return None
    wanted = queries.news_for(follower.followed, follower.seen, upto)
    found = newest(wanted, MOST_TOLD)
    many = queries.how_many(wanted) if len(found) == MOST_TOLD else len(found)
    language = follower.language
    with force_locale(LOCALES[language]):
        return News(
            reach=follower.reach,
            p256dh=follower.p256dh,
            auth=follower.auth,
            language=language,
            many=many,
            title=ngettext("%(num)s new finding", "%(num)s new findings", many),
            lines=tuple(_line(one, language) for one in found),
            secret=queries.secret_of(follower),
        )


def _line(one: Found, language: str) -> Line:
    finding = one.finding
    title = said(titles_of(finding.promise), language).text
    where = said(finding.place.names, language).text
    is_the_same = one.before == finding.rating
    says = gettext("It says, as before") if is_the_same else gettext("It says now")
    now = f"{says}: {gettext(finding.rating.label)}."
    was = None if is_the_same else one.before
    before = gettext("It said") + f": {gettext(was.label)}. " if was else ""
    mends = gettext("A correction") + ". " if finding.corrects else ""
    # No full stop after the month: some languages end it with one.
    return Line(
        f"{title}\n{where}, {month(finding.month)}\n{mends}{before}{now}",
        f"/{language}/promises/{finding.promise.number}#finding-{finding.number}",
        db.session.get_one(Cycle, finding.cycle_id).is_demonstration,
    )


def letter(news: News, key: str) -> EmailMessage:
    """The letter that tells what is new."""
    site = current_app.config["SITE_URL"]
    with force_locale(LOCALES[news.language]):
        paragraphs = [*_invented(news.is_invented)]
        paragraphs += [f"{line.says}\n{site}{line.path}" for line in news.lines]
        if more := news.many - len(news.lines):
            said_more = ngettext("And %(num)s more finding:", "And %(num)s more findings:", more)
            paragraphs.append(f"{said_more}\n{site}/{news.language}/")
        own = address_of("own", news.secret, news.language)
        paragraphs.append(gettext("Change what you are told and how often, or leave:") + f"\n{own}")
        return written(news.reach, news.title, paragraphs, news.secret, news.language, key)
