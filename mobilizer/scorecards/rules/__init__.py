"""The words of the scorecards: what scores are told apart by, and what can be followed."""

from mobilizer.core.words import N_, Word


class By(Word):
    """What scores can be told apart by."""

    TOPIC = "topic", N_("Topic")
    PARTY = "party", N_("Party or coalition")
    REGION = "region", N_("Region")
    MUNICIPALITY = "municipality", N_("Municipality")


class About(Word):
    """What can be followed, by the word that stands in its address."""

    ALL = "all", N_("Everything")
    TOPIC = "topics", N_("Topic")
    PARTY = "parties", N_("Party or coalition")
    REGION = "regions", N_("Region")
    MUNICIPALITY = "municipalities", N_("Municipality")
    PROMISE = "promises", N_("Promise")
