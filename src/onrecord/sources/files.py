"""Which files an input stands for: a file, a folder, a pattern."""

import glob
import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO, TextIO

from onrecord.errors import SkippedInput, UnreadableInput
from onrecord.sources.streams import shown


def found(given: str, readable: Callable[[str], bool], wanted: str) -> Iterator[str | SkippedInput]:
    """The files that an input stands for; `-` is one. `readable` tells by the name whether a folder's file is meant.

    A folder is searched through, in order of names, hidden files left out; `wanted` tells what it was searched for.
    """
    if "\0" in given:
        yield UnreadableInput(label_of(given), "no file can have a NUL in its name")
    elif os.path.isdir(given):
        yield from _folder(given, readable, wanted)
    elif os.path.lexists(given) or not any(c in given for c in "*?["):
        yield given  # an absent one as well: opening it tells why
    elif names := sorted(glob.glob(given, recursive=True)):
        for name in names:
            yield from _folder(name, readable, wanted) if os.path.isdir(name) else (name,)
    else:
        yield UnreadableInput(label_of(given), "no file matches this pattern")


def _folder(folder: str, readable: Callable[[str], bool], wanted: str) -> Iterator[str | SkippedInput]:
    if readable(folder):
        yield UnreadableInput(
            label_of(folder), "is a folder though it is named like a file; rename it or name its files"
        )
        return
    empty = True
    for each in _entries(folder, readable, wanted):
        empty = False
        yield each
    if empty:
        yield UnreadableInput(label_of(folder), f"the folder holds no file that can be read ({wanted})")


def _entries(folder: str, readable: Callable[[str], bool], wanted: str) -> Iterator[str | SkippedInput]:
    """The readable files below a folder. Links to other folders are not followed: they may lead back here."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as e:
        yield UnreadableInput(label_of(folder), reason(e))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            inner = _folder if readable(entry.path) else _entries
            yield from inner(entry.path, readable, wanted)
        elif readable(entry.name) and (entry.is_file() or entry.is_symlink()):  # a pipe would wait for ever
            yield entry.path


def regular(output: BinaryIO | TextIO | None) -> os.stat_result | None:
    """What tells a stream's file from others; None where the stream is no file."""
    try:
        status = os.fstat(output.fileno()) if output else None
    except (OSError, ValueError):  # a stream that is no file has no number
        return None
    return status if status and stat.S_ISREG(status.st_mode) else None


def same_file(name: str, other: os.stat_result) -> bool:
    """Whether the name is that of the other file."""
    try:
        return os.path.samestat(os.stat(name), other)
    except OSError:
        return False


def label_of(name: str) -> str:
    """A name as it can be shown: bytes that are no UTF-8, or a line end, would break every output."""
    return shown(os.fsencode(name).decode("utf-8", "replace")) or "''"


def reason(error: OSError) -> str:
    """Why a file cannot be read, in one line."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return f"cannot be opened: {' '.join((error.strerror or str(error)).lower().split())}"
