"""The tables of what parties reply and people ask, how far mentors agree, and the scores."""

from mobilizer.core.words import N_
from mobilizer.opendata.rules.named import CYCLE, ELECTIONS, PARTIES, PLACES, SOURCES, TOPICS
from mobilizer.opendata.rules.shape import Field, Reference, Table
from mobilizer.opendata.rules.tables import (
    BYS,
    CHANGES,
    CORRECTIONS,
    FINDINGS,
    INDICATORS,
    LINKS,
    LISTINGS,
    PROMISES,
    RATINGS,
    SHA256,
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
        Field("finding", "integer", N_("The finding it stands beside."), required=True, least=1),
        Field("position", "integer", N_("Counts the replies beside one finding."), True, least=1),
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("written_about", "date", N_("Of when the earlier version is that it answers.")),
        Field("kind", "string", N_("What kind of body it is."), required=True),
        Field("body", "string", N_("The body that was asked."), required=True),
        Field("signed", "string", N_("What the writer typed as its name."), required=True),
        Field("function", "string", N_("The writer's function.")),
        Field("language", "string", N_("The language it is written in."), required=True),
        Field("text", "string", N_("What it says."), required=True),
        Field("link", "string", N_("A link it gives.")),
        Field("published_on", "date", N_("Since when it is public.")),
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
        Field("promise", "integer", N_("The promise's number."), required=True, least=1),
        Field("position", "integer", N_("Counts those on one promise."), required=True, least=1),
        Field("kind", "string", N_("What was sent."), required=True, among=ASKED),
        Field("question_language", "string", N_("The language of the question."), required=True),
        Field("question", "string", N_("What was asked."), required=True),
        Field("quoted", "boolean", N_("Whether these are the sender's own words."), required=True),
        Field("link", "string", N_("A link in the sender's own words.")),
        Field("answer_language", "string", N_("The language of the answer."), required=True),
        Field("answer", "string", N_("The programme's answer."), required=True),
        Field("published_on", "date", N_("Since when both are public."), required=True),
    ),
    ("promise", "position"),
    (Reference("promise", "promises", "promise"),),
)
AGREEMENT = Table(
    "agreement",
    N_("Agreement"),
    N_("How far two mentors agree on the same reports; no row while none was looked at twice."),
    (
        Field("cycle", "string", N_("The cycle's code."), required=True),
        Field("share", "integer", N_("Reports of 100 that are looked at twice."), required=True),
        Field("level_of_measurement", "string", N_("How ratings are compared."), required=True),
        Field(
            "scale", "array", N_("The ratings, from one end to the other, as JSON."), required=True
        ),
        Field("pairs", "integer", N_("Pairs of ratings that are compared."), required=True),
        Field("least_pairs", "integer", N_("Pairs it takes for a figure."), required=True),
        Field("unratable", "integer", N_("Pairs with a rating outside the scale."), required=True),
        Field("cannot_tell", "integer", N_("Looks that could not tell."), required=True),
        Field("corrected", "integer", N_("Pairs left out, for their report was corrected."), True),
        Field("alpha", "number", N_("Krippendorff's alpha.")),
        Field("interval", "array", N_("Its interval of 95 per cent, as JSON.")),
        Field("resamples", "integer", N_("Draws for the interval."), required=True),
        Field("table", "array", N_("The table of pairs, as JSON.")),
        Field(
            "seed_sha256", "string", N_("SHA-256 of the seed of the draw."), True, pattern=SHA256
        ),
        Field("seed", "string", N_("That seed, once the cycle is over."), may_be_absent=True),
    ),
    ("cycle",),
    (Reference("cycle", "cycle", "cycle"),),
)
_RATED = {
    "kept": N_("How many have the rating kept."),
    "partly_kept": N_("How many have the rating partly_kept."),
    "in_progress": N_("How many have the rating in_progress."),
    "not_started": N_("How many have the rating not_started."),
    "stalled": N_("How many have the rating stalled."),
    "broken": N_("How many have the rating broken."),
    "cannot_be_rated": N_("How many have the rating cannot_be_rated."),
    "not_yet_rated": N_("How many have the rating not_yet_rated."),
}
SCORES = Table(
    "scores",
    N_("Scores"),
    N_("Every published score, as of today and of each month's end. All can be counted again."),
    (
        Field("as_of", "date", N_("As of the end of this day."), required=True),
        Field("by", "string", N_("What it is a score of."), required=True, among=BYS),
        Field("key", "string", N_("The code of the cycle, topic, party or place."), required=True),
        Field("numerator", "number", N_("Kept 1, partly kept ½ each."), required=True, least=0),
        Field("denominator", "integer", N_("Rated promises."), required=True, least=0),
        Field("percent", "integer", N_("Rounded half up; empty where too few are rated."), least=0),
        *(Field(rating, "integer", _RATED[rating], True, least=0) for rating in RATINGS),
        Field("promises", "integer", N_("All that are counted."), required=True, least=0),
        Field("rated", "integer", N_("Those of them that are rated."), required=True, least=0),
        Field("methodology", "string", N_("The version of the method."), required=True),
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
