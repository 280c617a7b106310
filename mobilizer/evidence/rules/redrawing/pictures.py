"""Photos: taken apart to bare pixels and written anew, so that nothing else comes along.

Place, camera, owner, comments, thumbnails, other formats hidden behind the picture: none of it
survives, because nothing but pixels is carried over into a new picture.
"""

import struct
import warnings
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from mobilizer.evidence.rules.copies import ENDINGS, LONGEST_SIDE, fitted, suffix, widths_of
from mobilizer.evidence.rules.faults import Fault, Unfit
from mobilizer.evidence.rules.photos import check_picture, format_of
from mobilizer.evidence.rules.redrawing import Redrawn

#: How each format is written. The methods are those that cost least for their size, as measured.
_WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    "webp": ("WEBP", {"quality": 78, "method": 1}),
}

#: What Pillow says of a picture that is broken or cut off.
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, RuntimeError, struct.error)


def redrawn_photo(content: bytes) -> Redrawn:
    """Draw a photo anew, in all its widths and formats.

    Raises:
        Unfit: it is not a picture that can be read, or out of bounds.
    """
    bare = bare_picture(content)
    return Redrawn(bare.width, bare.height, 0, copies_of(bare))


def copies_of(bare: Image.Image) -> dict[str, bytes]:
    """The public copies of bare pixels, by what follows their hash in the store."""
    sized = {width: _sized(bare, width) for width in widths_of(bare.width)}
    return {
        suffix(width, ending): _encoded(picture, ending)
        for width, picture in sized.items()
        for ending in ENDINGS
    }


def bare_picture(content: bytes) -> Image.Image:
    """The pixels of a picture, upright, in sRGB, on white, and nothing else.

    Raises:
        Unfit: it is not a picture that can be read, or out of bounds.
    """
    name = format_of(content[:16])
    if name is None:
        raise Unfit(Fault.NO_PHOTO)
    if name == "HEIF":
        _learn_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Broken metadata is thrown away anyway.
        try:
            with Image.open(BytesIO(content), formats=(name,)) as image:
                frames = getattr(image, "n_frames", 1)
                check_picture(image.format or "", *image.size, frames)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return bared(image)
        except Image.DecompressionBombError:
            raise Unfit(Fault.PIXELS) from None
        except _UNREADABLE:
            raise Unfit(Fault.DAMAGED) from None


def bared(image: Image.Image) -> Image.Image:
    """A decoded picture as bare pixels. It is made small first: turning costs as much again."""
    turned = image.getexif().get(_ORIENTATION)
    profile = image.info.get("icc_profile")
    picture = _in_colour(image)
    if picture.size != fitted(*picture.size):
        picture = picture.resize(fitted(*picture.size), Image.Resampling.LANCZOS)
    if turned in _TURNS:
        picture = picture.transpose(_TURNS[turned])
    if profile:
        picture = _in_srgb(picture, profile)
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return bare


_ORIENTATION = 0x0112
#: How a picture is set upright, by what its phone said of how it was held.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _learn_heif() -> None:
    """Teach Pillow the format of some phones, in one thread: more would only take more memory."""
    import pillow_heif  # noqa: PLC0415  # costs a tenth of a second that other photos need not pay

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "RGBA"):
        return image
    has_alpha = image.mode in ("LA", "PA") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The same colours without the profile; as they are where the profile is no good."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
        return converted or image
    return image


def _sized(bare: Image.Image, width: int) -> Image.Image:
    if width == bare.width:
        return bare
    height = max(1, round(bare.height * width / bare.width))
    return bare.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, ending: str) -> bytes:
    name, options = _WRITTEN[ending]
    written = BytesIO()
    picture.save(written, name, **options)
    return written.getvalue()
