"""Pictures of bar codes as people take them: turned, small, out of focus, on a busy table."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageOps

ORIENTATION = 0x0112
"""The EXIF field that says how the telephone was held."""
TABLE = 150
TAKEN_WITH = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
"""How a picture lies in its file when the telephone was held so that it says this."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How it was taken."""

    angle: float = 0
    """Degrees."""
    scale: int = 3
    """Pixels of the narrowest bar."""
    blur: float = 0
    inverted: bool = False
    size: tuple[int, int] = (1280, 960)
    exif: int = 1
    """The value of the EXIF field."""
    add_on: str = ""
    """The five digits beside it."""
    shade: int = 255
    """Of the paper."""
    format: str = "JPEG"
    quality: int = 80


STRAIGHT = Shot()


def code(number: str, scale: int = 3, add_on: str = "") -> Image.Image:
    """The bars alone, black on white, with a margin."""
    bars = _bars(number, zxingcpp.BarcodeFormat.EAN13, scale)
    if add_on:
        beside = _bars(add_on, zxingcpp.BarcodeFormat.EAN5, scale)
        wide = Image.new("L", (bars.width + beside.width, bars.height), 255)
        wide.paste(bars, (0, 0))
        wide.paste(beside, (bars.width, 0))
        bars = wide
    return ImageOps.expand(bars, 6 * scale, 255)


def _bars(number: str, sort: zxingcpp.BarcodeFormat, scale: int) -> Image.Image:
    return Image.fromarray(np.asarray(zxingcpp.create_barcode(number, sort).to_image(scale=scale)))


def photographed(number: str, shot: Shot = STRAIGHT) -> bytes:
    """A picture with this code in the middle of things."""
    scene = _table(shot.size)
    paste(scene, number, shot, (shot.size[0] // 2, shot.size[1] // 2))
    return written(scene.filter(ImageFilter.GaussianBlur(shot.blur)) if shot.blur else scene, shot)


def paste(scene: Image.Image, number: str, shot: Shot, middle: tuple[int, int]) -> None:
    """Lays a code into a picture."""
    drawn = code(number, shot.scale, shot.add_on).point(lambda grey: grey * shot.shade // 255)
    drawn = ImageOps.invert(drawn) if shot.inverted else drawn
    laid = drawn.convert("LA").rotate(shot.angle, Image.Resampling.BICUBIC, expand=True)
    scene.paste(
        laid.convert("L"), (middle[0] - laid.width // 2, middle[1] - laid.height // 2), laid.getchannel("A")
    )


def nothing(shot: Shot = STRAIGHT) -> bytes:
    """A picture without a code."""
    return written(_table(shot.size), shot)


def written(picture: Image.Image, shot: Shot = STRAIGHT) -> bytes:
    """As a file."""
    exif = Image.Exif()
    exif[ORIENTATION] = shot.exif
    lying = picture.transpose(TAKEN_WITH[shot.exif]) if shot.exif in TAKEN_WITH else picture
    made = BytesIO()
    lying.save(made, shot.format, exif=exif, quality=shot.quality)
    return made.getvalue()


def _table(size: tuple[int, int]) -> Image.Image:
    chance, scene = Random(1), Image.new("L", size, TABLE)
    draw = ImageDraw.Draw(scene)
    for _ in range(120):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        box = (x, y, x + chance.randrange(100), y + chance.randrange(60))
        draw.rectangle(box, fill=chance.randrange(256))
    return scene
