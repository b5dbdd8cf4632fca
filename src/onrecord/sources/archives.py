"""Zip archives: their members, none of which is ever written to disk."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources.streams import LARGEST_RATIO, Piece, Unpacked, bomb, seekable, shown, within

_MOST_MEMBERS = 200_000
_MOST_BYTES = 16 << 30  # unpacked, all members together
_MOST_OF_A_DOCUMENT = 512 << 20  # bytes, unpacked: pictures are most of it
_SMALL = 1 << 20  # bytes of a member that may be packed as well as it likes
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.S)
_ENCRYPTED = 1  # a bit of the flags: APPNOTE.TXT, 4.4.4


def is_docx(stream: BinaryIO, label: str) -> bool:
    """Whether a zip archive is a Word document; the stream is left at its start.

    Raises UnreadableInput where it is one that unpacks to more than an honest one does.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        stream.seek(0)
    if not {"[Content_Types].xml", "word/document.xml"} <= {member.filename for member in members}:
        return False
    if any(map(_is_bomb, members)) or sum(member.file_size for member in members) > _MOST_OF_A_DOCUMENT:
        raise bomb(label)
    return True


def read_zip(stream: BinaryIO, label: str, readable: Callable[[str], bool]) -> Iterator[Piece | SkippedInput]:
    """The members whose names are `readable`, in order of names, each to be read before the next is asked for.

    Hidden ones are passed over. One that is encrypted or that would lie outside of the archive (`..`, an absolute
    path) is a SkippedInput. Raises UnreadableInput where the file is damaged, or too large or too well packed to be
    honest, and then leaves out the rest; NotAnArticle where it holds nothing that can be read.
    """
    try:
        archive = zipfile.ZipFile(seekable(stream, label))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as e:
        raise UnreadableInput(label, f"the zip archive is damaged or cut short ({shown(str(e))})") from e
    with archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        if len(members) > _MOST_MEMBERS:
            raise UnreadableInput(label, f"the zip archive has {len(members)} members, more than {_MOST_MEMBERS}")
        unpacked, empty = 0, True
        for member in members:
            hidden = any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/"))
            if not readable(member.filename) or (hidden and not _OUTSIDE.match(member.filename)):
                continue
            empty = False
            unpacked += member.file_size
            yield _opened(archive, member, label, unpacked)
    if empty:
        raise NotAnArticle(label, "the zip archive holds no file that can be read")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(_SMALL, LARGEST_RATIO * member.compress_size)


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, label: str, unpacked: int) -> Piece | SkippedInput:
    where = within(label, member.filename)
    if _OUTSIDE.match(member.filename):
        return UnreadableInput(where, "its path leads out of the archive")
    if member.flag_bits & _ENCRYPTED:
        return UnreadableInput(where, "is encrypted; unpack it and give its files")
    if _is_bomb(member):
        raise bomb(where)
    if unpacked > _MOST_BYTES:
        raise UnreadableInput(
            label, f"the zip archive unpacks to more than {_MOST_BYTES >> 30} GB; its rest is left out"
        )
    try:
        source = Unpacked(cast(BinaryIO, archive.open(member)), where, "zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as e:
        return UnreadableInput(where, f"cannot be unpacked ({shown(str(e))})")
    return Piece(where, cast(BinaryIO, io.BufferedReader(source)), name=member.filename)
