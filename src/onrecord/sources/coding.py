"""The content coding of a response (RFC 9110, 8.4.1), undone up to a size.

A bomb's few kilobytes unpack to gigabytes, and libraries that undo the coding on their own do so before anybody can
look at the size.
"""

import zlib

from onrecord.errors import UnreadableInput


def decoded(raw: bytes, coding: str | None, label: str, most: int, cut: bool = False) -> bytes:
    """The bytes behind a Content-Encoding of gzip, deflate or br; what is cut short is given as far as it goes.

    Raises UnreadableInput where they are more than `most` (with `cut`, the first `most` are given), damaged, or coded
    in another way.
    """
    name = (coding or "").strip().lower()
    try:
        if name in ("", "identity"):
            found = raw
        elif name in ("gzip", "x-gzip", "deflate"):
            found = _inflated(raw, most + 1)
        elif name == "br":
            found = _brotli(raw, most + 1)
        else:
            raise UnreadableInput(label, f"is sent in a coding that is not read: {ascii(name)[:40]}")
    except zlib.error as e:
        raise UnreadableInput(label, f"its {name} data is damaged") from e
    if len(found) > most and not cut:
        raise UnreadableInput(label, f"is larger than {most / 1e6:.0f} MB")
    return found[:most]


def _inflated(raw: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(raw, most)  # gzip or zlib, whichever it is
    except zlib.error:
        if raw.startswith(b"\x1f\x8b"):
            raise
        return zlib.decompressobj(wbits=-15).decompress(raw, most)  # some servers call bare deflate data "deflate"


def _brotli(raw: bytes, most: int) -> bytes:
    import brotli

    unpack = brotli.Decompressor()
    try:
        found = bytearray(unpack.process(raw, output_buffer_limit=most))
        while len(found) < most and not unpack.is_finished():
            piece = unpack.process(b"", output_buffer_limit=most - len(found))
            if not piece:
                break
            found += piece
    except brotli.error as e:
        raise zlib.error(str(e)) from e
    return bytes(found)
