"""What elections there are, and as what one can stand in them."""

from mobilizer.core.words import N_, Word


class ElectionKind(Word):
    """What is elected."""

    PARLIAMENTARY = "parliamentary", N_("parliamentary elections")
    LOCAL = "local", N_("local elections")
    PRESIDENTIAL = "presidential", N_("presidential elections")


class PartyKind(Word):
    """As what somebody stands in an election and promises."""

    PARTY = "party", N_("political party")
    COALITION = "coalition", N_("coalition")
    LIST = "list", N_("list of candidates")
    CIVIC_INITIATIVE = "civic_initiative", N_("civic initiative")
    INDEPENDENT_LIST = "independent_list", N_("independent list")
    INDEPENDENT = "independent", N_("independent candidate")
