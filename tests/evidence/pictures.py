"""Pictures for tests: with everything planted in them that must not come out."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

#: What is planted. None of it may stand in any byte that is served.
PLANTED = (
    b"SERIAL-4711-PLANTED",
    b"Planted Owner",
    b"planted comment",
    b"planted-xmp",
    b"planted png text",
    b"Planted Thumbnail",
    b"planted profile",
    b"after the end, planted",
)


def noise(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """A picture that no format can make small."""
    return Image.effect_noise(size, 80).convert(mode)


def planted_exif() -> Image.Exif:
    """Owner, serial number, GPS and a turned phone."""
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter.
    exif[0x010F] = "SERIAL-4711-PLANTED"
    exif[0x8298] = "Planted Owner"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (41.0, 59.0, 47.4711)
    gps[3], gps[4] = "E", (21.0, 25.0, 53.4711)
    exif.get_ifd(0x8769)[0x927C] = b"SERIAL-4711-PLANTED"
    return exif


def jpeg(size: tuple[int, int] = (400, 300), *, profiled: bool = True, **more: object) -> bytes:
    """A JPEG with metadata of every kind, a comment, and something behind its end."""
    exif = planted_exif()
    if not profiled:
        exif[0x0112] = 1
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    written = BytesIO()
    noise(size).save(
        written,
        "JPEG",
        exif=exif,
        comment=b"planted comment",
        icc_profile=profile + b"planted profile" if profiled else None,
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>planted-xmp</x:xmpmeta>",
        **more,
    )
    return written.getvalue() + b"Planted Thumbnail" + b"after the end, planted"


def png(size: tuple[int, int] = (400, 300), mode: str = "RGBA") -> bytes:
    """A PNG with texts, EXIF and XMP."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Planted Owner")
    texts.add_text("Comment", "planted png text", zip=False)
    texts.add_itxt("XML:com.adobe.xmp", "planted-xmp")
    written = BytesIO()
    noise(size, "RGB").convert(mode).save(written, "PNG", pnginfo=texts, exif=planted_exif())
    return written.getvalue() + b"after the end, planted"


def webp(size: tuple[int, int] = (400, 300)) -> bytes:
    """A WebP with EXIF and XMP."""
    written = BytesIO()
    noise(size).save(written, "WEBP", exif=planted_exif(), xmp=b"planted-xmp")
    return written.getvalue()


def heic(size: tuple[int, int] = (400, 300), quality: int = 50) -> bytes:
    """A HEIC with EXIF and XMP, from a turned phone."""
    written = BytesIO()
    pillow_heif.register_heif_opener()
    picture = noise(size)
    picture.save(
        written, "HEIF", exif=planted_exif().tobytes(), xmp=b"planted-xmp", quality=quality
    )
    return written.getvalue() + b"after the end, planted"


def vast_webp() -> bytes:
    """A WebP of 50 million pixels in a few kilobytes."""
    written = BytesIO()
    Image.new("RGB", (8192, 6144), "navy").save(written, "WEBP", quality=1, method=0)
    return written.getvalue()


def moving(format_name: str) -> bytes:
    """A moving picture of thirty frames."""
    written = BytesIO()
    frames = [noise((40, 30)) for _ in range(30)]
    frames[0].save(written, format_name, save_all=True, append_images=frames[1:])
    return written.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes whose header claims a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
