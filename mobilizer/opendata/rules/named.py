"""The tables that others name: the cycle and its election, topics, parties, places and sources."""

from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.elections.rules import ElectionKind, PartyKind
from mobilizer.opendata.rules.shape import Field, Reference, Table, codes
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.rules import Precision, SourceKind

_NAMES = Field("names", "object", N_("Its names by language code, as JSON."), required=True)

CYCLE = Table(
    "cycle",
    N_("The cycle"),
    N_("The round of monitoring that this package is about, and its settings: one row."),
    (
        Field("cycle", "string", N_("Its code, as in addresses."), required=True),
        _NAMES,
        Field("country", "string", N_("Two letters."), required=True),
        Field("election", "string", N_("The election's code."), may_be_absent=True),
        Field("level", "string", N_("Level of government."), required=True, among=codes(*Level)),
        Field("first_month", "date", N_("Its first month."), required=True),
        Field("last_month", "date", N_("Its last month."), required=True),
        Field(
            "opens_day", "integer", N_("The day of a month from which reports come."), required=True
        ),
        Field("due_day", "integer", N_("The day until which they are on time."), required=True),
        Field("closes_day", "integer", N_("The day after which none comes."), required=True),
        Field("time_zone", "string", N_("Where its days begin and end."), required=True),
        Field(
            "least_rated", "integer", N_("Rated promises it takes for a percentage."), required=True
        ),
        Field("review_days", "integer", N_("Days a mentor has to decide."), required=True),
        Field(
            "reply_days", "integer", N_("Days a finding is held back for a reply."), required=True
        ),
        Field(
            "second_share", "integer", N_("Reports of 100 that are looked at twice."), required=True
        ),
        Field("matrix_version", "string", N_("Version of the monthly matrix."), required=True),
        Field("is_current", "boolean", N_("Whether the first page shows it."), required=True),
        Field("is_demonstration", "boolean", N_("Whether all of it is invented."), required=True),
    ),
    ("cycle",),
    (Reference("election", "elections", "election"),),
)
ELECTIONS = Table(
    "elections",
    N_("The election"),
    N_("The election whose promises are followed, if one is named."),
    (
        Field("election", "string", N_("Its code."), required=True),
        Field("country", "string", N_("Two letters."), required=True),
        Field("kind", "string", N_("What was elected."), required=True, among=codes(*ElectionKind)),
        Field("held_on", "date", N_("The day of the first round."), required=True),
        Field("second_round_on", "date", N_("The day of the second, if there was one.")),
        _NAMES,
    ),
    ("election",),
)
TOPICS = Table(
    "topics",
    N_("Topics"),
    N_("The fields of life under which promises are read."),
    (Field("topic", "string", N_("Its code."), required=True), _NAMES),
    ("topic",),
)
PARTIES = Table(
    "parties",
    N_("Parties and coalitions"),
    N_("Whoever promised something in this cycle."),
    (
        Field("party", "string", N_("Its code."), required=True),
        Field("country", "string", N_("Two letters."), required=True),
        Field("kind", "string", N_("What it is."), required=True, among=codes(*PartyKind)),
        _NAMES,
        Field("sure", "boolean", N_("Whether a source stands behind its entry."), required=True),
        Field(
            "invented", "boolean", N_("Whether it is made up for a demonstration."), required=True
        ),
    ),
    ("party",),
)
PLACES = Table(
    "places",
    N_("Regions and municipalities"),
    N_("The country, its regions and its municipalities, each with what it lies in."),
    (
        Field("place", "string", N_("Its code."), required=True),
        Field("kind", "string", N_("How large it is."), required=True, among=codes(*PlaceKind)),
        Field("country", "string", N_("Two letters."), required=True),
        Field("lies_in", "string", N_("The place it lies in."), may_be_absent=True),
        Field("region", "string", N_("The region it is or lies in."), may_be_absent=True),
        _NAMES,
        Field(
            "sure",
            "boolean",
            N_("Whether a source stands behind its entry; a region without one has no score."),
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
        Field("source", "string", N_("Made of what is said of it."), True, pattern=r"[0-9a-f]{16}"),
        Field("kind", "string", N_("What it is."), required=True, among=codes(*SourceKind)),
        Field("title", "string", N_("What it is called."), required=True),
        Field("said_on", "date", N_("The day, or the first of the month or year.")),
        Field(
            "said_on_precision",
            "string",
            N_("How exactly that is known."),
            required=True,
            among=codes(*Precision),
        ),
        Field("said_on_raw", "string", N_("The date in the words of the source.")),
        Field("link", "string", N_("Where it is.")),
        Field("archive_link", "string", N_("Where a copy is.")),
    ),
    ("source",),
)
