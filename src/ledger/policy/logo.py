"""What may be a creditor's logo: a small PNG, or an SVG that only draws.

It is put on letters, in mails and on pages, so it must be readable everywhere and run nothing.
"""

import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from ledger.policy.refusal import Refused

MAX_BYTES, MAX_SIDE = 64_000, 2_000
PNG, SVG = "image/png", "image/svg+xml"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type (PNG, third edition, 11.2.1)
SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"
DRAWS = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs"),
    *("linearGradient", "radialGradient", "stop", "clipPath", "title", "desc", "text", "tspan"),
}
REFERS = re.compile(r"url\(|javascript:|data:|@import|expression\(", re.IGNORECASE)
OWN_PART = re.compile(r"url\(\s*#[\w.-]+\s*\)")


def media_type_of(content: bytes) -> str:
    """Return PNG or SVG. Raise ``Refused`` for anything else, and for what is not safe."""
    if len(content) > MAX_BYTES:
        raise Refused("logo-too-large", "content", most=MAX_BYTES // 1_000)
    if content.startswith(SIGNATURE):
        if not _is_whole_png(content):
            raise Refused("logo-not-readable", "content", most=MAX_SIDE)
        return PNG
    for fault in _faults_of_svg(content):
        raise Refused("logo-not-safe", "content", what=fault)
    return SVG


def _is_whole_png(content: bytes) -> bool:
    """Return whether its chunks and pixels are there, and it is no wider or higher than allowed."""
    data, at, head = b"", len(SIGNATURE), b""
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        body, crc = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(crc) < 4 or zlib.crc32(kind + body) != int.from_bytes(crc):
            return False
        head = body if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        at += 12 + length
        if kind == b"IEND":
            return _has_pixels(head, data)
    return False


def _has_pixels(head: bytes, data: bytes) -> bool:
    if len(head) != 13 or head[9] not in CHANNELS:
        return False
    width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return False
    row = 1 + (width * head[8] * CHANNELS[head[9]] + 7) // 8
    try:
        pixels = zlib.decompressobj().decompress(data, 2 * row * height + 64)
    except zlib.error:
        return False
    return len(pixels) == row * height if not head[12] else len(pixels) >= width * height // 8


def _faults_of_svg(content: bytes) -> Iterator[str]:
    """Yield what is not drawing: entities, scripts, styles, events, other files."""
    try:
        text = content.decode("utf-8-sig")
        if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
            yield "<!DOCTYPE"
            return
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        yield "no PNG or SVG"
        return
    if root.tag != f"{SVG_NAMESPACE}svg":
        yield "no PNG or SVG"
    for element in root.iter():
        name = element.tag.removeprefix(SVG_NAMESPACE) if isinstance(element.tag, str) else "?"
        if name not in DRAWS:
            yield name
        for attribute, value in element.attrib.items():
            bare = attribute.rpartition("}")[2].lower()
            if bare.startswith("on") or bare in ("href", "src", "style", "base"):
                yield bare
            elif REFERS.search(OWN_PART.sub("", value)):
                yield f"{bare}={value[:40]}"
