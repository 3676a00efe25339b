"""A PNG with few colours: pages of text shrink to a third, and stay sharp."""

from __future__ import annotations

import struct
import zlib
from collections import Counter


def in_few_colours(png: bytes, colours: int = 96) -> bytes:
    """The same picture with a palette of its most frequent colours: a third of the size.

    Chromium writes 8-bit RGB or RGBA without interlacing; nothing else is read here.
    """
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    channels = {2: 3, 6: 4}[kind]
    assert depth == 8
    rows = _unfiltered(zlib.decompress(_data(png)), width, height, channels)
    pixels = [row[at : at + 3] for row in rows for at in range(0, len(row), channels)]
    palette = _palette(Counter(pixels), colours)
    nearest = {colour: number for number, colour in enumerate(palette)}
    for colour in set(pixels) - nearest.keys():
        nearest[colour] = min(range(len(palette)), key=lambda n: _far(palette[n], colour))
    indexed = bytes(nearest[pixel] for pixel in pixels)
    lines = b"".join(b"\0" + indexed[at * width : (at + 1) * width] for at in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", b"".join(palette))
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _palette(counted: Counter[bytes], colours: int) -> list[bytes]:
    """Half of it the most frequent colours, half those farthest from all that are taken: a red
    word on a page of black ones stays red."""
    palette = [colour for colour, _ in counted.most_common(colours // 2)]
    left = {colour: min(_far(colour, taken) for taken in palette) for colour in counted}
    while len(palette) < colours and (farthest := max(left, key=left.__getitem__)) not in palette:
        palette.append(farthest)
        left = {colour: min(far, _far(colour, farthest)) for colour, far in left.items()}
    return palette


def _far(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _data(png: bytes) -> bytes:
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return data


def _unfiltered(raw: bytes, width: int, height: int, channels: int) -> list[bytes]:
    """Undo the filters of PNG (RFC 2083, chapter 6) line by line."""
    stride, above, lines = width * channels, bytes(width * channels), []
    for at in range(height):
        start = at * (stride + 1)
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for x in range(stride):
            left = line[x - channels] if x >= channels else 0
            corner = above[x - channels] if x >= channels else 0
            line[x] = (line[x] + _guess(kind, left, above[x], corner)) & 0xFF
        above = bytes(line)
        lines.append(above)
    return lines


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
