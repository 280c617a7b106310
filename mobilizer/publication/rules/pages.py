"""Which public pages are kept, and by which parameters of their addresses.

A page may stand here if its answer depends on nothing but its path, these parameters, what is
published, and the day. Tests see that each public view stands in one of the two tables, that it
asks for no parameter that is not named, and that it reads no table and no clock behind our back.
"""

_PAGED = ("cycle", "page")
_OF_A_DAY = ("as_of", "cycle")

#: view -> the parameters it knows.
KEPT: dict[str, tuple[str, ...]] = {
    "api.agreement": ("cycle",),
    "api.file": (*_PAGED, "as_of"),
    "api.listing": (*_PAGED, "as_of"),
    "api.openapi": (),
    "api.promise": ("as_of",),
    "api.promises": (*_PAGED, "as_of", "party", "q", "rating", "region", "topic"),
    "api.releases": ("cycle",),
    "api.scores": ("as_of", "by", "cycle", "lang"),
    "scorecards.all_municipalities": _OF_A_DAY,
    "scorecards.check": ("as_of", "by", "cycle", "key"),
    "scorecards.compare": ("as_of", "cycle", "one", "other"),
    "scorecards.corrections": _PAGED,
    "scorecards.corrections_feed": ("cycle",),
    "scorecards.cycle": ("as_of",),
    "scorecards.feed": ("before", "cycle"),
    "scorecards.feed_of": ("before", "cycle"),
    "scorecards.findings": ("as_of", "before", "cycle", "party", "region", "topic"),
    "scorecards.home": _OF_A_DAY,
    "scorecards.method": ("cycle",),
    "scorecards.municipality": (*_PAGED, "as_of"),
    "scorecards.parties": _OF_A_DAY,
    "scorecards.party": (*_PAGED, "as_of"),
    "scorecards.promise": ("as_of",),
    "scorecards.promises": (*_PAGED, "as_of", "party", "q", "rating", "region", "topic"),
    "scorecards.region": (*_PAGED, "as_of"),
    "scorecards.regions": _OF_A_DAY,
    "scorecards.release": (),
    "scorecards.releases": ("cycle",),
    "scorecards.topic": (*_PAGED, "as_of"),
    "scorecards.topics": _OF_A_DAY,
    "sharing.embedded": _OF_A_DAY,
    "sharing.embedded_cycle": _OF_A_DAY,
    "sharing.robots": (),
    "sharing.sitemap": (),
    "sharing.sitemap_of_promises": (),
    "sharing.sitemap_of_scores": (),
    "stamped": (),
    "stylesheet": (),
    "stylesheet_embed": (),
}

#: Below this stand pictures, of which each takes long, and nothing else.
DRAWN = "/share/"

#: view -> why each visitor has it made for her.
NOT_KEPT = {
    "api.package": "is large, and kept as a file by the worker",
    "api.package_of_month": "is large, and kept as a file for good",
    "api.packages": "tells what the worker has made by now, which no publication says",
    "ask.follow": "is of whoever holds its secret link",
    "ask.form": "bears a stamp of its own each time",
    "ask.send": "takes what is sent",
    "follow.ask_to_leave": "is of whoever holds the secret of a letter",
    "follow.asked": "belongs to the form, which nobody keeps",
    "follow.confirm": "takes what is sent",
    "follow.end_messages": "takes what is sent",
    "follow.follow": "takes what is sent; its form leads on to secrets",
    "follow.gone": "belongs to the form, which nobody keeps",
    "follow.leave": "takes what is sent",
    "follow.look": "is of whoever holds the secret of a letter",
    "follow.own": "is of whoever holds the secret of a letter",
    "follow.service_worker": "is asked for by browsers, which see themselves whether it changed",
    "follow.take_messages": "takes what is sent",
    "open.alive": "tells of this process, now",
    "open.clip": "is sent in the parts that a player asks for",
    "open.door": "leads to the visitor's language",
    "open.favicon": "leads elsewhere",
    "open.photo": "is large, kept by browsers, and gone at once with its finding",
    "open.ready": "asks the database",
    "phone.script": "belongs to the phone's own pages, which are packed by themselves",
    "phone.service_worker": "as the script",
    "phone.shell": "as the script",
    "phone.webmanifest": "as the script",
    "scorecards.data": "tells what the worker has made by now, which no publication says",
    "scorecards.mobilizer": "she can take it back, and then it is gone at once",
    "scorecards.release_of_the_current": "leads elsewhere",
    "sharing.oembed": "answers an address that is typed: of those there is no end",
    "sharing.picture": "is large, kept on the disk, and by browsers for good",
    "sharing.picture_of_cycle": "as the other pictures",
    "static": "stands in for addresses from before files had their hash in it",
}
