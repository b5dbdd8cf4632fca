"""Utterances: how well and how fast statements are grouped.

    python benchmarks/collate.py scale ARCHIVE.db [--grow 0.01]
    python benchmarks/collate.py judged RECORDS.jsonl…

`scale` collates an archive that benchmarks/generator.py made (its families lie beside it): seconds, memory, recall of
the planted variants and how many pairs of two families were joined. It works on a copy. With `--grow` that share of the
articles is added afterwards: what it costs, and whether the groups are the same as from scratch.

`judged` takes the records of PolNeAR train and dev (`onrecord read --format jsonl`) and compares the groups with pairs
of quotations in different articles that share a run of five words or more, each judged by reading to be one utterance
or not. Where they stand is kept, not their texts. collate-judged.jsonl: 300 pairs of train, nearly all among them that
share seven words or more; the thresholds were chosen on them. collate-judged-2.jsonl: drawn later, and judged before
the program's answer was seen: 200 more pairs of train, which share five or six words, and 53 with an article of dev.
"""

import argparse
import json
import re
import resource
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from onrecord.archive import Archive, writing
from onrecord.record import Record

Standing = tuple[str, int, int, str]  # an article's name, start, end, the statement's id
JUDGED = [Path(__file__).with_name(name) for name in ("collate-judged.jsonl", "collate-judged-2.jsonl")]


def scale(path: Path, grow: float) -> None:
    families = [json.loads(line) for line in path.with_name(f"{path.name}.families.jsonl").open(encoding="utf8")]
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / "copy.db"
        shutil.copy(path, copy)
        with Archive(copy, write=True) as archive:
            statements = archive.connection.execute("SELECT count(*) FROM attribution").fetchone()[0]
            if grow:
                _grow(archive, grow)
                return
            began, before = time.perf_counter(), time.process_time()
            done = archive.collate()
            seconds, busy = time.perf_counter() - began, time.process_time() - before
            found = dict(_groups(archive))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = copy.stat().st_size / path.stat().st_size - 1
    print(f"{statements:,} statements: {seconds:.1f} s ({busy:.1f} s of one core), {memory:,.0f} MiB")
    print(f"the file grew by {size:.0%}; {done}")
    _planted(families, found)


def _groups(archive: Archive) -> list[tuple[str, int]]:
    asked = "SELECT s.id, v.utterance FROM variant v JOIN attribution s ON s.key = v.statement"
    return [(str(s), int(u)) for s, u in archive.connection.execute(asked)]


def _planted(families: list[dict[str, str]], found: dict[str, int]) -> None:
    """Recall of pairs of one family, by how the later one was changed, and pairs of two families that were joined."""
    of = {f["statement"]: (f["family"], f["change"]) for f in families}
    by_family: dict[str, list[str]] = defaultdict(list)
    for f in families:
        by_family[f["family"]].append(f["statement"])
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for members in by_family.values():
        whole = next((m for m in members if of[m][1] == "whole"), members[0])
        for m in members:
            if m != whole:
                total[of[m][1]] += 1
                hits[of[m][1]] += found.get(m, -1) == found.get(whole, -2)
    by_utterance: dict[int, set[str]] = defaultdict(set)
    for statement, utterance in found.items():
        if statement in of:
            by_utterance[utterance].add(of[statement][0])
    wrong = sum(len(list(combinations(f, 2))) for f in by_utterance.values())
    shown = ", ".join(f"{change} {hits[change] / total[change]:.3f} of {total[change]}" for change in sorted(total))
    recall = sum(hits.values()) / max(sum(total.values()), 1)
    print(f"recall of planted variants {recall:.4f} ({shown}); {wrong} pairs of two families joined")


