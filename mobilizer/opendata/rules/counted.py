"""The tables of what parties reply and people ask, how far mentors agree, and the scores."""

from mobilizer.core.words import N_
from mobilizer.opendata.rules.shape import Field, Reference, Table
from mobilizer.opendata.rules.tables import (
    BYS,
    CHANGES,
    CORRECTIONS,
    CYCLE,
    ELECTIONS,
    FINDINGS,
    INDICATORS,
    LINKS,
    LISTINGS,
    PARTIES,
    PLACES,
    PROMISES,
    RATINGS,
    SHA256,
    SOURCES,
    TOPICS,
)
from mobilizer.requests.rules import RequestKind

ASKED = tuple(str(kind) for kind in RequestKind)

REPLIES = Table(
    "replies",
    N_("Replies"),
    N_(
        "Published replies of parties and institutions, in their own words. They count in no score."
    ),
    (
        Field("finding", "integer", "The finding it stands beside.", required=True, least=1),
        Field("position", "integer", "Counts the replies beside one finding.", True, least=1),
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("written_about", "date", "Of when the earlier version is that it answers."),
        Field("kind", "string", "What kind of body it is.", required=True),
        Field("body", "string", "The body that was asked.", required=True),
        Field("signed", "string", "What the writer typed as its name.", required=True),
        Field("function", "string", "The writer's function."),
        Field("language", "string", "The language it is written in.", required=True),
        Field("text", "string", "What it says.", required=True),
        Field("link", "string", "A link it gives."),
        Field("published_on", "date", "Since when it is public."),
    ),
    ("finding", "position"),
    (
        Reference("finding", "findings", "number"),
        Reference("promise", "promises", "promise"),
    ),
)
ANSWERS = Table(
    "answers",
    N_("Questions and answers"),
    N_("What anybody asked about a promise, and the answer, as far as both were published."),
    (
        Field("promise", "integer", "The promise's number.", required=True, least=1),
        Field("position", "integer", "Counts those on one promise.", required=True, least=1),
        Field("kind", "string", "What was sent.", required=True, among=ASKED),
        Field("question_language", "string", "The language of the question.", required=True),
        Field("question", "string", "What was asked.", required=True),
        Field("quoted", "boolean", "Whether these are the sender's own words.", required=True),
        Field("link", "string", "A link in the sender's own words."),
        Field("answer_language", "string", "The language of the answer.", required=True),
        Field("answer", "string", "The programme's answer.", required=True),
        Field("published_on", "date", "Since when both are public.", required=True),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
AGREEMENT = Table(
    "agreement",
    N_("Agreement"),
    N_("How far two mentors agree on the same reports; no row while none was looked at twice."),
    (
        Field("cycle", "string", "The cycle's code.", required=True),
        Field("share", "integer", "Reports of 100 that are looked at twice.", required=True),
        Field("level_of_measurement", "string", "How ratings are compared.", required=True),
        Field("scale", "array", "The ratings, from one end to the other, as JSON.", required=True),
        Field("pairs", "integer", "Pairs of ratings that are compared.", required=True),
        Field("least_pairs", "integer", "Pairs it takes for a figure.", required=True),
        Field("unratable", "integer", "Pairs with a rating outside the scale.", required=True),
        Field("cannot_tell", "integer", "Looks that could not tell.", required=True),
        Field("corrected", "integer", "Pairs left out, for their report was corrected.", True),
        Field("alpha", "number", "Krippendorff's alpha."),
        Field("interval", "array", "Its 95 % interval, as JSON."),
        Field("resamples", "integer", "Draws for the interval.", required=True),
        Field("table", "array", "The table of pairs, as JSON."),
        Field("seed_sha256", "string", "SHA-256 of the seed of the draw.", True, pattern=SHA256),
        Field("seed", "string", "That seed, once the cycle is over.", may_be_absent=True),
    ),
    ("cycle",),
    (Reference("cycle", "cycle", "cycle"),),
)
SCORES = Table(
    "scores",
    N_("Scores"),
    N_("Every published score, as of today and of each month's end. All can be counted again."),
    (
        Field("as_of", "date", "As of the end of this day.", required=True),
        Field("by", "string", "What it is a score of.", required=True, among=BYS),
        Field("key", "string", "The code of the cycle, topic, party or place.", required=True),
        Field("numerator", "number", "Kept 1, partly kept ½ each.", required=True, least=0),
        Field("denominator", "integer", "Rated promises.", required=True, least=0),
        Field("percent", "integer", "Rounded half up; empty where too few are rated.", least=0),
        *(
            Field(rating, "integer", f"How many have the rating {rating}.", True, least=0)
            for rating in RATINGS
        ),
        Field("promises", "integer", "All that are counted.", required=True, least=0),
        Field("rated", "integer", "Those of them that are rated.", required=True, least=0),
        Field("methodology", "string", "The version of the method.", required=True),
    ),
    ("as_of", "by", "key"),
)

#: All tables, in the order of the files: what is named by others comes first.
TABLES = (
    ELECTIONS,
    CYCLE,
    TOPICS,
    PARTIES,
    PLACES,
    SOURCES,
    PROMISES,
    INDICATORS,
    CHANGES,
    LISTINGS,
    FINDINGS,
    LINKS,
    CORRECTIONS,
    REPLIES,
    ANSWERS,
    AGREEMENT,
    SCORES,
)
BY_NAME = {table.name: table for table in TABLES}
