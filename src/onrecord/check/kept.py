"""An index kept beside its transcripts, so that the next check need not build it: in a file of their folder, or in
the archive that holds them.

It is trusted only where its stamp is the same: the names, sizes and times of change of the folder's files, or the ids
of the archive's transcripts. Whatever is wrong with it, it is built anew, and where it cannot be written, nothing is.
"""

import contextlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from onrecord.check.index import Index, Kept, ordered
from onrecord.check.transcripts import Transcript, open_transcripts, transcript_files
from onrecord.errors import SkippedInput

NAME = ".onrecord-index.npz"
FORM = 1  # changes when words are numbered or placed in another way
READABLE = 0o644  # for everybody who may check against the folder
FEWEST_WORDS = 200_000  # fewer are indexed in less time than it takes to wonder what the file is


def open_index(inputs: Sequence[str | Path]) -> tuple[Index, list[SkippedInput]]:
    """An index over every transcript in the files and folders, and what was none. Of a single folder with many words
    it is kept there."""
    found = list(open_transcripts(inputs))
    transcripts = [t for t in found if isinstance(t, Transcript)]
    skipped = [t for t in found if isinstance(t, SkippedInput)]
    folder = Path(inputs[0]) if len(inputs) == 1 and Path(inputs[0]).is_dir() else None
    if folder is None:
        return Index(transcripts), skipped
    mark = _stamp(folder)
    if kept := unpack(folder / NAME, mark, transcripts):
        return Index(transcripts, kept), skipped
    index = Index(transcripts)
    if len(index) >= FEWEST_WORDS:
        with contextlib.suppress(OSError):  # a folder that may not be written to is checked against all the same
            _write(folder / NAME, mark, index.kept)
    return index, skipped


def joined(indexes: Sequence[Index]) -> Index:
    """One index over the transcripts of several, made of theirs."""
    some = [index for index in indexes if index.transcripts]
    if len(some) == 1:
        return some[0]
    known: dict[str, int] = {}
    ids, places, bounds = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    for kept in (index.kept for index in some):
        numbers = np.array([known.setdefault(word, len(known)) for word in kept.vocabulary], np.int32)
        ids.append(numbers[kept.ids])
        places.append(kept.places)
        bounds.append(kept.bounds[1:] + bounds[-1][-1])
    every = np.concatenate(ids)
    kept = Kept(every, np.concatenate(places), np.concatenate(bounds), ordered(every), tuple(known))
    return Index([transcript for index in some for transcript in index.transcripts], kept)


def _stamp(folder: Path) -> str:
    """What must not have changed."""
    files = [(p.relative_to(folder).as_posix(), p.stat()) for p in transcript_files(folder)]
    return stamp((name, s.st_size, s.st_mtime_ns) for name, s in files)


def stamp(parts: Iterable[object]) -> str:
    """What must not have changed, as it is kept: JSON-ready parts, and the form of the index."""
    return json.dumps([FORM, *parts])


def unpack(packed: Path | BinaryIO, stamp: str, transcripts: Sequence[Transcript]) -> Kept | None:
    """The index that `pack` kept; None where it is damaged, has another stamp, or cannot be these transcripts' own."""
    try:
        with np.load(packed, allow_pickle=False) as found:
            if bytes(found["stamp"]).decode() != stamp:
                return None
            words = tuple(bytes(found["words"]).decode().split("\n"))
            kept = Kept(found["ids"], found["places"], found["bounds"], found["order"], words)
            return kept if kept.fits(transcripts) else None
    except (OSError, ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile):
        return None


def pack(kept: Kept, stamp: str, stream: BinaryIO) -> None:
    """Write an index and its stamp."""
    words = np.frombuffer("\n".join(kept.vocabulary).encode(), np.uint8)
    parts = kept._asdict() | {"stamp": np.frombuffer(stamp.encode(), np.uint8), "words": words}
    del parts["vocabulary"]
    np.savez(stream, **parts)


def _write(path: Path, stamp: str, kept: Kept) -> None:
    """Under another name first: whoever reads at the same time sees the whole file or none."""
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            pack(kept, stamp, stream)
        os.chmod(name, READABLE)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
