"""What a reply is, how long its link lives, and when a held finding is published.

- A link is for one body, about one finding, and works once.
- A reply is published or declined as it came; nobody edits it. It counts in no score.
- A cycle may hold an approved finding back for some days, so that each body that was asked can
  answer first: nobody's days are ended by what another body does, nor by a link's withdrawal.
- Days end with the day, at midnight where the cycle is: a page names the day and no hour.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mobilizer.core.clock import day_end
from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import normalise
from mobilizer.core.words import N_, Word

#: The days for which a link can be made, and the one offered.
DAYS = (7, 14, 30, 60)
USUAL_DAYS = 14
#: Within so many days a reply is ruled on. One that came in time holds its finding that long past
#: its body's days, and no longer: a moderator who sits on it cannot keep a finding from the public.
READING_DAYS = 7
#: For so many days after its answer a body can read on its link's page what became of that.
READABLE_DAYS = 180
#: How much may be written.
LONGEST, BODY_LONGEST, FUNCTION_LONGEST, REASON_LONGEST = 2000, 200, 120, 600
#: The kinds of the jobs: a letter with a link, one that tells what became of an accepted reply, the
#: end of a deadline, and what is forgotten daily.
MAIL, LEFT_OVER, PUBLISH, SWEEP = "reply.mail", "reply.left_over", "reply.publish", "reply.sweep"

#: The end of a name that changes with its case, and how many letters may come in its place.
_VOWELS, _ENDING = "aeiou", 4
_BRACKETS = re.compile(r"\([^()]*\)")
#: A shorter word is the beginning of too many others, a letter is in all of them.
_SURE, _LEAST = 3, 2


class AddresseeKind(Word):
    """Who is asked to reply."""

    PARTY = "party", N_("Party")
    INSTITUTION = "institution", N_("Institution")


class LinkState(Word):
    """What has become of a link."""

    OPEN = "open", N_("Open")
    ANSWERED = "answered", N_("Reply received")
    FORGONE = "forgone", N_("Will not reply")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")


class Ending(Word):
    """What ends the waiting of a finding that is held back, beside its day."""

    REPLY = "reply", N_("A reply waits for your decision.")
    ASKED = "asked", N_("Earlier if all who were asked have answered, or will not reply.")
    TAKEN_BACK = (
        "taken_back",
        N_(
            "Earlier if all who were asked have answered, or will not reply; but not before the "
            "days are over of whoever’s link was taken back."
        ),
    )
    DAY = "day", N_("That day alone: nobody can reply any more.")
    TURN = "turn", N_("It is the same as an earlier month, and follows that one.")
    OVERDUE = "overdue", N_("Its day has come: it is published within minutes.")


class Ruling(Word):
    """What becomes of a reply."""

    PUBLISH = "publish", N_("Publish")
    DECLINE = "decline", N_("Decline")
    #: Only where what it answers was taken back: nothing is wrong with the reply.
    SET_ASIDE = "set_aside", N_("Set aside")


class Ground(Word):
    """Why a reply is declined: there are no other reasons."""

    INSULT = "insult", N_("It insults or threatens")
    PERSONAL = "personal", N_("It holds personal data")
    OFF_TOPIC = "off_topic", N_("It is not about the promise")


class Gone(RuleBroken):
    """The link was answered before, in another window or by somebody else of the body."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("A reply was sent by this link already: it is shown below."))


class NothingToAnswer(RuleBroken):
    """What the link is about is no longer published, or about to be."""

    def __init__(self) -> None:
        """Say what happened and whom to ask."""
        super().__init__(
            N_("What this link is about is no longer shown, so there is nothing to reply to now.")
        )


def state(
    expires_at: datetime,
    answered_at: datetime | None,
    forgone_at: datetime | None,
    withdrawn_at: datetime | None,
    now: datetime,
) -> LinkState:
    """What has become of a link by now. Only an open one takes a reply."""
    if answered_at is not None:
        return LinkState.ANSWERED
    if forgone_at is not None:
        return LinkState.FORGONE
    if withdrawn_at is not None:
        return LinkState.WITHDRAWN
    return LinkState.OPEN if now < expires_at else LinkState.EXPIRED


def ending(
    publish_at: datetime,
    links: Iterable[LinkState],
    undecided: int,
    now: datetime,
    *,
    waits_its_turn: bool = False,
) -> Ending:
    """What ends the waiting of a finding whose body was told.

    Args:
        publish_at: its day.
        links: all links by which somebody was told of it, or will be.
        undecided: how many replies by them are neither published nor declined.
        now: the moment.
        waits_its_turn: it repeats an earlier month that is held back.
    """
    if publish_at <= now:
        return Ending.TURN if waits_its_turn else Ending.OVERDUE
    if undecided:
        return Ending.REPLY
    if LinkState.OPEN not in (states := set(links)):
        return Ending.DAY
    return Ending.TAKEN_BACK if LinkState.WITHDRAWN in states else Ending.ASKED


def days_for(reply_days: int) -> int:
    """How long a link lives that nobody chose a life for: no shorter than the deadline."""
    return next((days for days in DAYS if days >= max(reply_days, USUAL_DAYS)), DAYS[-1])


@dataclass(frozen=True)
class Asked:
    """A body that was asked about a held finding by a link, and what has come of that link."""

    body: str
    #: When it was told: by a link made, or a letter sent. None while the letter is on its way.
    told_at: datetime | None
    expires_at: datetime
    forgone_at: datetime | None = None
    #: When its reply was published, or will be as soon as the finding is.
    accepted_at: datetime | None = None
    #: When its reply came in, while nobody has ruled on that.
    unread_since: datetime | None = None
    #: Its link was taken back: that ends no days, nor does what is done by a link made after it,
    #: or a coordinator could end them.
    is_withdrawn: bool = False


