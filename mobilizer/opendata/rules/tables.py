"""The tables of promises and findings.

What a column holds is told in English in the files, which are the same for all, and in its
language on a page.
"""

from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.opendata.rules.shape import Field, Reference, Table, codes
from mobilizer.promises.rules import Precision, Testability, Unit
from mobilizer.scoring.rules import Rating

#: What scores are told apart by; the whole cycle is one of them.
BYS = ("cycle", "topic", "party", "region", "municipality")
RATINGS = tuple(rating.value for rating in Rating)
#: What a finding can say; "not yet rated" is the absence of one.
FOUND = RATINGS[:-1]
SHA256 = r"[0-9a-f]{64}"

PROMISES = Table(
    "promises",
    N_("Promises"),
    N_("Every published promise in its exact words, as it stands now."),
    (
        Field("promise", "integer", N_("Its number, which stays."), required=True, least=1),
        Field("party", "string", N_("Who promised it."), required=True),
        Field("speaker", "string", N_("Who spoke for the party, if it was one person.")),
        Field("topic", "string", N_("The topic it stands under."), required=True),
        Field("level", "string", N_("Level of government."), required=True, among=codes(*Level)),
        Field(
            "places", "string", N_("The codes of its places, with a space between."), required=True
        ),
        Field("language", "string", N_("The language of the exact words."), required=True),
        Field("exact_words", "string", N_("The exact words of the source."), required=True),
        Field("titles", "object", N_("A short title by language code, as JSON."), required=True),
        Field("source", "string", N_("Where it stands."), required=True),
        Field("source_spot", "string", N_("The page or minute.")),
        Field("made_on", "date", N_("When it was made.")),
        Field(
            "due_on", "date", N_("The deadline; the last day of a month or year that was named.")
        ),
        Field(
            "due_precision",
            "string",
            N_("How exactly the deadline is known."),
            required=True,
            among=codes(*Precision),
        ),
        Field("due_raw", "string", N_("The deadline in the words of the source.")),
        Field("institution", "string", N_("The body that is responsible.")),
        Field("in_its_power", "boolean", N_("Whether that body can do it."), required=True),
        Field("testability", "string", N_("Whether it can be tested."), among=codes(*Testability)),
        Field("testability_reason", "string", N_("Why it cannot.")),
        Field("imported_from", "string", N_("The tracker it was taken over from.")),
        Field("imported_key", "string", N_("What it is called there."), may_be_absent=True),
        Field("published_on", "date", N_("Since when it is public."), required=True),
    ),
    ("promise",),
    (
        Reference("party", "parties", "party"),
        Reference("topic", "topics", "topic"),
        Reference("source", "sources", "source"),
    ),
)
INDICATORS = Table(
    "indicators",
    N_("Indicators"),
    N_("How each promise is measured: one to three indicators with their baselines and targets."),
    (
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("position", "integer", N_("1, 2 or 3."), required=True, least=1),
        Field("text", "string", N_("What is measured."), required=True),
        Field("unit", "string", N_("What it counts in."), required=True, among=codes(*Unit)),
        Field("unit_name", "string", N_("What is counted.")),
        Field("baseline", "string", N_("What it was at the beginning; empty is unknown.")),
        Field("baseline_on", "date", N_("As of when.")),
        Field("target", "string", N_("What was promised."), required=True),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
CHANGES = Table(
    "changes",
    N_("Changes of promises"),
    N_("What was changed in a promise after the public could read it, with the reason."),
    (
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("position", "integer", N_("Counts its changes."), required=True, least=1),
        Field("changed_on", "date", N_("The day."), required=True),
        Field("field", "string", N_("What was changed."), required=True),
        Field("before", "string", N_("What stood there.")),
        Field("after", "string", N_("What stands there since.")),
        Field("reason", "string", N_("Why.")),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
LISTINGS = Table(
    "listings",
    N_("Where promises count"),
    N_("From which day a promise counts under which topic, party and places. Scores rest on this."),
    (
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("since", "date", N_("From this day on, until a later row says otherwise."), True),
        Field("topic", "string", N_("The topic it counts under."), required=True),
        Field("party", "string", N_("The party it counts for."), required=True),
        Field("places", "string", N_("The codes of its places, with a space between.")),
        Field(
            "unread",
            "string",
            N_("What it is before anything was found."),
            required=True,
            among=RATINGS[-2:],
        ),
    ),
    ("promise", "since"),
    (
        Reference("promise", "promises", "promise"),
        Reference("topic", "topics", "topic"),
        Reference("party", "parties", "party"),
    ),
)
FINDINGS = Table(
    "findings",
    N_("Findings"),
    N_("Every published finding, each with the hash of the one before it."),
    (
        Field("number", "integer", N_("Counts all findings of the programme."), True, least=1),
        Field("cycle", "string", N_("The cycle's code."), required=True),
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("place", "string", N_("Where it was found."), required=True),
        Field(
            "month",
            "date",
            N_("The month it is about, as the date of its first day."),
            required=True,
        ),
        Field("rating", "string", N_("What was found."), required=True, among=FOUND),
        Field("content", "object", N_("All that is published of it, as JSON."), required=True),
        Field("published_on", "date", N_("The day it was published."), required=True),
        Field("imported_from", "string", N_("The tracker whose verdict it is; empty for our own.")),
        Field("corrects", "integer", N_("The number of the finding it corrects."), least=1),
        Field("previous_hash", "string", N_("The hash before it."), required=True, pattern=SHA256),
        Field("hash", "string", N_("Its own hash."), required=True, pattern=SHA256),
    ),
    ("number",),
    (
        Reference("cycle", "cycle", "cycle"),
        Reference("promise", "promises", "promise"),
        Reference("place", "places", "place"),
        Reference("corrects", "findings", "number"),
    ),
)
LINKS = Table(
    "links",
    N_("Links of the chain"),
    N_(
        "The numbers and hashes of findings of other cycles, so that the whole chain can be walked."
    ),
    (
        Field("number", "integer", N_("The finding's number."), required=True, least=1),
        Field("previous_hash", "string", N_("The hash before it."), required=True, pattern=SHA256),
        Field("hash", "string", N_("Its own hash."), required=True, pattern=SHA256),
    ),
    ("number",),
)
CORRECTIONS = Table(
    "corrections",
    N_("Corrections"),
    N_("Which findings were corrected, what they said, what is said now and why."),
    (
        Field("finding", "integer", N_("The number of the finding that corrects."), True, least=1),
        Field(
            "corrects", "integer", N_("The number of the one it corrects."), required=True, least=1
        ),
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("place", "string", N_("Where."), required=True),
        Field("said", "string", N_("The rating before."), required=True, among=FOUND),
        Field("says", "string", N_("The rating now."), required=True, among=FOUND),
        Field("language", "string", N_("The language of the reason.")),
        Field("reason", "string", N_("Why it was corrected.")),
        Field("published_on", "date", N_("The day."), required=True),
    ),
    ("finding",),
    (
        Reference("finding", "findings", "number"),
        Reference("corrects", "findings", "number"),
        Reference("promise", "promises", "promise"),
        Reference("place", "places", "place"),
    ),
)
