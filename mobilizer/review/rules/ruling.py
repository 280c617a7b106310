"""What a decision says: which revision, with what comments, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mobilizer.core.errors import RuleBroken, TooLong
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import Incomplete, clean
from mobilizer.review.rules.standing import Verdict

COMMENT_LONGEST = 2000
REASON_SHORTEST, REASON_LONGEST = 10, 1000
#: What a comment is about when it is about the whole.
WHOLE = ""


class Superseded(RuleBroken):
    """The decision is about a revision that is no longer the newest."""

    def __init__(self) -> None:
        """Say what happened, and what to do."""
        super().__init__(
            N_(
                "A newer version of this report came in while you were deciding, and nothing was "
                "decided. Look at it again, then decide."
            )
        )


@dataclass(frozen=True)
class Ruling:
    """A decision as it is asked for: on which revision, and with what comments, by field."""

    verdict: Verdict | None
    revision: int
    sha256: str
    comments: Mapping[str, str] = field(default_factory=dict)


def comment_name(about: str) -> str:
    """The name under which a comment on a field is typed, and faults of it are told."""
    return f"comment_{about or 'whole'}"


def read_ruling(ruling: Ruling, known: Iterable[str]) -> tuple[Verdict, dict[str, str]]:
    """The verdict, and the comments by field without the empty ones.

    Args:
        ruling: as it is asked for.
        known: the fields that can be commented on.

    Raises:
        Incomplete: a comment is too long, or the decision lacks one.
    """
    comments = {about: text for about in known if (text := clean(ruling.comments.get(about, "")))}
    faults: list[RuleBroken] = [
        TooLong(text, COMMENT_LONGEST, field=comment_name(about))
        for about, text in comments.items()
        if len(text) > COMMENT_LONGEST
    ]
    if ruling.verdict is None:
        faults.append(RuleBroken(N_("Choose a decision."), field="verdict"))
    if ruling.verdict is Verdict.RETURN and not comments:
        faults.append(
            RuleBroken(
                N_("Say what to change: comment on the report as a whole, or on a field."),
                field=comment_name(WHOLE),
            )
        )
    if ruling.verdict is Verdict.REJECT and WHOLE not in comments:
        faults.append(RuleBroken(N_("A rejection needs a reason."), field=comment_name(WHOLE)))
    if faults or ruling.verdict is None:
        raise Incomplete(faults)
    return ruling.verdict, comments


def read_reason(typed: str) -> str:
    """Why a finding is corrected, as the public will read it.

    Raises:
        Incomplete: it says too little, or too much.
    """
    reason = clean(typed)
    if len(reason) < REASON_SHORTEST:
        message = N_("At least %(least)s characters; this has %(n)s.")
        fault = RuleBroken(message, field="reason", least=REASON_SHORTEST, n=len(reason))
        raise Incomplete([fault])
    if len(reason) > REASON_LONGEST:
        raise Incomplete([TooLong(reason, REASON_LONGEST, field="reason")])
    return reason
