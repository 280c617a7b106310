"""Where somebody looked: in how many municipalities, and what that leaves open."""

from dataclasses import dataclass

from mobilizer.core.words import N_, NN_, Sentence

_HERE = N_("This municipality is monitored.")
_NOT_HERE = N_("Nothing was found in this municipality yet: no conclusion about it.")
_ALL = NN_("The one municipality here is monitored.", "All %(num)s municipalities are monitored.")
_SOME = NN_(
    "%(num)s of %(of)s municipalities is monitored; no conclusion about the others.",
    "%(num)s of %(of)s municipalities are monitored; no conclusion about the others.",
)
_SOME_FOR_GOOD = NN_(
    "%(num)s municipality was monitored by then; no conclusion about the others.",
    "%(num)s municipalities were monitored by then; no conclusion about the others.",
)
_WIDER = N_(
    "What was found is about a region or the whole country; no conclusion about single "
    "municipalities."
)
_NONE = N_("Nothing was found in any municipality yet; no conclusion about them.")


@dataclass(frozen=True)
class Coverage:
    """How many municipalities something was found in, of those there are."""

    monitored: int
    of: int
    #: Something was found that is about a region or the whole country.
    is_wider: bool
    #: It is of a single municipality.
    is_one: bool = False

    @property
    def told(self) -> Sentence | None:
        """The sentence that stands beside a score; None where there is no municipality."""
        if self.is_one:
            return Sentence(_HERE if self.monitored or self.is_wider else _NOT_HERE)
        if not self.monitored:
            return self._nowhere
        if self.monitored == self.of:
            return Sentence(*_ALL, num=self.of)
        return Sentence(*_SOME, num=self.monitored, of=self.of)

    @property
    def told_for_good(self) -> Sentence | None:
        """What a release says: how many municipalities there are can change after its day."""
        if self.monitored:
            return Sentence(*_SOME_FOR_GOOD, num=self.monitored)
        return self._nowhere

    @property
    def _nowhere(self) -> Sentence | None:
        """Nobody looked in any single municipality."""
        otherwise = Sentence(_NONE) if self.of else None
        return Sentence(_WIDER) if self.is_wider else otherwise
