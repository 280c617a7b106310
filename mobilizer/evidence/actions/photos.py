"""Photos: taken apart to bare pixels and written anew, so that nothing else comes along.

Place, camera, owner, comments, thumbnails, other formats hidden behind the picture: none of it
survives, because nothing but pixels is carried over into a new picture. The original as it came
is kept apart and private.
"""

import hashlib
import struct
import warnings
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.storage import media as store
from mobilizer.core.words import N_
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.queries import copy_name, original_name
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


def keep_photo(content: bytes) -> Media:
    """Make a photo safe to show, and keep the original apart.

    Raises:
        RuleBroken: it is too large, or not a picture that can be read.
    """
    check_file(len(content), content[:16])
    bare = _bare(content)
    copies = {width: _encoded(bare, width) for width in widths_of(bare.width)}
    largest = copies[bare.width]
    sha256, original = (hashlib.sha256(data).hexdigest() for data in (largest, content))
    media = Media(
        sha256=sha256,
        original_sha256=original,
        width=bare.width,
        height=bare.height,
        size=len(largest),
        received_at=clock.now(),
    )
    store().put(original_name(original), content, is_private=True)
    for width, copy in copies.items():
        store().put(copy_name(sha256, width), copy)
    return _the_one(media)


def remove(evidence: Evidence, *, by: User) -> None:
    """Take back a piece that was never sent; a photo's files go with the last that names them."""
    media = evidence.media
    record(by, "evidence.remove", evidence, kind=evidence.kind.value)
    db.session.delete(evidence)
    db.session.flush()
    if media is None:
        return
    uses = db.select(Evidence.id).where(Evidence.media_sha256 == media.sha256).limit(1)
    if db.session.scalar(uses) is None:
        names = [copy_name(media.sha256, width) for width in widths_of(media.width)]
        others = db.select(Media.sha256).where(
            Media.original_sha256 == media.original_sha256, Media.sha256 != media.sha256
        )
        if db.session.scalar(others.limit(1)) is None:
            names.append(original_name(media.original_sha256))
        db.session.delete(media)
        _remove_after_commit(names)


def _the_one(media: Media) -> Media:
    """The record of a photo, also when somebody else sends the same at this moment."""
    known = db.session.get(Media, media.sha256)
    if known is not None:
        return known
    try:
        with db.session.begin_nested():
            db.session.add(media)
    except IntegrityError:
        return db.session.get_one(Media, media.sha256)
    return media


def _remove_after_commit(names: list[str]) -> None:
    """Let files go once the records are gone for good; not if the transaction is put back."""
    kept, session = store(), db.session()

    def remove_files(_: object) -> None:
        for name in names:
            kept.remove(name)

    event.listen(session, "after_commit", remove_files, once=True)
    event.listen(session, "after_rollback", lambda _: names.clear(), once=True)


def _bare(content: bytes) -> Image.Image:
    """The pixels of a picture, upright, in sRGB, on white, and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Broken metadata is thrown away anyway.
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                frames = getattr(image, "n_frames", 1)
                check_picture(image.format or "", *image.size, frames)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _redrawn(image)
        except Image.DecompressionBombError:
            raise too_many_pixels() from None
        except UNREADABLE:
            raise RuleBroken(
                N_("This photo is damaged and cannot be read. Take it again."), field="photo"
            ) from None


def _redrawn(image: Image.Image) -> Image.Image:
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
