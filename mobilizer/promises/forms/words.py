"""The first screen: the exact words, and whose they are."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from mobilizer.core.database import db
from mobilizer.core.forms import at_most, choices, given
from mobilizer.core.language import LANGUAGES, Language, current, said
from mobilizer.core.language import lazy_gettext as _
from mobilizer.core.words import N_
from mobilizer.elections.models import Party
from mobilizer.promises import queries
from mobilizer.promises.forms.checks import stripped
from mobilizer.promises.forms.steps import Lines, Screen, fault
from mobilizer.promises.rules.values import LONGEST_WORDS, SHORTEST_WORDS

#: A title is short where it is typed; other trackers' may be longer.
LONGEST_TITLE = 160


def _title(label: Any) -> StringField:
    return StringField(label, [Optional(), at_most(LONGEST_TITLE)], filters=[stripped])


class WordsScreen(Screen):
    """Words and who."""

    name = "words"

    exact_words = TextAreaField(
        _("Exact words of the promise"),
        [given(), at_most(LONGEST_WORDS, SHORTEST_WORDS)],
        filters=[stripped],
    )
    language = SelectField(_("Language of the source"), [given()])
    title = StringField(
        _("Short title in the language of the source"),
        [given(), at_most(LONGEST_TITLE)],
        filters=[stripped],
    )
    title_en = _title(_("Short title in English"))
    title_sq = _title(_("Short title in Albanian"))
    title_mk = _title(_("Short title in Macedonian"))
    title_sr = _title(_("Short title in Serbian"))
    party = StringField(_("Party or coalition"), [given(), at_most(200)], filters=[stripped])
    party_code = RadioField(_("Which of these?"), [Optional()], validate_choice=False)
    speaker = StringField(_("Speaker"), [Optional(), at_most(120)], filters=[stripped])

    def offer(self) -> None:
        """Languages, and the parties that fit what was typed if there are several."""
        self.language.choices = choices(Language)
        if not self.language.data:
            self.language.data = current()
        self.promiser: Party | None = None
        fitting = queries.known_parties(self.cycle, self.party.data or "")
        chosen = [party for party in fitting if party.code == self.party_code.data]
        self.party_code.choices = (
            [(party.code, said(party.names).text) for party in fitting] if len(fitting) > 1 else []
        )
        if chosen or len(fitting) == 1:
            self.promiser = (chosen or fitting)[0]

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape, and one party that is meant."""
        is_valid = super().validate(extra_validators)
        if self.promiser is None and self.party.data:
            if self.party_code.choices:
                return fault(self.party_code, N_("Several fit. Choose the one that is meant."))
            return fault(self.party, N_("No party or coalition of this name is known."))
        return is_valid

    def party_names(self) -> list[str]:
        """All names of all parties, for the browser to suggest."""
        parties = db.session.scalars(queries.promisers(self.cycle))
        names = {name for party in parties for name in party.names.values()}
        return sorted(names, key=str.casefold)

    def lines(self) -> Lines:
        """As on every screen, with the party by its name."""
        named = said(self.promiser.names).text if self.promiser else ""
        lines = [line for line in super().lines() if line[0] != self.party_code.label.text]
        return [(label, named if label == self.party.label.text else text) for label, text in lines]

    def titles(self) -> dict[str, str]:
        """The title in each language in which there is one."""
        others = {code: self[f"title_{code}"].data or "" for code in LANGUAGES}
        titles = {**others, str(self.language.data): self.title.data or ""}
        return {code: title for code, title in titles.items() if title}

    def part(self) -> dict[str, Any]:
        return {
            "exact_words": self.exact_words.data,
            "language": self.language.data,
            "titles": self.titles(),
            "party_id": self.promiser.id if self.promiser else 0,
            "speaker": self.speaker.data or "",
        }
