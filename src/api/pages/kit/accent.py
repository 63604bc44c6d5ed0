"""The creditor's own colour on pages: its hue and chroma, for the tokens of the house style.

The lightness of the accent stays that of the style sheet, light and dark. So a text in the accent,
and a text on it, has the contrast it needs, whatever the colour. The colour as it is stands only in
a line above the creditor's name, where nothing is written.
"""

import math
import re

NAME = re.compile("accent-([0-9a-f]{6})\\.css")
LINEAR = 0.04045  # below it sRGB is linear (IEC 61966-2-1)
GREY = 0.01  # a chroma below it has no hue


def address_of(colour: str) -> str:
    """Return the address of the style sheet of a colour, such as ``#0a7d3c``."""
    return f"/static/accent-{colour.removeprefix('#')}.css"


def style_sheet(name: str) -> str | None:
    """Return the style sheet of that name; None for a name of another file."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    hue, chroma = hue_and_chroma(found[1])
    tokens = f":root {{ --hue: {hue:.1f}; --chroma: {chroma:.4f}; }}"
    return f"{tokens}\n.strip {{ border-top: 4px solid #{found[1]}; }}\n"


def hue_and_chroma(colour: str) -> tuple[float, float]:
    """Return hue in degrees, and chroma, of six hexadecimal digits, in OKLCH (B. Ottosson)."""
    r, g, b = (_linear(value / 255) for value in bytes.fromhex(colour))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    x = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    y = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    chroma = math.hypot(x, y)
    return (math.degrees(math.atan2(y, x)) % 360, chroma) if chroma >= GREY else (0.0, 0.0)


def _linear(part: float) -> float:
    return part / 12.92 if part <= LINEAR else ((part + 0.055) / 1.055) ** 2.4
