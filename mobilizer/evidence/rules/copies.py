"""Public copies: in which sizes and formats a photo goes out, a clip's face as well."""

#: The longest side of what is published, and the widths it is offered in beside its own, in
#: pixels.
LONGEST_SIDE = 1600
WIDTHS = (320, 800)

#: The formats, as a file's ending says them. The first has always been kept, of every photo.
ENDINGS = ("jpg", "webp")

#: What follows the hash in the name of a clip's film.
FILM = ".mp4"


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size of the public copy: in proportion, never larger than the photo or a bound."""
    longest = max(width, height)
    if longest <= LONGEST_SIDE:
        return width, height
    return (
        max(1, round(width * LONGEST_SIDE / longest)),
        max(1, round(height * LONGEST_SIDE / longest)),
    )


def widths_of(width: int) -> tuple[int, ...]:
    """The widths a public copy of this width is offered in, the smallest first, itself last."""
    return (*(one for one in WIDTHS if one < width), width)


def suffix(width: int, ending: str) -> str:
    """What follows the hash in the name of a public copy."""
    return f"-{width}.{ending}"


def copies(width: int, duration: int, *, has_webp: bool) -> list[str]:
    """What follows the hash in the names of all copies of a photo or clip."""
    endings = ENDINGS if has_webp else ENDINGS[:1]
    stills = [suffix(one, ending) for one in widths_of(width) for ending in endings]
    return [*stills, FILM] if duration else stills


def name_of(width: int, duration: int) -> str:
    """The copy whose hash is the name of them all: a clip's film, a photo's largest JPEG."""
    return FILM if duration else suffix(width, ENDINGS[0])
