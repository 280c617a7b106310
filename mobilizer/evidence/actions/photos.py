"""Photos: taken apart to bare pixels and written anew, so that nothing else comes along.

Place, camera, owner, comments, thumbnails, other formats hidden behind the picture: none of it
survives, because nothing but pixels is carried over into a new picture.
"""

import struct
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from mobilizer.evidence.rules.faults import Fault, refused
from mobilizer.evidence.rules.photos import (
    FORMATS,
    LONGEST_SIDE,
    check_file,
    check_picture,
    fitted,
    too_many_pixels,
    widths_of,
)

QUALITY = 82

#: What Pillow says of a picture that is broken or cut off.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error)


@dataclass(frozen=True)
class Redrawn:
    """A photo's public copies by their widths, the largest as wide as the photo itself is now."""

    width: int
    height: int
    copies: dict[int, bytes]

    @property
    def largest(self) -> bytes:
        """The copy whose hash is the photo's name."""
        return self.copies[self.width]


def redrawn(content: bytes) -> Redrawn:
    """Draw a photo anew, in all its widths.

    Raises:
        RuleBroken: it is too large, or not a picture that can be read.
    """
    check_file(len(content), content[:16])
    bare = _bare(content)
    copies = {width: _encoded(bare, width) for width in widths_of(bare.width)}
    return Redrawn(bare.width, bare.height, copies)


def _bare(content: bytes) -> Image.Image:
    """The pixels of a picture, upright, in sRGB, on white, and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Broken metadata is thrown away anyway.
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                frames = getattr(image, "n_frames", 1)
                check_picture(image.format or "", *image.size, frames)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _upright(image)
        except Image.DecompressionBombError:
            raise too_many_pixels() from None
        except UNREADABLE:
            raise refused(Fault.DAMAGED) from None


def _upright(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    upright = _in_colour(ImageOps.exif_transpose(image))
    if upright.size != fitted(*upright.size):
        upright = upright.resize(fitted(*upright.size), Image.Resampling.LANCZOS)
    if profile:
        upright = _in_srgb(upright, profile)
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return bare


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


def _encoded(bare: Image.Image, width: int) -> bytes:
    height = max(1, round(bare.height * width / bare.width))
    sized = bare if width == bare.width else bare.resize((width, height), Image.Resampling.LANCZOS)
    written = BytesIO()
    sized.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
