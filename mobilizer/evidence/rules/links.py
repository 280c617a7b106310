"""Links as evidence: recognised, reduced to one canonical form, never fetched.

Two people who paste the same video from a computer, a phone or a share button give the same
address; nothing in it says who shared it.
"""

from dataclasses import dataclass

from mobilizer.core import addresses
from mobilizer.core.words import N_, Word
from mobilizer.evidence.rules.videos import Provider, Video, video_at

__all__ = ["EvidenceKind", "Link", "Provider", "recognise"]


class EvidenceKind(Word):
    """What a piece of evidence is."""

    VIDEO = "video", N_("Video")
    LINK = "link", N_("Web link")
    PHOTO = "photo", N_("Photo")
    DOCUMENT = "document", N_("Document")
    REQUEST = "request", N_("Request for public information")


@dataclass(frozen=True)
class Link:
    """A link that may be kept as evidence.

    ``kind`` is a video or a web link. ``url`` is the canonical form: ASCII, at most
    ``addresses.LONGEST`` characters, without tracking; recognising it again gives the same link.
    ``embed_url`` is what a visitor's tap may load: a player's page, or the file itself where
    ``provider`` is a file; None where the provider lets no one embed it. ``host`` is the name
    of the site to show beside it, safe against look-alike letters.
    """

    kind: EvidenceKind
    provider: Provider | None
    url: str
    video_id: str | None
    embed_url: str | None
    host: str


def recognise(text: str) -> Link:
    """The link that was typed or pasted, in its canonical form.

    A scheme may be left out before a site with a path (``youtube.com/watch?v=…``). A post of a
    social network counts as a video: whether it holds one cannot be told without fetching it.

    Raises:
        RuleBroken: it is not an http or https address that can be kept (see ``addresses.read``).
    """
    address = addresses.read(text)
    video = video_at(address)
    if video is None:
        host = addresses.shown_host(address.host)
        return Link(EvidenceKind.LINK, None, address.url, None, None, host)
    return _video_link(video)


def _video_link(video: Video) -> Link:
    return Link(
        kind=EvidenceKind.VIDEO,
        provider=video.provider,
        url=video.url,
        video_id=video.video_id,
        embed_url=video.embed_url,
        host=addresses.shown_host(addresses.read(video.url).host),
    )
