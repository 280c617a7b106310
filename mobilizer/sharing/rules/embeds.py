"""The frame that others put on their pages: its code, its size, and what oEmbed says of it."""

from html import escape
from typing import Any

from mobilizer.sharing.rules.cards import Kind

#: How large the frame is where nobody says otherwise: so high that on the narrowest phone, 320
#: pixels wide, everything stands in it without scrolling, in every language.
WIDTH = 600
HEIGHTS = {kind: 500 if kind is Kind.PROMISE else 640 for kind in Kind}


def code(address: str, title: str, height: int, width: int | str = "100%") -> str:
    """What is pasted into another page; it needs no script there or here.

    Without a style of its own, which the policy of a careful page would refuse. As wide as there
    is room, for most who see it hold a phone.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" frameborder="0" loading="lazy"></iframe>'
    )


def size(kind: Kind, most_wide: int | None, most_high: int | None) -> tuple[int, int]:
    """The size of a frame that must not be larger; what is no size asks for nothing."""
    width = min(WIDTH, most_wide) if most_wide and most_wide > 0 else WIDTH
    height = min(HEIGHTS[kind], most_high) if most_high and most_high > 0 else HEIGHTS[kind]
    return width, height


def oembed(
    *,
    kind: Kind,
    site: str,
    embed: str,
    title: str,
    picture: tuple[str, int, int],
    most: tuple[int | None, int | None],
) -> dict[str, Any]:
    """The answer of oEmbed: a frame of at most the size asked for.

    A thumbnail has to keep to that size as well; ours is left out where it is larger.
    """
    most_wide, most_high = most
    width, height = size(kind, most_wide, most_high)
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
