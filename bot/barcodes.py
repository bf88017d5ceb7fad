"""The book's number in a picture of its bar code: pure, bounded in memory and, between two looks, in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from math import prod
from time import monotonic

from PIL import Image, ImageFilter, ImageOps
from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

from bot.reading.identifiers import number_of

FORMATS = ("JPEG", "PNG", "WEBP")
BOOKS = BarcodeFormats((BarcodeFormat.EAN13,))
MOST_BYTES = 120_000_000
"""Of a picture once unpacked: some forty million pixels in colour, more than telephones take."""
MOST_SCANS = 64
"""Of a JPEG that shows little by little; thousands of them in one file were put there to take hours."""
START_OF_SCAN = b"\xff\xda"
WIDE = 2_400
"""Pixels of the longer side that are looked at: bars are read well at that, and quickly."""
SHARPER = ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)

Look = Callable[[Image.Image], Image.Image]
LOOKS: tuple[Look, ...] = (
    lambda picture: picture,
    lambda picture: picture.filter(SHARPER),
    lambda picture: picture.reduce(2),
    ImageOps.invert,
    lambda picture: picture.rotate(30, Image.Resampling.BILINEAR, expand=True),
    lambda picture: picture.rotate(60, Image.Resampling.BILINEAR, expand=True),
    lambda picture: (
        picture.resize((picture.width * 2, picture.height * 2)) if _is_small(picture) else picture
    ),
)
"""How the picture is held to be read, the likeliest first; each is read from all four sides."""


class TooLarge(Exception):
    """The picture would take too much memory or time once unpacked: a smaller one is to be sent."""


def isbn_in(content: bytes, seconds: float) -> str | None:
    """The ISBN (a periodical's: ISSN) whose bar code the picture shows; None where none is found in that time.

    Of several the one of a book. Raises TooLarge, and OSError for what is no picture that can be read.
    """
    until = monotonic() + seconds
    picture = _opened(content)
    for look in LOOKS:
        numbers = list(_numbers_in(look(picture)))
        if numbers or monotonic() > until:
            return max(numbers, key=len, default=None)
    return None


def _numbers_in(picture: Image.Image) -> Iterator[str]:
    found = (number_of(one.text) for one in read_barcodes(picture, formats=BOOKS))
    return (number for number in found if number)


def _opened(content: bytes) -> Image.Image:
    """The picture in shades of grey, the right way up, no larger than is of use."""
    if content.count(START_OF_SCAN) > MOST_SCANS:
        raise TooLarge
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if prod(picture.size) * len(picture.getbands()) > MOST_BYTES:
                raise TooLarge
            picture.draft("L", (WIDE, WIDE))
            grey = ImageOps.exif_transpose(_on_white(picture)).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge from error
    except (ValueError, SyntaxError, EOFError) as error:  # a broken picture's, beside OSError
        raise OSError from error
    grey.thumbnail((WIDE, WIDE))
    return grey


def _on_white(picture: Image.Image) -> Image.Image:
    """A drawing on nothing stands on white."""
    if not picture.has_transparency_data:
        return picture
    drawn = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)


def _is_small(picture: Image.Image) -> bool:
    return max(picture.size) * 2 <= WIDE
