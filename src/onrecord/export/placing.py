"""Where the files of an export come to stand: written aside, and put in their places when all of them are whole."""

import contextlib
import os
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