def body_key(kind: AddresseeKind, addressee: str) -> str:
    """One body by one key, however often it is asked and in whichever script it is written.

    What stands in brackets, such as a town, makes no other body of it.
    """
    return f"{kind.value}:{normalise(_BRACKETS.sub(' ', addressee)) or normalise(addressee)}"


def is_of(kind: AddresseeKind, addressee: str, names: Iterable[str]) -> bool:
    """Whether a body that was asked is the party with these names, one in each language."""
    return body_key(kind, addressee) in {body_key(AddresseeKind.PARTY, name) for name in names}


def deadline(told_at: datetime, days: int, zone: str) -> datetime:
    """When the days of a body are over that was told then: with the end of a day there."""
    return day_end(told_at, days, zone)


def last_deadline(began_at: datetime, days: int, zone: str) -> datetime:
    """When the waiting is over that began then: the first body was told, or nobody is."""
    return day_end(began_at, 2 * days, zone)


def read_by(received_at: datetime, zone: str) -> datetime:
    """Until when a reply is to be ruled on that came in then."""
    return day_end(received_at, READING_DAYS, zone)


def deadline_of(body: str, asked: Collection[Asked], days: int, zone: str) -> datetime | None:
    """When a body's days are over: a second link gives no more of them. None: it was not told."""
    told = [one.told_at for one in asked if one.body == body and one.told_at is not None]
    last = _last(asked, days, zone)
    return min(deadline(min(told), days, zone), last) if told and last else None


def held_until(
    asked: Collection[Asked], days: int, zone: str, *, approved_at: datetime
) -> datetime:
    """When a held finding is published, as things stand.

    While nobody is told of it: when twice the days have passed since its approval, or it could be
    kept from the public by telling nobody. Once somebody is, it waits for every body that was
    asked: until its reply is accepted, or it said that it will not reply, or its days are over;
    and for the ruling on a reply that came within those days, as long as there is time to read
    it. One that came later holds nothing. A link that was withdrawn after its body was told holds
    to the end of that body's days, whatever becomes of another one to it: that may be in the hands
    of who withdrew the first. So whoever is asked, and whatever is taken back: nothing is held
    longer than twice the days, counted from when the first body was told, and the days of reading.
    """
    last = _last(asked, days, zone)
    if last is None:
        return last_deadline(approved_at, days, zone)
    holding = [one for one in asked if one.told_at or not one.is_withdrawn]
    return max(_free(one, asked, days, zone, last) for one in holding)


def _last(asked: Iterable[Asked], days: int, zone: str) -> datetime | None:
    told = [one.told_at for one in asked if one.told_at is not None]
    return last_deadline(min(told), days, zone) if told else None


def _free(one: Asked, asked: Collection[Asked], days: int, zone: str, last: datetime) -> datetime:
    """When one link holds its finding no more; a letter that never goes out, when it expires."""
    if (answered := one.forgone_at or one.accepted_at) is not None:
        return answered
    over = deadline_of(one.body, asked, days, zone) or min(one.expires_at, last)
    if one.unread_since is not None and one.unread_since < over:
        return max(over, read_by(one.unread_since, zone))
    return over


def check_decision(
    ruling: Ruling | None, ground: Ground | None, reason: str, *, is_taken_back: bool = False
) -> None:
    """Hold a moderator's decision to the rules.

    Args:
        ruling: what she chose.
        ground: on which ground a reply is declined.
        reason: why, for the programme.
        is_taken_back: what the reply answers no longer stands as the body read it.

    Raises:
        RuleBroken: nothing is chosen, a refusal lacks its ground or its reason, or what is to be
            set aside answers what still stands.
    """
    if ruling is None:
        raise RuleBroken(N_("Choose a decision."), field="ruling")
    if ruling is Ruling.SET_ASIDE and not is_taken_back:
        message = N_("What this reply answers still stands: publish the reply, or decline it.")
        raise RuleBroken(message, field="ruling")
    if ruling is Ruling.DECLINE and ground is None:
        raise RuleBroken(N_("Choose on which ground it is declined."), field="ground")
    if ruling is Ruling.DECLINE and not reason.strip():
        raise RuleBroken(N_("Say why: the log of replies needs it."), field="reason")


def named_in(text: str, people: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The names by which a text may point at one of these people, in any script.

    A hit too many costs the moderator a glance; a miss may cost a mobilizer her safety. So any
    word of a full name counts, with another ending too, and an alias or sign-in name as a whole.

    Args:
        text: what was written.
        people: full name, alias and sign-in name of each.
    """
    written = normalise(text)
    words, padded = written.split(), f" {written} "
    for full_name, alias, sign_in_name in people:
        stems = [_stem(word) for word in normalise(full_name).split() if len(word) >= _LEAST]
        if any(_is_form(word, stem) for word in words for stem in stems):
            yield full_name
        for name in (alias, sign_in_name):
            if (whole := normalise(name)) and f" {whole} " in padded:
                yield name


def _stem(word: str) -> str:
    return word[:-1] if len(word) > _SURE and word[-1] in _VOWELS else word


def _is_form(word: str, stem: str) -> bool:
    ending = _ENDING if len(stem) >= _SURE else 0
    return word.startswith(stem) and len(word) <= len(stem) + ending
