"""Bytes within bounds: what a source is made of, and how much of it is ever held at once."""

import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import UnreadableInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LARGEST = 64 << 20  # bytes of one text, one row, one feed: nothing that somebody has written to be read is larger
LARGEST_PAGE = 10_000_000  # bytes of one web page
LARGEST_RATIO = 200  # how much larger unpacked data may be than packed: text comes to about 10, a bomb to 1000
_FREE = 16 << 20  # bytes that may be unpacked from anything
_LOOKED_AT = 65536
_UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BROKEN = (  # what gzip, zlib, bz2, lzma and zipfile raise on damaged or foreign data
    EOFError,
    zlib.error,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to read: its bytes and what is known of them.

    `name` is a file's name, whose ending tells the format; where it is None, `media` (a media type) and the content
    do. `url` and `charset` are what a server or a web archive says.
    """

    label: str
    stream: BinaryIO
    name: str | None = None
    url: str | None = None
    media: str | None = None
    charset: str | None = None


class Unpacked(io.RawIOBase):
    """A stream that counts, and that turns what its source raises on damaged data into UnreadableInput.

    `packed` is the stream that the source unpacks: UnreadableInput as well where the source grows out of all
    proportion to it. `what` names the packing in the message.
    """

    def __init__(self, source: BinaryIO, label: str, what: str, packed: "Unpacked | None" = None) -> None:
        self._source, self._label, self._what, self._packed = source, label, what, packed
        self.count = 0

    def readable(self) -> bool:
        """True: reading is all that it does."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Reads what there is, up to the buffer's size."""
        view = memoryview(buffer).cast("B")
        try:
            found = getattr(self._source, "read1", self._source.read)(len(view))  # read loses what precedes an error
        except _BROKEN as e:
            raise UnreadableInput(self._label, f"the {self._what} data is damaged or cut short ({_line(e)})") from e
        view[: len(found)] = found
        self.count += len(found)
        if self._packed and self.count > max(_FREE, LARGEST_RATIO * self._packed.count):
            raise bomb(self._label)
        return len(found)


class _Rejoined(io.RawIOBase):
    """What has been read already, and then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        if self._head:
            found = bytes(self._head[: len(view)])
            self._head = self._head[len(found) :]
        else:  # read1 gives what a pipe holds and does not wait for more
            found = getattr(self._rest, "read1", self._rest.read)(len(view))
        view[: len(found)] = found
        return len(found)


def bomb(label: str) -> UnreadableInput:
    """The error of data that is packed too well to be honest."""
    return UnreadableInput(
        label, f"unpacks to more than {LARGEST_RATIO} times its size, as a bomb does; it is left out"
    )


def gunzipped(stream: BinaryIO, label: str) -> BinaryIO:
    """The unpacked bytes of gzip data. Reading them raises UnreadableInput where it is damaged, cut short or a bomb."""
    packed = Unpacked(stream, label, "gzip")
    source = gzip.GzipFile(fileobj=cast(BinaryIO, io.BufferedReader(packed)))
    return cast(BinaryIO, io.BufferedReader(Unpacked(cast(BinaryIO, source), label, "gzip", packed)))


def whole(stream: BinaryIO, label: str, most: int = LARGEST) -> bytes:
    """All bytes of a stream. Raises UnreadableInput where they are more than `most`."""
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise UnreadableInput(label, f"is larger than {most / 1e6:.0f} MB, too large for one text")
    return raw


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, one at a time. Of a line longer than LARGEST only that much and one byte are given."""
    while line := stream.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 1)


def peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The beginning of a stream, up to the first line that is not blank, and the stream as if it had not been read.

    No more is read than these lines, so that a live stream is not waited for.
    """
    start = stream.tell() if stream.seekable() else None
    head = b""
    while len(head) < _LOOKED_AT and (line := stream.readline(_LOOKED_AT)):
        head += line
        if line.strip():
            break
    if start is None:
        return head, rejoined(head, stream)
    stream.seek(start)
    return head, stream


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream of what has been read already and then the rest."""
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, rest)))


def seekable(stream: BinaryIO, label: str) -> BinaryIO:
    """The stream, or all of it in memory where it cannot be gone back in. Raises UnreadableInput where that is much."""
    return stream if stream.seekable() else io.BytesIO(whole(stream, label))


def within(label: str, name: str) -> str:
    """The label of what lies in a container: the container's, a colon, and its own name or address."""
    return f"{label}:{shown(name)}"


def shown(name: str) -> str:
    """A name on one line: what would end it, steer a terminal, or be no UTF-8 becomes U+FFFD."""
    return _UNSHOWN.sub("\ufffd", name)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
