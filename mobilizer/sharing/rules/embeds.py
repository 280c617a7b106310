"""The frame that others put on their pages: its code, its size, and what oEmbed says of it."""

from html import escape
from typing import Any

#: How wide the frame is where nobody says otherwise.
WIDTH = 600
#: How wide the frame may become whose code says that it takes all the room there is.
WIDEST = 960


def code(address: str, title: str, height: int, width: int | str = "100%") -> str:
    """What is pasted into another page; it needs no script there or here.

    Without a style of its own, which the policy of a careful page would refuse. As wide as there
    is room, for most who see it hold a phone.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" frameborder="0" loading="lazy"></iframe>'
    )


def within(most: int | None, otherwise: int) -> int:
    """A size that must not be larger than asked; what is no size asks for nothing."""
    return min(otherwise, most) if most and most > 0 else otherwise


def oembed(
    *,
    site: str,
    embed: str,
    title: str,
    picture: tuple[str, int, int],
    size: tuple[int, int],
    most: tuple[int | None, int | None],
) -> dict[str, Any]:
    """The answer of oEmbed: a frame of a size, which is at most what was asked for.

    A thumbnail has to keep to that size as well; ours is left out where it is larger.
    """
    most_wide, most_high = most
    width, height = size
    address, wide, high = picture
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Mobilizer",
        "provider_url": site,
        "title": title,
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": code(embed, title, height, width),
    }
    if wide <= (most_wide or wide) and high <= (most_high or high):
        told |= {"thumbnail_url": address, "thumbnail_width": wide, "thumbnail_height": high}
    return told
