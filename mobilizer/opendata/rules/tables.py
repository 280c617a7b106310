"""Every table of a data package. What is added here stands in the files, the pages and the paper.

The descriptions of columns are English: they are part of the published files.
"""

from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.opendata.rules.shape import Field, Reference, Table
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.rules import Precision, SourceKind, Testability, Unit
from mobilizer.scoring.rules import Rating

#: What scores are told apart by; the whole cycle is one of them.
BYS = ("cycle", "topic", "party", "region", "municipality")
RATINGS = tuple(rating.value for rating in Rating)
#: What a finding can say; "not yet rated" is the absence of one.
FOUND = RATINGS[:-1]
SHA256 = r"[0-9a-f]{64}"
MONTH = r"\d{4}-\d{2}-01"

_NAMES = Field("names", "object", "Its names by language code, as JSON.", required=True)
_MONTH = "The month it is about, as the date of its first day."


def _codes(*words: str) -> tuple[str, ...]:
    return tuple(str(word) for word in words)


CYCLE = Table(
    "cycle",
    N_("The cycle"),
    N_("The round of monitoring that this package is about, and its settings: one row."),
    (
        Field("cycle", "string", "Its code, as in addresses.", required=True),
        _NAMES,
        Field("country", "string", "Two letters.", required=True),
        Field("election", "string", "The election's code.", may_be_absent=True),
        Field("level", "string", "Level of government.", required=True, among=_codes(*Level)),
        Field("first_month", "date", "Its first month.", required=True),
        Field("last_month", "date", "Its last month.", required=True),
        Field("opens_day", "integer", "The day of a month from which reports come.", required=True),
        Field("due_day", "integer", "The day until which they are on time.", required=True),
        Field("closes_day", "integer", "The day after which none comes.", required=True),
        Field("time_zone", "string", "Where its days begin and end.", required=True),
        Field("least_rated", "integer", "Rated promises it takes for a percentage.", required=True),
        Field("review_days", "integer", "Days a mentor has to decide.", required=True),
        Field("reply_days", "integer", "Days a finding is held back for a reply.", required=True),
        Field("second_share", "integer", "Reports of 100 that are looked at twice.", required=True),
        Field("matrix_version", "string", "Version of the monthly matrix.", required=True),
        Field("is_current", "boolean", "Whether the first page shows it.", required=True),
        Field("is_demonstration", "boolean", "Whether all of it is invented.", required=True),
    ),
    ("cycle",),
    (Reference("election", "elections", "election"),),
)
ELECTIONS = Table(
    "elections",
    N_("The election"),
    N_("The election whose promises are followed, if one is named."),
    (
        Field("election", "string", "Its code.", required=True),
        Field("country", "string", "Two letters.", required=True),
        Field("kind", "string", "What was elected.", required=True, among=_codes(*ElectionKind)),
        Field("held_on", "date", "The day of the first round.", required=True),
        Field("second_round_on", "date", "The day of the second, if there was one."),
        _NAMES,
    ),
    ("election",),
)
TOPICS = Table(
    "topics",
    N_("Topics"),
    N_("The fields of life under which promises are read."),
    (Field("topic", "string", "Its code.", required=True), _NAMES),
    ("topic",),
)
PARTIES = Table(
    "parties",
    N_("Parties and coalitions"),
    N_("Whoever promised something in this cycle."),
    (
        Field("party", "string", "Its code.", required=True),
        Field("country", "string", "Two letters.", required=True),
        Field("kind", "string", "What it is.", required=True, among=_codes(*PartyKind)),
        _NAMES,
        Field("sure", "boolean", "Whether a source stands behind its entry.", required=True),
        Field("invented", "boolean", "Whether it is made up for a demonstration.", required=True),
    ),
    ("party",),
)
PLACES = Table(
    "places",
    N_("Regions and municipalities"),
    N_("The country, its regions and its municipalities, each with what it lies in."),
    (
        Field("place", "string", "Its code.", required=True),
        Field("kind", "string", "How much it is.", required=True, among=_codes(*PlaceKind)),
        Field("country", "string", "Two letters.", required=True),
        Field("lies_in", "string", "The place it lies in.", may_be_absent=True),
        Field("region", "string", "The region it is or lies in.", may_be_absent=True),
        _NAMES,
        Field(
            "sure",
            "boolean",
            "Whether a source stands behind its entry; a region without one has no score.",
            required=True,
        ),
    ),
    ("place",),
    (Reference("lies_in", "places", "place"), Reference("region", "places", "place")),
)
SOURCES = Table(
    "sources",
    N_("Sources"),
    N_("The programmes and statements in which promises were made."),
    (
        Field("source", "string", "Made of what is said of it.", True, pattern=r"[0-9a-f]{16}"),
        Field("kind", "string", "What it is.", required=True, among=_codes(*SourceKind)),
        Field("title", "string", "What it is called.", required=True),
        Field("said_on", "date", "The day, or the first of the month or year."),
        Field(
            "said_on_precision",
            "string",
            "How exactly that is known.",
            required=True,
            among=_codes(*Precision),
        ),
        Field("said_on_raw", "string", "The date in the words of the source."),
        Field("link", "string", "Where it is."),
        Field("archive_link", "string", "Where a copy is."),
    ),
    ("source",),
)
PROMISES = Table(
    "promises",
    N_("Promises"),
    N_("Every published promise in its exact words, as it stands now."),
    (
        Field("promise", "integer", "Its number, which stays.", required=True, least=1),
        Field("party", "string", "Who promised it.", required=True),
        Field("speaker", "string", "Who spoke for the party, if it was one person."),
        Field("topic", "string", "The topic it stands under.", required=True),
        Field("level", "string", "Level of government.", required=True, among=_codes(*Level)),
        Field("places", "string", "The codes of its places, with a space between.", required=True),
        Field("language", "string", "The language of the exact words.", required=True),
        Field("exact_words", "string", "The exact words of the source.", required=True),
        Field("titles", "object", "A short title by language code, as JSON.", required=True),
        Field("source", "string", "Where it stands.", required=True),
        Field("source_spot", "string", "The page or minute."),
        Field("made_on", "date", "When it was made."),
        Field("due_on", "date", "The deadline; the last day of a month or year that was named."),
        Field(
            "due_precision",
            "string",
            "How exactly the deadline is known.",
            required=True,
            among=_codes(*Precision),
        ),
        Field("due_raw", "string", "The deadline in the words of the source."),
        Field("institution", "string", "The body that is responsible."),
        Field("in_its_power", "boolean", "Whether that body can do it.", required=True),
        Field("testability", "string", "Whether it can be tested.", among=_codes(*Testability)),
        Field("testability_reason", "string", "Why it cannot."),
        Field("imported_from", "string", "The tracker it was taken over from."),
        Field("imported_key", "string", "What it is called there.", may_be_absent=True),
        Field("published_on", "date", "Since when it is public.", required=True),
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
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("position", "integer", "1, 2 or 3.", required=True, least=1),
        Field("text", "string", "What is measured.", required=True),
        Field("unit", "string", "What it counts in.", required=True, among=_codes(*Unit)),
        Field("unit_name", "string", "What is counted."),
        Field("baseline", "string", "What it was at the beginning; empty is unknown."),
        Field("baseline_on", "date", "As of when."),
        Field("target", "string", "What was promised.", required=True),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
CHANGES = Table(
    "changes",
    N_("Changes of promises"),
    N_("What was changed in a promise after the public could read it, with the reason."),
    (
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("position", "integer", "Counts its changes.", required=True, least=1),
        Field("changed_on", "date", "The day.", required=True),
        Field("field", "string", "What was changed.", required=True),
        Field("before", "string", "What stood there."),
        Field("after", "string", "What stands there since."),
        Field("reason", "string", "Why."),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
LISTINGS = Table(
    "listings",
    N_("Where promises count"),
    N_("From which day a promise counts under which topic, party and places. Scores rest on this."),
    (
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("since", "date", "From this day on, until a later row says otherwise.", True),
        Field("topic", "string", "The topic it counts under.", required=True),
        Field("party", "string", "The party it counts for.", required=True),
        Field("places", "string", "The codes of its places, with a space between."),
        Field(
            "unread",
            "string",
            "What it is before anything was found.",
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
        Field("number", "integer", "Counts all findings of the programme.", True, least=1),
        Field("cycle", "string", "The cycle's code.", required=True),
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("place", "string", "Where it was found.", required=True),
        Field("month", "date", _MONTH, required=True),
        Field("rating", "string", "What was found.", required=True, among=FOUND),
        Field("content", "object", "All that is published of it, as JSON.", required=True),
        Field("published_on", "date", "The day it was published.", required=True),
        Field("imported_from", "string", "The tracker whose verdict it is; empty for our own."),
        Field("corrects", "integer", "The number of the finding it corrects.", least=1),
        Field("previous_hash", "string", "The hash before it.", required=True, pattern=SHA256),
        Field("hash", "string", "Its own hash.", required=True, pattern=SHA256),
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
        Field("number", "integer", "The finding's number.", required=True, least=1),
        Field("previous_hash", "string", "The hash before it.", required=True, pattern=SHA256),
        Field("hash", "string", "Its own hash.", required=True, pattern=SHA256),
    ),
    ("number",),
)
CORRECTIONS = Table(
    "corrections",
    N_("Corrections"),
    N_("Which findings were corrected, what they said, what is said now and why."),
    (
        Field("finding", "integer", "The number of the finding that corrects.", True, least=1),
        Field("corrects", "integer", "The number of the one it corrects.", required=True, least=1),
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("place", "string", "Where.", required=True),
        Field("said", "string", "The rating before.", required=True, among=FOUND),
        Field("says", "string", "The rating now.", required=True, among=FOUND),
        Field("language", "string", "The language of the reason."),
        Field("reason", "string", "Why it was corrected."),
        Field("published_on", "date", "The day.", required=True),
    ),
    ("finding",),
    (
        Reference("finding", "findings", "number"),
        Reference("corrects", "findings", "number"),
        Reference("promise", "promises", "promise"),
        Reference("place", "places", "place"),
    ),
)
