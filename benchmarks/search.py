"""How long searching takes: 200 mixed queries with filters, each once.

    python benchmarks/search.py ARCHIVE [--seed 1]

The words are drawn from the archive's own statements: frequent and rare ones, two and three together, phrases; the
filters from its speakers, outlets and days. A time is that of one page of 20 hits with all that is shown of them. The
file has been read once before, so that the times are not those of the disk. Where other programs keep the machine
busy, the processor's time tells more than the clock.
"""

import argparse
import random
import re
import sqlite3
import time
from collections import Counter
from datetime import date
from pathlib import Path

from onrecord.archive import Archive
from onrecord.archive.queries import Query, outlets

QUERIES = 200
WORD = re.compile(r"[^\W_]+")
SAMPLE = 3000  # statements
SHARES = (("median", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("max", 1))


class Mix:
    """Queries as they may come, drawn from what an archive holds."""

    def __init__(self, db: sqlite3.Connection, seed: int) -> None:
        self._pick = random.Random(seed)
        (last,) = db.execute("SELECT max(key) FROM attribution").fetchone()
        keys = sorted(self._pick.sample(range(1, last + 1), min(SAMPLE, last)))
        asked = "SELECT content FROM statement WHERE key = ?"
        rows = [row for key in keys if (row := db.execute(asked, (key,)).fetchone())]
        told: list[list[str]] = [WORD.findall(content.lower()) for (content,) in rows]
        self._said = [words for words in told if len(words) >= 4]
        counts = Counter(w for words in self._said for w in words)
        common = [w for w, _ in counts.most_common()]
        self._frequent, self._rare = common[:60], [w for w in common if counts[w] <= 2]
        named = db.execute(
            "SELECT p.name FROM statement_speaker x JOIN speaker p ON p.key = x.speaker WHERE p.name IS NOT NULL AND "
            f"x.statement IN ({', '.join(map(str, keys))})"
        )
        names = [name for name, _ in Counter(n for (n,) in named).most_common()]
        self._speakers = names[:8], names[len(names) // 2 :]
        self._outlets = outlets(db)
        self._days = db.execute("SELECT min(day), max(day) FROM article").fetchone()

    def queries(self) -> list[Query]:
        """The queries: every kind of words with every filter, in turn."""
        return [self._query(n % 8, n // 8 % 9) for n in range(QUERIES)]

    def _query(self, words: int, filtered: int) -> Query:
        return Query(self._words(words), **self._filter(filtered or 1 if words == 7 else filtered))  # type: ignore[arg-type]

    def _words(self, kind: int) -> str:
        pick = self._pick
        said = pick.choice(self._said)
        start = pick.randrange(len(said) - 2)
        match kind:
            case 0:
                return pick.choice(self._frequent)
            case 1:
                return pick.choice(self._rare)
            case 2:
                return " ".join(pick.sample(self._frequent, 2))
            case 3:
                return " ".join(pick.sample(said, 2))
            case 4:
                return " ".join(pick.sample(said, 3))
            case 5:
                return f'"{" ".join(said[start : start + 2])}"'
            case 6:
                return f"{pick.choice(said)} -{pick.choice(self._frequent)}"
            case _:
                return ""

    def _filter(self, kind: int) -> dict[str, object]:
        pick = self._pick
        first, last = (date.fromisoformat(d).toordinal() for d in self._days)
        day = pick.randint(first, last)
        match kind:
            case 1:
                return {"speakers": (pick.choice(self._speakers[0]),)}
            case 2:
                return {"speakers": (pick.choice(self._speakers[1]),)}
            case 3:
                return {"outlets": (pick.choice(self._outlets),)}
            case 4:
                return {"since": date.fromordinal(day), "until": date.fromordinal(min(day + 30, last))}
            case 5:
                return {"kinds": ("direct",), "until": date.fromordinal(day)}
            case 6:
                return {"unnamed": True, "outlets": tuple(pick.sample(self._outlets, 3))}
            case 7:
                return {"acts": ("thought",), "since": date.fromordinal(day)}
            case 8:
                return {"speakers": (pick.choice(self._speakers[0]),), "kinds": ("direct",), "copies": True}
            case _:
                return {}


def told(times: list[float]) -> str:
    return "   ".join(f"{name} {times[int(share * len(times)) - 1]:.1f} ms" for name, share in SHARES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.archive.open("rb") as file:
        while file.read(1 << 24):
            pass
    with Archive(given.archive) as archive:
        queries = Mix(archive.connection, given.seed).queries()
        times: list[tuple[float, Query, int, bool]] = []
        work: list[float] = []
        for query in queries:
            began, worked = time.perf_counter(), time.process_time()
            found = archive.find(query)
            work.append(1000 * (time.process_time() - worked))
            times.append((1000 * (time.perf_counter() - began), query, found.total, found.more))
        (statements,) = archive.connection.execute("SELECT count(*) FROM attribution").fetchone()
    times.sort(key=lambda t: t[0])
    some = sum(bool(total) for _, _, total, _ in times)
    print(f"{statements} statements, {len(times)} queries, {some} with hits")
    print("by the clock:    " + told([took for took, *_ in times]))
    print("processor alone: " + told(sorted(work)))
    for took, query, total, more in times[:-11:-1]:
        given_only = {f: v for f in Query.__slots__ if (v := getattr(query, f)) != getattr(Query(), f)}
        print(f"{took:8.1f} ms {total:6}{'+' if more else ' '} {given_only}")


if __name__ == "__main__":
    main()
