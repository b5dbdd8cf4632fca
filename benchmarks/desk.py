"""How quick the desk is, and whether it bears many readers: it is started by itself and asked over the loopback.

    python benchmarks/desk.py pages ARCHIVE [--queries 40] [--seed 1]
    python benchmarks/desk.py load ARCHIVE [--readers 20] [--seconds 60] [--pause 0]

`pages` asks every kind of page, with different words, names and ids drawn from the archive, one request at a time, and
prints the server's own time in ms (its header `Server-Timing`; `work` is the processor's, mean), the bytes of a page as
sent (gzip), and what a first visit weighs with style, scripts and fonts, charts left out. `load` lets readers ask for
all pages at once while `onrecord add` puts articles into the same archive, and prints what failed and how long answers
took on the reader's side; with `--pause` each reads for so many seconds between two pages. It needs the extra `[web]`;
the archive is written to.
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode

from generator import News
from search import Mix

from onrecord.archive import Archive
from onrecord.archive.queries import Query

BUDGET = 150_000  # bytes of a page with its assets
ADDED = 4000  # articles that wait to be added while others read
SERVER_TIME = re.compile(r"total;dur=([\d.]+)")
ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
FONT = re.compile(rb"url\([\"']?([^\"')]+)")
Addresses = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk answered. `server`: its own time in ms; `took`: from asking to the last byte, in ms."""

    status: int
    server: float
    took: float
    body: bytes


class Reader:
    """One reader's connection, which stays open between pages."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = ""

    def get(self, address: str) -> Answer:
        """Ask for a page."""
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": self._cookie} if self._cookie else {})
        began = time.perf_counter()
        try:
            answer = self._asked(address, headers)
        except (http.client.HTTPException, ConnectionError):  # an idle connection was closed: once more, on a new one
            self._open.close()
            answer = self._asked(address, headers)
        body = answer.read()
        took = 1000 * (time.perf_counter() - began)
        self._cookie = self._cookie or (answer.headers.get("Set-Cookie") or "").partition(";")[0]
        told = SERVER_TIME.search(answer.headers.get("Server-Timing") or "")
        return Answer(answer.status, float(told[1]) if told else took, took, body)

    def _asked(self, address: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        self._open.request("GET", address, headers=headers)
        return self._open.getresponse()


@contextmanager
def desk(archive: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A desk in a process of its own, on a free port of this machine alone."""
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", "0", "--as", "Benchmark"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            found = re.search(r":(\d+)/", process.stdout.readline())
            if found is None:
                raise SystemExit("the desk did not start")
            yield int(found[1]), process
        finally:
            process.terminate()
            process.wait(30)


