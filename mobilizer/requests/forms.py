"""What somebody types who asks about a promise, and what a coordinator makes of it."""

from typing import Any

from flask_babel import lazy_gettext
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from mobilizer.core.addresses import LONGEST as ADDRESS_LONGEST
from mobilizer.core.forms import Form, OneField, at_most, choices, given
from mobilizer.core.language import own_name
from mobilizer.requests.actions import Asked, Told
from mobilizer.requests.rules import (
    ANSWER_LONGEST,
    LONGEST,
    MAIL_LONGEST,
    SUMMARY_LONGEST,
    Outcome,
    RequestKind,
)


def _stripped(text: str | None) -> str:
    """A browser counts a line's end as one character, and sends two."""
    return (text or "").replace("\r\n", "\n").strip()


class AskForm(Form):
    """A question, a correction or evidence.

    It needs no session: whoever sends it is nobody here, so nobody's name could be abused by a
    forged one. Its stamp takes the place of the token.
    """

    class Meta(Form.Meta):
        """No token of a session: the page sets no cookie."""

        csrf = False

    kind = OneField(lazy_gettext("What do you send?"), [given()])
    text = TextAreaField(
        lazy_gettext("What you want to say"), [given(), at_most(LONGEST)], [_stripped]
    )
    link = StringField(lazy_gettext("A link"), [at_most(ADDRESS_LONGEST)], [_stripped])
    photo = FileField(lazy_gettext("A photo"))
    language = SelectField(lazy_gettext("Language you write in"), [given()])
    may_quote = BooleanField(lazy_gettext("My words may be shown with the answer"))
    address = StringField(
        lazy_gettext("E-mail address for the answer"), [at_most(MAIL_LONGEST)], [_stripped]
    )
    #: Nobody sees it. What fills in every field there is fills in this one too.
    website = StringField(lazy_gettext("Leave this empty"), [], [_stripped])
    stamp = HiddenField("")
    work = HiddenField("")

    def offer(self, languages: tuple[str, ...], *, sends_letters: bool) -> None:
        """What can be chosen; an address only where letters are sent."""
        self.kind.choices = choices(RequestKind)
        self.language.choices = [(code, own_name(code)) for code in languages]
        if not sends_letters:
            del self.address

    @property
    def typed_photo(self) -> bytes:
        """The file that was chosen, as it came; nothing where none was."""
        chosen: Any = self.photo.data
        if not isinstance(chosen, FileStorage) or not chosen.filename:
            return b""
        with chosen.stream as stream:
            return stream.read()

    def asked(self, picture: bytes) -> Asked:
        """What was typed, with the photo as it was redrawn."""
        return Asked(
            kind=RequestKind(self.kind.data),
            text=self.text.data or "",
            language=self.language.data,
            url=self.link.data or "",
            address=self.typed_address,
            picture=picture,
            may_quote=bool(self.may_quote.data),
        )

    @property
    def typed_address(self) -> str:
        """Where the answer is to be told; "" where nowhere, or where no letters are sent."""
        return (self.address.data or "") if "address" in self else ""

    def begin_anew(self, stamp: str) -> None:
        """Give it a fresh stamp; what was typed stays."""
        self.stamp.data = stamp
        self.work.data = self.website.data = ""


class ClosingForm(Form):
    """Answer a request, decline it, or set it aside."""

    outcome = OneField(lazy_gettext("What becomes of it"), validate_choice=False)
    answer = TextAreaField(
        lazy_gettext("Answer, or why it is declined"), [at_most(ANSWER_LONGEST)], [_stripped]
    )
    language = SelectField(lazy_gettext("Language of the answer"), [given()])

    def offer(self, languages: tuple[str, ...]) -> None:
        """The ways there are to close a request."""
        self.outcome.choices = choices(Outcome)
        self.language.choices = [(code, own_name(code)) for code in languages]

    @property
    def told(self) -> Told:
        """What was chosen; a word that was not offered is none."""
        chosen: Any = self.outcome.data
        outcome = Outcome(chosen) if chosen in set(Outcome) else None
        return Told(outcome, self.answer.data or "", self.language.data)


class DayForm(Form):
    """The day by which one request is answered."""

    day = StringField(lazy_gettext("To be answered by"), [given()], widget=DateInput())


class PublicationForm(Form):
    """Show an answer to the public."""

    summary = TextAreaField(
        lazy_gettext("What was asked, in our words"), [at_most(SUMMARY_LONGEST)], [_stripped]
    )
    is_read = BooleanField(
        lazy_gettext("I have read it: nobody of the programme can be found by it")
    )
