"""Links by which a body replies, by hand or by letter. The caller commits."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from flask import current_app
from sqlalchemy import select, update

from mobilizer.accounts.models import User
from mobilizer.accounts.rules.names import email_address
from mobilizer.audit.actions import record
from mobilizer.core import clock, letters
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.jobs.actions import enqueue
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies import queries
from mobilizer.replies.actions.deadlines import begin, hold, reckon
from mobilizer.replies.models import HeldFinding, PartyContact, ReplyLink
from mobilizer.replies.rules import (
    BODY_LONGEST,
    DAYS,
    MAIL,
    USUAL_DAYS,
    AddresseeKind,
    LinkState,
    body_key,
    days_for,
    deadline,
)

NO_LETTERS = N_(
    "No letter can be sent from here: no mail server is set up. Leave this empty, and send the "
    "link yourself."
)


@dataclass(frozen=True)
class Addressee:
    """The body that is asked, and the language it is asked in."""

    kind: AddresseeKind
    name: str
    language: str
    #: Where the letter goes; "" when the link is handed over by hand.
    address: str = ""


def invite(
    about: Finding | HeldFinding,
    to: Addressee,
    *,
    by: User | None,
    days: int = USUAL_DAYS,
    salt: str = "",
) -> tuple[ReplyLink, str]:
    """Make a link, and the token that opens it and is kept nowhere.

    Handed over by hand, the body's days run from now; by letter, from when it was sent.

    Args:
        about: what can be replied to.
        to: the body, and where its letter goes.
        by: who asks; None if nobody in person does.
        days: how long the link lives.
        salt: what the token is made from; drawn at random if not said.

    Raises:
        RuleBroken: nobody is named, the address is none or no letter could go there, the promise
            is not public, or what is held back has waited long enough for others.
    """
    address = email_address(to.address) or ""
    if address and not letters.go_out():
        raise RuleBroken(NO_LETTERS, field="address")
    _check(about.promise, to, days, least=about.days if isinstance(about, HeldFinding) else 0)
    salt, now = salt or secrets.token_urlsafe(32), clock.now()
    token = _token(salt)
    held = about if isinstance(about, HeldFinding) else None
    if held is not None:
        # Before its link is stored, which takes a share of it: two who ask at once would each
        # wait for the other's share to end.
        hold(held.id)
        _check_in_time(held, to)
    link = ReplyLink(
        token_hash=hashed(token),
        promise=about.promise,
        finding_number=about.number if isinstance(about, Finding) else None,
        held=held,
        kind=to.kind,
        addressee=to.name.strip(),
        language=to.language,
        address=address,
        salt=salt if address else "",
        invited_by_id=by.id if by is not None else None,
        made_at=now,
        expires_at=deadline(now, days, about.promise.cycle.time_zone),
    )
    db.session.add(link)
    if not address:
        begin(link)
    record(by, "reply.invite", link, vouches=link, days=days)
    if address:
        enqueue(MAIL, f"{MAIL}:{link.id}", {"link": link.id})
    if held is not None:
        reckon(held, f"{'asked' if address else 'told'}:{link.id}")
    return link, token


def invite_anew(link: ReplyLink, after: Finding | HeldFinding, token: str) -> str:
    """Ask the body of a link about what replaced that link's finding, once.

    Returns:
        The token: made from the link's own, so that who holds that finds it again.
    """
    if isinstance(after, HeldFinding):
        salt, days = f"{token}:held:{after.id}", days_for(after.days)
    else:
        salt, days = f"{token}:finding:{after.number}", USUAL_DAYS
    anew = _token(salt)
    made = select(ReplyLink.id).where(ReplyLink.token_hash == hashed(anew))
    if db.session.scalar(made) is None:
        to = Addressee(link.kind, link.addressee, link.language)
        invite(after, to, by=None, days=days, salt=salt)
    return anew


def invite_by_contact(held: HeldFinding) -> None:
    """Write down a letter to the party, if its address is kept for this cycle.

    Where no letter goes out the finding waits on the coordinator's list, to be told by hand.
    """
    kept = queries.contact(held.promise)
    if kept is None or not letters.go_out():
        return
    names = kept.party.names
    name = names.get(kept.language) or next(iter(names.values()), kept.party.code)
    to = Addressee(AddresseeKind.PARTY, name[:BODY_LONGEST], kept.language, kept.address)
    invite(held, to, by=None, days=days_for(held.days))


def token_of(link: ReplyLink) -> str | None:
    """The token of a link whose letter is still to be sent; None when it can no longer be told."""
    token = _token(link.salt) if link.salt else ""
    return token if hashed(token) == link.token_hash else None


def letter_sent(link: ReplyLink) -> None:
    """The mail server has the letter: nothing is kept that could send it again."""
    link.address = link.salt = ""
    begin(link)
    record(None, "reply.send", link, vouches=link)
    if link.held is not None:
        reckon(link.held, f"told:{link.id}")


def forget_addresses() -> None:
    """Forget where letters were to go whose links have expired: nobody took them."""
    over = update(ReplyLink).where(ReplyLink.expires_at <= clock.now(), ReplyLink.salt != "")
    db.session.execute(over.values(address="", salt=""))


def withdraw(link: ReplyLink, *, by: User) -> None:
    """Make a link worthless. The days of a body that was told by it run on all the same.

    Else a coordinator could end a body's days, or begin them anew as often as she likes.

    Raises:
        RuleBroken: it was answered, or works no longer anyway.
    """
    if link.state is not LinkState.OPEN:
        raise RuleBroken(N_("This link works no longer anyway."))
    link.withdrawn_at = clock.now()
    link.address = link.salt = ""
    if link.held is not None:
        reckon(link.held, f"withdrawn:{link.id}")
    record(by, "reply.withdraw", link, vouches=link)


def keep_contact(cycle: Cycle, party: Party, address: str, language: str, *, by: User) -> None:
    """Keep where a party is told in a cycle; an empty address forgets it.

    Raises:
        RuleBroken: it is no address.
    """
    written = email_address(address)
    kept = next((one for other, one in queries.contacts(cycle) if other.id == party.id), None)
    if kept is not None and (written, language) == (kept.address, kept.language):
        return
    if written is None:
        if kept is not None:
            record(by, "reply.contact", cycle)
            db.session.delete(kept)
        return
    if kept is None:
        kept = PartyContact(cycle_id=cycle.id, party_id=party.id)
        db.session.add(kept)
    kept.address, kept.language = written, language
    record(by, "reply.contact", cycle)


def _check(promise: Promise, to: Addressee, days: int, *, least: int) -> None:
    if promise.state is not PromiseState.PUBLISHED:
        raise RuleBroken(N_("The promise is not public: there is nothing to reply to yet."))
    if not to.name.strip() or len(to.name.strip()) > BODY_LONGEST:
        raise RuleBroken(N_("Name the party or institution."), field="addressee")
    if days not in DAYS:
        raise RuleBroken(N_("Choose how long the link lives."), field="days")
    if days < least:
        message = N_("The finding waits for %(days)s days: the link must live as long.")
        raise RuleBroken(message, field="days", days=least)


def _check_in_time(held: HeldFinding, to: Addressee) -> None:
    """Who is asked within the first days has days of its own; later it waits for nobody new."""
    key = body_key(to.kind, to.name)
    asked = queries.asked_about(held.id)
    first = min((one.told_at for one in asked if one.told_at), default=clock.now())
    over = deadline(first, held.days, held.promise.cycle.time_zone)
    if clock.now() >= over and all(one.body != key for one in asked):
        message = N_(
            "The days of who was asked first are over. Whoever was not asked until then can reply "
            "once the finding is published."
        )
        raise RuleBroken(message, field="about")


def _token(salt: str) -> str:
    """A token nobody can make from our database alone."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"reply:{salt}".encode(), sha256).hexdigest()
