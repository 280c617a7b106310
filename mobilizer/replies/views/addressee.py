"""The one page of the body that replies: by a secret link, without an account.

It stands below ``/account`` because it holds a form: public pages have neither token nor cookie.
Nothing of it is kept by anybody on the way, and no page it leads to learns its address.
"""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_wtf.csrf import CSRFError

from mobilizer.accounts.actions import throttle
from mobilizer.accounts.rules.throttle import Door, network
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.language import current, offered
from mobilizer.core.policy import anyone
from mobilizer.core.sessions import hashed
from mobilizer.core.storage import as_film, as_photo
from mobilizer.core.web import csrf
from mobilizer.evidence.models import Media
from mobilizer.evidence.queries import file_of, film_of
from mobilizer.replies import actions, queries
from mobilizer.replies.forms import AnewForm, ForgoForm, ReplyForm
from mobilizer.replies.models import ReplyLink
from mobilizer.replies.rules import READING_DAYS, Gone, LinkState, NothingToAnswer

#: What is wrong with a form, as HTTP says it; and that somebody was faster.
UNPROCESSABLE, CONFLICT = 422, 409

bp = Blueprint("reply", __name__, url_prefix="/account/reply")
# Its forms hold their own tokens. The general check also wants a Referer, which is never sent here.
csrf.exempt(bp)


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """Nobody on the way keeps it, no other page is told its address, nobody lists it."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@bp.get("/<secret>")
@anyone
def answer(secret: str) -> ResponseReturnValue:
    link = find(secret)
    return show(link, form_for(link), blank()) if link else nothing_here()


@bp.post("/<secret>")
@anyone
def send(secret: str) -> ResponseReturnValue:
    link = find(secret)
    form = form_for(link)
    if link is None:
        return nothing_here(form)
    try:
        if not validated(form):
            return show(link, form, blank()), UNPROCESSABLE
        actions.receive(secret, form.written)
    except NotVisible:
        db.session.rollback()
        return nothing_here(form)
    except RuleBroken as broken:
        return refuse(secret, form, broken)
    db.session.commit()
    return redirect(url_for(".answer", secret=secret))


@bp.get("/<secret>/<sha256>-<int:width>.<any(jpg, webp):ending>")
@anyone
def photo(secret: str, sha256: str, width: int, ending: str) -> ResponseReturnValue:
    """A photo of what the body may reply to: the public has no address of it yet."""
    content = file_of(find_media(secret, sha256), width, ending)
    if content is None:
        raise NotVisible
    return as_photo(content, ending)


@bp.get("/<secret>/<sha256>.mp4")
@anyone
def clip(secret: str, sha256: str) -> ResponseReturnValue:
    film = film_of(find_media(secret, sha256))
    if film is None:
        raise NotVisible
    return as_film(film)


@bp.post("/<secret>/none")
@anyone
def forgo(secret: str) -> ResponseReturnValue:
    link = find(secret)
    form = ForgoForm()
    if link is None:
        return nothing_here()
    try:
        if not validated(form):
            return show(link, form_for(link), form), UNPROCESSABLE
        actions.forgo(secret)
    except NotVisible:
        db.session.rollback()
        return nothing_here()
    except RuleBroken as broken:
        return refuse(secret, form_for(link), broken)
    db.session.commit()
    return redirect(url_for(".answer", secret=secret))


@bp.post("/<secret>/anew")
@anyone
def anew(secret: str) -> ResponseReturnValue:
    link = find(secret)
    form, asked = form_for(link), AnewForm()
    if link is None:
        return nothing_here()
    try:
        if not validated(asked):
            return show(link, form, blank()), UNPROCESSABLE
        fresh = actions.renew(secret)
    except NotVisible:
        db.session.rollback()
        return nothing_here()
    except RuleBroken as broken:
        return refuse(secret, form, broken)
    db.session.commit()
    return redirect(url_for(".answer", secret=fresh))


def find(secret: str) -> ReplyLink | None:
    """The link, if it works. Each look is counted, so that nobody looks for one by guessing."""
    address = (Door.REPLY_ADDRESS, network(request.remote_addr or ""))
    own = (Door.REPLY_LINK, hashed(secret))
    throttle.enter(own, address)
    link = db.session.scalars(queries.by_token(secret)).one_or_none()
    if link is None:
        return None
    throttle.passed(own, address)
    speak(link.language)
    return link


def find_media(secret: str, sha256: str) -> Media:
    """A photo or clip that the holder of a link may see.

    Raises:
        NotVisible: the link works no longer, or what it is about rests on no such photo.
    """
    link = find(secret)
    media = queries.media_beside(link, sha256) if link else None
    if media is None:
        raise NotVisible
    return media


def speak(language: str) -> None:
    """Speak the body's language, until another is chosen."""
    asked = request.args.get("lang")
    if asked in offered():
        session["language"] = asked
    elif "language" not in session and language in offered():
        session["language"] = language
        refresh()


def form_for(link: ReplyLink | None) -> ReplyForm:
    form = ReplyForm(body=link.addressee if link else "", language=current())
    form.offer_languages(offered())
    return form


def validated(form: ReplyForm | ForgoForm | AnewForm) -> bool:
    """Whether a form holds what it must.

    Raises:
        CSRFError: it came from elsewhere or was open for too long: it is offered once more.
    """
    is_right = form.validate()
    if "csrf_token" in form.errors:
        raise CSRFError
    return bool(is_right)


def refuse(secret: str, form: ReplyForm, broken: RuleBroken) -> ResponseReturnValue:
    """Show the page as it is by now, with all that was typed; sent twice, it was sent once."""
    db.session.rollback()
    link = db.session.scalars(queries.by_token(secret)).one()
    if isinstance(broken, Gone) and link.reply and link.reply.text == form.text.data:
        return redirect(url_for(".answer", secret=secret))
    form.strike(broken)
    status = CONFLICT if isinstance(broken, Gone | NothingToAnswer) else UNPROCESSABLE
    return show(link, form, blank()), status


def blank() -> ForgoForm:
    """The small form beside the large one, whatever was sent."""
    return ForgoForm(formdata=None)


def show(link: ReplyLink, form: ReplyForm, forgo: ForgoForm) -> str:
    template = "received" if link.state is not LinkState.OPEN else "answer"
    if link.state is LinkState.OPEN and queries.is_taken_back(link):
        template = "nothing_to_answer"
    return render_template(
        f"replies/{template}.html",
        link=link,
        promise=link.promise,
        cycle=link.promise.cycle,
        form=form,
        forgo=forgo,
        about=queries.told(link),
        reading_days=READING_DAYS,
        after=queries.told_after(link),
        has_fallen=link.reply is not None and queries.has_fallen(link.reply),
    )


def nothing_here(form: ReplyForm | None = None) -> ResponseReturnValue:
    """One answer for what never was, what is over and what was taken back; typed words stay."""
    typed = form.text.data if form else ""
    return render_template("replies/no_link.html", typed=typed), 404
