"""The letters of pictures: IBM Plex Serif and Sans, from packages, in both our scripts."""

from functools import lru_cache
from importlib.resources import as_file, files

from PIL import ImageFont

from mobilizer.sharing.rules.looks import Face

SERIF, SANS = "fontpkg_ibm_plex_serif", "fontpkg_ibm_plex_sans"
#: face -> the package, the file in it, and how bold it is where one file holds all of that.
FILES = {
    Face.TITLE: (SERIF, "IBMPlexSerif-Bold.ttf", None),
    Face.QUOTE: (SERIF, "IBMPlexSerif-Regular.ttf", None),
    Face.TEXT: (SANS, "IBMPlexSans[wdth,wght].ttf", 400),
    Face.STRONG: (SANS, "IBMPlexSans[wdth,wght].ttf", 700),
}
#: How wide the letters are, in percent.
NORMAL = 100


@lru_cache(maxsize=64)
def letters(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """The letters of a face in a size, set without the libraries that only some machines have."""
    package, name, weight = FILES[face]
    with as_file(files(package) / "files" / name) as file:
        font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
    if weight:
        font.set_variation_by_axes([weight, NORMAL])
    return font


def measure(text: str, face: Face, size: int) -> float:
    """How wide a text is, in pixels."""
    return letters(face, size).getlength(text)