def _grow(archive: Archive, share: float) -> None:
    """Collate all but the last articles, then those too: what is collated is told by the table `collated`."""
    db = archive.connection
    last = db.execute("SELECT max(key) FROM article").fetchone()[0]
    held = int(last * (1 - share))
    db.execute("CREATE TEMP TABLE held AS SELECT * FROM reading WHERE article > ?", (held,))
    db.execute("DELETE FROM reading WHERE article > ?", (held,))  # without a reading an article is not collated
    costs = []
    for come in (False, True):
        if come:
            db.execute("INSERT INTO reading SELECT * FROM held")
        began = time.process_time()
        print(archive.collate())
        costs.append(time.process_time() - began)
    grown = _partition(archive)
    db.execute("DELETE FROM component")
    db.execute("DELETE FROM collated")
    archive.collate()
    same = grown == _partition(archive)
    whole, more = costs
    print(f"the first {1 - share:.0%}: {whole:.1f} s of one core; the rest: {more:.1f} s, {more / whole:.1%}")
    print(f"the same groups as from scratch: {same}")


def _partition(archive: Archive) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for statement, utterance in _groups(archive):
        groups[utterance].add(statement)
    return {frozenset(g) for g in groups.values()}


def judged(paths: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db", create=True) as archive:
        stands = [place for path in paths for place in _put(archive, path)]
        print(archive.collate())
        of = dict(_groups(archive))
    for chosen in JUDGED:
        _compared(chosen, stands, of)


def _compared(chosen: Path, stands: list[Standing], of: dict[str, int]) -> None:
    """The groups beside the pairs of a file; pairs of which one's article is not among the records are left out. Where
    the reader took a quotation to begin or end elsewhere, the statement that has most of it counts."""
    right: Counter[str] = Counter()
    within: dict[str, list[Standing]] = defaultdict(list)
    for standing in stands:
        within[standing[0]].append(standing)
    print(f"\n{chosen.name}")
    for row in map(json.loads, chosen.open(encoding="utf8")):
        if not all(row[side]["article"] in within for side in "ab"):
            right["not among the records"] += 1
            continue
        a, b = (_nearest(within[row[side]["article"]], row[side]["start"], row[side]["end"]) for side in "ab")
        joined = a == b or of.get(a, -1) == of.get(b, -2)  # the same article twice is there once
        right[f"{'joined' if joined else 'apart'}, {'one' if row['one'] else 'two'}"] += 1
        if joined != row["one"]:
            print("  ", row)
    print(dict(right))
    both, only, missed = right["joined, one"], right["joined, two"], right["apart, one"]
    for name, whole in (("precision", both + only), ("recall", both + missed)):
        low, high = _interval(both, whole)
        print(f"{name} {both / max(whole, 1):.3f} ({both} of {whole}; 95 %: {low:.3f} to {high:.3f})")


def _nearest(stands: list[Standing], start: int, end: int) -> str:
    """The id of the statement that has most of a stretch; of equals, the shortest."""
    return max(stands, key=lambda s: (min(end, s[2]) - max(start, s[1]), s[1] - s[2]))[3]


def _interval(hits: int, whole: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927) at 95 %."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, hits / whole
    middle, wide = share + z * z / (2 * whole), z * ((share * (1 - share) + z * z / (4 * whole)) / whole) ** 0.5
    return (middle - wide) / (1 + z * z / whole), (middle + wide) / (1 + z * z / whole)


def _put(archive: Archive, path: Path) -> list[Standing]:
    """Put the records; gives where each statement stands. The corpus keeps outlet and day in the article's name."""
    stands: list[Standing] = []
    with archive.transaction():
        for line in path.open(encoding="utf8"):
            record = Record.from_json(line)
            name = Path(record.article.label or "").stem
            day = re.search(r"\d{4}-\d\d-\d\d", name)
            outlet, published = name.partition("_")[0], day[0] if day else None
            record = replace(record, article=replace(record.article, outlet=outlet, published=published))
            writing.put(archive.connection, record)
            stands += ((name, s.content[0].start, s.content[-1].end, s.id) for s in record.statements)
    return stands


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="what")
    one = commands.add_parser("scale")
    one.add_argument("path", type=Path)
    one.add_argument("--grow", type=float, default=0.0)
    commands.add_parser("judged").add_argument("path", type=Path, nargs="+")
    given = parser.parse_args()
    if given.what == "scale":
        scale(given.path, given.grow)
    else:
        judged(given.path)


if __name__ == "__main__":
    main()
