"""What keeping costs beside reading, and what an archive weighs.

    python benchmarks/add.py FOLDER_OF_TXT [--articles 100] [--rounds 3]

Reads the first articles as JSON lines, with `read --format jsonl` and with `add` in turn, and prints the fastest of
each; then adds all of the folder in one go, and prints the rate, the peak of memory, the time of a `put` and of
adding all of it a second time, and the bytes of each table beside those of the texts.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord.archive import Archive

LEAST = 0.002  # of the texts: smaller tables are summed up


def run(*args: object) -> tuple[float, float, float]:
    """Seconds that a command took, those that processors worked for it, and the most memory that it held, in MB."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "onrecord", *map(str, args)], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"onrecord {args[0]} ended with {process.returncode}"
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def overhead(rows: Path, rounds: int) -> None:
    reading, adding = [], []
    for n in range(rounds):
        reading.append(run("read", "--format", "jsonl", rows))
        adding.append(run("add", rows, "--archive", rows.with_name(f"{n}.db")))
    for which, name in enumerate(("", " of processors")):
        read, add = (min(each[which] for each in runs) for runs in (reading, adding))
        print(f"read {read:.2f} s{name}, add {add:.2f} s: {add / read - 1:+.1%} (least of {rounds})")


def puts(path: Path) -> None:
    """The time that the records of an archive take to be put into another."""
    with Archive(path) as archive, Archive(path.with_name("copy.db"), create=True) as copy:
        took = []
        for article in archive.articles():
            record = archive.record(article.id)
            began = time.perf_counter()
            copy.put(record)
            took.append(1000 * (time.perf_counter() - began))
    took.sort()
    print(f"put: median {took[len(took) // 2]:.1f} ms, mean {sum(took) / len(took):.1f} ms, most {took[-1]:.0f} ms")


def weigh(path: Path) -> None:
    with sqlite3.connect(path) as db:
        texts = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM article").fetchone()[0]
        tables = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    db.close()
    size = path.stat().st_size
    print(f"texts {texts} bytes, file {size} bytes: {size / texts:.2f} times")
    for name, bytes_ in tables:
        if bytes_ >= LEAST * texts:
            print(f"  {name:32}{bytes_:12}{bytes_ / texts:8.3f}")
    rest = [b for _, b in tables if b < LEAST * texts]
    print(f"  {f'{len(rest)} smaller ones':32}{sum(rest):12}{sum(rest) / texts:8.3f}")


def write(rows: Path, texts: list[str]) -> Path:
    with rows.open("w", encoding="utf8") as out:
        out.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    texts = [p.read_bytes().decode() for p in sorted(given.folder.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        if given.rounds:
            overhead(write(Path(folder, "first.jsonl"), texts[: given.articles]), given.rounds)
        rows, path = write(Path(folder, "all.jsonl"), texts), Path(folder, "all.db")
        took, _, memory = run("add", given.folder, "--archive", path)
        print(f"add {len(texts)} articles: {took:.1f} s, {len(texts) / took:.1f} a second, at most {memory:.0f} MB")
        print(f"the same once more: {run('add', rows, '--archive', path)[0]:.1f} s")
        puts(path)
        weigh(path)


if __name__ == "__main__":
    main()
