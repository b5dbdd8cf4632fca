"""An index kept in a file beside its transcripts, so that the next check need not build it.

It is trusted only where the folder's files have the names, sizes and times of change that they had; whatever is wrong
with it, it is built anew, and where it cannot be written, nothing is.
"""

import contextlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.check.index import Index, Kept
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
    stamp = _stamp(folder)
    if kept := _read(folder / NAME, stamp, transcripts):
        return Index(transcripts, kept), skipped
    index = Index(transcripts)
    if len(index) >= FEWEST_WORDS:
        with contextlib.suppress(OSError):  # a folder that may not be written to is checked against all the same
            _write(folder / NAME, stamp, index.kept)
    return index, skipped


def _stamp(folder: Path) -> str:
    """What must not have changed."""
    files = [(p.relative_to(folder).as_posix(), p.stat()) for p in transcript_files(folder)]
    return json.dumps([FORM, *((name, s.st_size, s.st_mtime_ns) for name, s in files)])


def _read(path: Path, stamp: str, transcripts: Sequence[Transcript]) -> Kept | None:
    try:
        with np.load(path, allow_pickle=False) as found:
            if bytes(found["stamp"]).decode() != stamp:
                return None
            words = tuple(bytes(found["words"]).decode().split("\n"))
            kept = Kept(found["ids"], found["places"], found["bounds"], found["order"], words)
            return kept if kept.fits(transcripts) else None
    except (OSError, ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile):
        return None


def _write(path: Path, stamp: str, kept: Kept) -> None:
    """Under another name first: whoever reads at the same time sees the whole file or none."""
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            words = np.frombuffer("\n".join(kept.vocabulary).encode(), np.uint8)
            parts = kept._asdict() | {"stamp": np.frombuffer(stamp.encode(), np.uint8), "words": words}
            del parts["vocabulary"]
            np.savez(stream, **parts)
        os.chmod(name, READABLE)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
