"""What an archive holds, as files for other tools. One module a format; the table below is all that knows them.

A format's module has `SUFFIX`, `FILES` (the names of the files that it writes, the first of which is the one that is
asked for) and `write(chosen, files, words)`, which takes the articles that were chosen, one at a time, and the path of
each file. Without `words` it leaves out the articles' own words.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from onrecord.archive.annotated import Annotated
from onrecord.archive.choosing import Chosen
from onrecord.errors import BadUsage
from onrecord.export import polnear
from onrecord.export.placing import placed, placed_folders

# --to: the module
FORMATS: dict[str, str] = {
    "csv": "onrecord.export.csv_file",
    "jsonl": "onrecord.export.jsonl",
    "parquet": "onrecord.export.parquet",
}
CORPORA = ("polnear",)  # --to: what is written for training


class Format(Protocol):
    """What the module of a format has."""

    SUFFIX: str
    FILES: tuple[str, ...]

    def write(self, chosen: Iterable[Chosen], files: Mapping[str, Path], words: bool) -> dict[str, int]:
        """Write the files, by their names; gives how many rows, articles or whatever else each of them holds."""


def export(chosen: Iterable[Chosen], to: str, out: Path, words: bool = True, force: bool = False) -> dict[Path, int]:
    """Write what was chosen in a format of the table; gives the files, and how many rows each of them holds.

    `out` is a file, beside which the format's further files come to stand, or, where it has no such suffix, a folder.
    Without `force`, nothing that exists is overwritten. The files are whole or not there. Raises BadUsage where they
    cannot stand there, MissingExtra where the format needs a part of onrecord that is not installed.
    """
    form = cast(Format, import_module(FORMATS[to]))
    with placed(out, form.SUFFIX, form.FILES, force) as (files, targets):
        counts = form.write(chosen, files, words)
    return {targets[name]: counts[name] for name in form.FILES}


def export_corpus(articles: Iterable[Annotated], out: Path, force: bool = False) -> dict[Path, int]:
    """Write articles as a corpus for training, in PolNeAR's layout, into the folder `out`; gives its two folders, with
    how many articles and how many attributions there are. Raises BadUsage where they cannot stand there, or where there
    is no article."""
    with placed_folders(out, polnear.FOLDERS, polnear.WRITTEN, force) as (folders, targets):
        counts = polnear.write(articles, folders)
        if not counts["text"]:
            raise BadUsage("no such article was read, or nothing in it was judged; nothing was written")
    return {targets[name]: counts[name] for name in polnear.FOLDERS}