def addresses(path: Path, count: int, seed: int) -> Addresses:
    """So many addresses of each kind of page, drawn from what the archive holds."""
    pick = random.Random(seed)
    with Archive(path) as archive:
        db = archive.connection
        mix = Mix(db, seed)
        asked = list(islice(_mixed(mix), count * 8))
        (last,) = db.execute("SELECT max(key) FROM attribution").fetchone()
        keys = pick.sample(range(1, last + 1), min(4 * count, last))
        rows = [row for key in keys if (row := db.execute(_STATEMENT, (key,)).fetchone())]
        by_size = db.execute("SELECT id FROM utterance ORDER BY variants DESC LIMIT ?", (5 * count,)).fetchall()
        identities = db.execute("SELECT id FROM identity LIMIT ?", (count,)).fetchall()
        first, until = db.execute("SELECT min(day), max(day) FROM article").fetchone()
    names = [name for _, _, name in rows if name]
    years = range(int(first[:4]), int(until[:4]) + 1)
    spans = [(y, y + more) for more in (0, 1, 3, 9) for y in years]
    utterances = [own for (own,) in pick.sample(by_size, min(count, len(by_size)))]
    found = {
        "find, no words": ["/?" + urlencode({"page": n + 1}) for n in range(count)],
        "find, words": [_find(q) for q in asked if q.words][:count],
        "find, words and filters": [_find(q) for q in asked if q.words and q != Query(q.words)][:count],
        "find, filters only": [_find(q) for q in asked if not q.words][:count],
        "found.csv": ["/found.csv" + _find(q)[1:] for q in asked if q.words][: count // 4],
        "article": [f"/article/{article}" for _, article, _ in rows],
        "versions": [f"/versions/{article}" for _, article, _ in rows],
        "locate": [f"/locate/{statement}" for statement, _, _ in rows],
        "speakers": ["/speakers?" + urlencode({"page": n + 1}) for n in range(count // 2)]
        + ["/speakers?" + urlencode({"q": name.split()[-1]}) for name in names[: count // 2]],
        "speaker": [
            f"/speaker/{quote(who, safe='')}" for who in [*(own for (own,) in identities[: count // 2]), *names]
        ],
        "utterances": ["/utterances?" + urlencode({"page": n + 1}) for n in range(count // 2)]
        + ["/utterances?" + urlencode({"speaker": name}) for name in names[: count // 2]],
        "utterance": [f"/utterance/{own}" for own in utterances],
        "audit": [f"/audit?since={a}&until={b}&by={by}" for by in ("", "outlet") for a, b in spans if b <= years[-1]],
        "check": [f"/check?article={article}" for _, article, _ in rows],
        "judge, queue": ["/judge"] * 3,
        "judge, one": [f"/judge/{statement}" for statement, _, _ in rows],
        "judge, done": ["/judge/done"],
        "sample": ["/sample"],
        "api find": ["/api/v1/find" + _find(q)[1:] for q in asked if q.words][:count],
        "api record": [f"/api/v1/articles/{article}" for _, article, _ in rows],
    }
    return {kind: some[:count] for kind, some in found.items() if some}


_STATEMENT = (
    "SELECT s.id, a.id, (SELECT p.name FROM statement_speaker x JOIN speaker p ON p.key = x.speaker "
    "WHERE x.statement = s.key) FROM attribution s JOIN article a ON a.key = s.article WHERE s.key = ?"
)


def _mixed(mix: Mix) -> Iterator[Query]:
    while True:
        yield from mix.queries()


def _find(query: Query) -> str:
    """The first page's address for a query; of several values of a filter, the first."""
    asked = {"q": query.words, "act": "thought" if query.acts == ("thought",) else ""}
    plural = {"speakers": "speaker", "outlets": "outlet", "kinds": "kind"}
    for one in fields(Query):
        value = getattr(query, one.name)
        if one.name in plural and value:
            asked[plural[one.name]] = value[0]
        elif one.name in ("since", "until") and value:
            asked[one.name] = value.isoformat()
        elif one.name in ("unnamed", "unresolved", "relayed", "copies") and value:
            asked[one.name] = "true"
    return "/?" + urlencode({k: v for k, v in asked.items() if v})


def share(values: list[float], part: float) -> float:
    """The value that so large a part of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, round(part * len(ordered) + 0.5) - 1)] if part < 1 else ordered[-1]


def memory(process: subprocess.Popen[str]) -> str:
    """The process's resident memory now and at its highest, as the system tells; "" where it does not."""
    with suppress(OSError):
        told = Path(f"/proc/{process.pid}/status").read_text()
        rss, peak = (int(re.search(rf"{name}:\s+(\d+)", told)[1]) // 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        return f"memory {rss} MiB, at most {peak} MiB"
    return ""


def worked(process: subprocess.Popen[str]) -> float:
    """The processor's time that the process took so far, in ms; 0 where the system does not tell."""
    with suppress(OSError):
        times = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return 1000 * sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
    return 0


def weight(reader: Reader, address: str) -> tuple[int, int]:
    """Bytes of a page as sent, and of what it loads beside, each once, charts left out."""
    import gzip

    def plain(answer: Answer) -> bytes:
        return gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body

    page = reader.get(address)
    beside = 0
    for asset in {a.decode() for a in ASSET.findall(plain(page)) if b"charts" not in a}:
        found = reader.get(asset)
        beside += len(found.body)
        if ".css" in asset:
            folder = asset.rpartition("/")[0]
            for name in {f.decode() for f in FONT.findall(plain(found)) if not f.startswith(b"data:")}:
                beside += len(reader.get(name if name.startswith("/") else f"{folder}/{name}").body)
    return len(page.body), beside


def pages(given: argparse.Namespace) -> int:
    """Every kind of page, one request at a time."""
    asked = addresses(given.archive, given.queries, given.seed)
    slow = 0
    with desk(given.archive) as (port, process):
        reader = Reader(port)
        print(f"{'page':24} {'n':>3} {'median':>8} {'p95':>8} {'max':>8} {'work':>8} {'kB':>6} {'at most':>7}")
        for kind, some in asked.items():
            first = reader.get(some[0])
            before = worked(process)
            answers = [reader.get(address) for address in some]
            work = (worked(process) - before) / len(some)
            if first.status == 404 and all(a.status == 404 for a in answers):
                print(f"{kind:24} there is none")
                continue
            times, sizes = [a.server for a in answers], [len(a.body) / 1000 for a in answers]
            odd = Counter(a.status for a in answers if a.status != 200)
            told = [share(times, 0.5), share(times, 0.95), max(times)]
            slow += told[0] > 50 or told[1] > 150
            line = "".join(f" {t:8.1f}" for t in (*told, work)) + f" {share(sizes, 0.5):6.1f} {max(sizes):7.1f}"
            print(f"{kind:24} {len(some):3}{line}  first {first.server:.0f}" + (f"  {dict(odd)}" if odd else ""))
            if given.verbose:
                for answer, address in sorted(zip(answers, some, strict=True), key=lambda p: -p[0].server)[:3]:
                    print(f"    {answer.server:8.1f} ms  {answer.status}  {address}")
        page, beside = weight(reader, asked["find, words"][0])
        print(f"a first visit: {page / 1000:.1f} kB and {beside / 1000:.1f} kB beside it; {memory(process)}")
    print(f"{slow} kinds of page are slower than 50 ms (median) or 150 ms (p95)")
    return int(slow > 0 or page + beside > BUDGET)


def load(given: argparse.Namespace) -> int:
    """Many readers and one who adds."""
    asked = addresses(given.archive, given.queries, given.seed)
    every = [(kind, address) for kind, some in asked.items() if kind != "found.csv" for address in some]
    answers: dict[str, list[float]] = defaultdict(list)
    failed: Counter[str] = Counter()
    guard = threading.Lock()
    with tempfile.TemporaryDirectory() as folder, desk(given.archive) as (port, process):
        incoming = Path(folder) / "incoming.jsonl"
        generate(incoming, given.seed + 1000)
        until = time.monotonic() + given.seconds

        def read(number: int) -> None:
            pick, reader = random.Random(number), Reader(port)
            while time.monotonic() < until:
                kind, address = pick.choice(every)
                try:
                    answer = reader.get(address)
                except OSError as e:
                    with guard:
                        failed[f"{kind}: {type(e).__name__}"] += 1
                    return
                with guard:
                    answers[kind].append(answer.took)
                    if answer.status >= 400:
                        failed[f"{kind}: {answer.status}"] += 1
                time.sleep(given.pause * pick.uniform(0.5, 1.5))

        threads = [threading.Thread(target=read, args=(n,)) for n in range(given.readers)]
        with adding(given.archive, incoming) as added:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        every_time = [t for some in answers.values() for t in some]
        for kind, some in sorted(answers.items()):
            print(f"{kind:24} {len(some):5} {share(some, 0.5):8.0f} {share(some, 0.95):8.0f} {max(some):8.0f} ms")
        print(
            f"{given.readers} readers, {given.seconds} s, pause {given.pause} s: {len(every_time)} pages, median "
            f"{share(every_time, 0.5):.0f} ms, p95 {share(every_time, 0.95):.0f} ms, max {max(every_time):.0f} ms"
        )
        print(f"errors: {dict(failed) or 'none'}; added meanwhile: {added()} articles; {memory(process)}")
    return int(bool(failed) or share(every_time, 0.95) > 500)


def generate(path: Path, seed: int) -> None:
    """Articles that wait to be added, one a line."""
    with path.open("w", encoding="utf8") as out:
        for record in islice(News(seed).records(10**9), ADDED):
            a = record.article
            out.write(json.dumps({"text": a.text, "title": a.title, "outlet": a.outlet, "url": a.url}) + "\n")


@contextmanager
def adding(archive: Path, incoming: Path) -> Iterator[Callable[[], int]]:
    """`onrecord add` at work for as long as the block runs; gives what counts the articles that came in."""

    def count() -> int:
        with Archive(archive) as there:
            return there.count() - before

    with Archive(archive) as there:
        before = there.count()
    command = [sys.executable, "-m", "onrecord", "add", str(incoming), "--archive", str(archive)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield count
        finally:
            process.terminate()
            process.wait(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run in (("pages", pages), ("load", load)):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        command.add_argument("archive", type=Path)
        command.add_argument("--queries", type=int, default=40, help="addresses of each kind of page")
        command.add_argument("--seed", type=int, default=1)
    commands.choices["pages"].add_argument("--verbose", action="store_true", help="the slowest addresses, too")
    commands.choices["load"].add_argument("--readers", type=int, default=20)
    commands.choices["load"].add_argument("--seconds", type=float, default=60)
    commands.choices["load"].add_argument("--pause", type=float, default=0, help="seconds that a reader reads a page")
    given = parser.parse_args()
    sys.exit(given.run(given))


if __name__ == "__main__":
    main()
