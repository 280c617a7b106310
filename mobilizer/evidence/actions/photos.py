"""Photos: taken apart to bare pixels and written anew, so that nothing else comes along.

Place, camera, owner, comments, thumbnails, other formats hidden behind the picture: none of it
survives, because nothing but pixels is carried over into a new picture. The original as it came
is kept apart and private.
"""

import hashlib
import warnings
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
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
from mobilizer.evidence.queries import copy_name, original_name, widths_of

#: What may come in.
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 16 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
MAX_FRAMES = 2  # Some phones write a second, smaller picture behind the first.
#: What goes out.
LONGEST_SIDE = 1600
QUALITY = 82

UNREADABLE = N_("This is not a photo that can be read. Take a JPEG, PNG or WebP picture.")


def keep_photo(content: bytes) -> Media:
    """Make a photo safe to show, and keep the original apart.

    Raises:
        RuleBroken: it is too large, or not a picture that can be read.
    """
    if len(content) > MAX_BYTES:
        raise _refused(N_("A photo has at most %(most)s MB."), most=MAX_BYTES // 1024 // 1024)
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
    kept = store()

    def remove_files(_: object) -> None:
        for name in names:
            kept.remove(name)

    event.listen(db.session(), "after_commit", remove_files, once=True)


def _bare(content: bytes) -> Image.Image:
    """The pixels of a picture, upright, in sRGB, on white, and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Broken metadata is thrown away anyway.
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                _check(image)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _redrawn(image)
        except (
            UnidentifiedImageError,
            Image.DecompressionBombError,
            OSError,
            ValueError,
            SyntaxError,
            MemoryError,
        ):
            raise _refused(UNREADABLE) from None


def _check(image: Image.Image) -> None:
    """Hold what the header says to the bounds, before a single pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _refused(
            N_("This picture has too many pixels: at most %(most)s million can be taken."),
            most=MAX_PIXELS // 1_000_000,
        )
    if getattr(image, "n_frames", 1) > MAX_FRAMES:
        raise _refused(N_("This is a moving picture. Take a photo, or link to a video."))


def _redrawn(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode not in ("RGB", "RGBA"):
        has_alpha = upright.mode in ("LA", "PA") or "transparency" in upright.info
        upright = upright.convert("RGBA" if has_alpha else "RGB")
    if profile:
        upright = _in_srgb(upright, profile)
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return bare


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


def _refused(message: str, **params: object) -> RuleBroken:
    return RuleBroken(message, field="photo", **params)
