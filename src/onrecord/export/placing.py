"""Where the files of an export come to stand: written aside, and put in their places when all of them are whole."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from onrecord.errors import BadUsage

Files = Mapping[str, Path]
_SUFFIXES = (".csv", ".jsonl", ".parquet")  # who names a file of another format than is written has mistaken one


def targets(out: Path, suffix: str, names: Sequence[str]) -> dict[str, Path]:
    """The place of each file: `said.csv`, `said-articles.csv`, … for `said.csv`, and `said/statements.csv`,
    `said/articles.csv`, … for `said`."""
    ending = out.suffix.lower()
    if ending == suffix and not out.is_dir():
        return {
            name: out if i == 0 else out.with_name(f"{out.stem}-{name}{out.suffix}") for i, name in enumerate(names)
        }
    if ending in _SUFFIXES and not out.is_dir():
        raise BadUsage(f"{out}: ends in {ending}, but what is written is {suffix}; change --out or --to")
    return {name: out / f"{name}{suffix}" for name in names}


@contextlib.contextmanager
def placed(out: Path, suffix: str, names: Sequence[str], force: bool) -> Iterator[tuple[Files, Files]]:
    """Paths to write to, and the paths that these files have when the block is left. When it is left by an error,
    nothing is there that was not there before. Raises BadUsage where they cannot stand there."""
    places = targets(out, suffix, names)
    folder = out.parent if out in places.values() else out
    _check(folder, folder != out, places, force)
    made = not folder.exists()
    folder.mkdir(exist_ok=True)
    aside = folder / f".{out.name}.{os.getpid()}.partial"
    try:
        aside.mkdir()
        files = {name: aside / place.name for name, place in places.items()}
        yield files, places
        for name, place in places.items():
            os.replace(files[name], place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if made:
            with contextlib.suppress(OSError):  # it holds the files
                folder.rmdir()


@contextlib.contextmanager
def placed_folders(
    out: Path, names: Sequence[str], written: re.Pattern[str], force: bool
) -> Iterator[tuple[Files, Files]]:
    """The same for folders in the folder `out`: folders to write to, and those that they are when the block is left.

    With `force` they take the place of folders of these names in which nothing stands but files whose names are as in
    `written`; no file of an earlier export stays among the new ones, and nobody else's file is lost.
    """
    if out.suffix.lower() in _SUFFIXES:
        raise BadUsage(f"{out}: ends in {out.suffix}, but what is written is a folder; change --out or --to")
    places = {name: out / name for name in names}
    if not out.parent.is_dir():
        raise BadUsage(f"{out.parent}: there is no such folder; make it first")
    if out.exists() and not out.is_dir():
        raise BadUsage(f"{out}: is no folder; name another with --out")
    for place in filter(Path.exists, places.values()):
        _check_replaceable(place, written, force)
    made = not out.exists()
    out.mkdir(exist_ok=True)
    aside = out / f".{out.name}.{os.getpid()}.partial"
    try:
        folders = {name: aside / name for name in names}
        for folder in folders.values():
            folder.mkdir(parents=True)
        yield folders, places
        for name, place in places.items():
            if place.exists():
                os.replace(place, aside / f"{name}-before")
            os.replace(folders[name], place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if made:
            with contextlib.suppress(OSError):  # it holds the folders
                out.rmdir()


def _check_replaceable(place: Path, written: re.Pattern[str], force: bool) -> None:
    if not place.is_dir() or any(not (f.is_file() and written.fullmatch(f.name)) for f in place.iterdir()):
        raise BadUsage(f"{place}: holds what no export wrote; name another folder with --out")
    if not force:
        raise BadUsage(f"{place}: is there already; overwrite it with --force, or name another with --out")


def _check(folder: Path, there: bool, places: Files, force: bool) -> None:
    above = folder if there else folder.parent
    if not above.is_dir():
        raise BadUsage(f"{above}: there is no such folder; make it first")
    if folder.exists() and not folder.is_dir():
        raise BadUsage(f"{folder}: is no folder; name another with --out")
    for place in places.values():
        if place.exists() and not place.is_file():
            raise BadUsage(f"{place}: is there and is no file; name another with --out")
        if place.exists() and not force:
            raise BadUsage(f"{place}: is there already; overwrite it with --force, or name another with --out")
