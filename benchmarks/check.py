"""Are the verdicts of `onrecord check` right?

    python benchmarks/check.py planted [--read] [--show]     edits planted in the debates, 60 of each kind
    python benchmarks/check.py untouched [--show]            3,000 quotations as they were said: no false alarm
    python benchmarks/check.py real --records F [--out F]    quotations of Trump in articles, against his speeches
    python benchmarks/check.py captions                      300 quotations against captions as a machine makes them
    python benchmarks/check.py twice                         what one speaker said twice, in different words
    python benchmarks/check.py speed                         the index, built and from an archive, and 20 quotations

`planted` gives the checker records without a reader's errors; with --read the model reads the articles. `real` writes
the verdicts that are not verbatim, to be judged by hand; check-judged.jsonl and check-judged-2.jsonl keep the
judgements, as places and labels.
"""

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from captioning import heard
from misquoting import planted, set_in_news

from onrecord.archive import Archive
from onrecord.article import Span
from onrecord.check import VERDICTS, Checked, Index, Transcript, check, check_words, open_transcripts
from onrecord.check.passages import passages
from onrecord.check.verdicts import WEEK, Claim, find
from onrecord.comparing.quoted import quoted
from onrecord.record import Record
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs

DATA = Path(__file__).parent / "../../shared/data"
DEBATES = [DATA / "debates-2016/2016-09-26.said", DATA / "debates-2016/2016-10-09.said"]
SPEECHES = [DATA / "trump-speeches"]
SENTENCE = re.compile(
    r"(?:^|(?<=[.?!]\s))[A-Z](?:[^.?!\n]|\.(?=\w)|(?<=Mr)\.|(?<=Mrs)\.|(?<=Ms)\.|(?<=Dr)\.|(?<=\b[A-Z])\.)*[.?!]+"
    r"(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<![A-Z]\.)(?=\s|$)"
)
JUDGED = [Path(__file__).parent / name for name in ("check-judged.jsonl", "check-judged-2.jsonl")]
ALARMS = ("reversed", "figures", "cropped")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["planted", "untouched", "real", "captions", "twice", "speed"])
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was not as it should be")
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=Path, help="records as JSON lines")
    parser.add_argument("--out", type=Path, help="where the verdicts to be judged go")
    given = parser.parse_args()
    runs = {"planted": _planted, "untouched": _untouched, "real": _real, "captions": _captions, "twice": _twice}
    {**runs, "speed": _speed}[given.what](given)


def opened(inputs: Sequence[Path]) -> list[Transcript]:
    """The transcripts; whatever is none ends the run."""
    found = list(open_transcripts(inputs))
    assert all(isinstance(t, Transcript) for t in found), found
    return [t for t in found if isinstance(t, Transcript)]


def marks(text: str) -> list[Span]:
    """The pairs of quotation marks."""
    return [Span(m.start, m.end) for m in find_marked(text, paragraphs(text))]


def _planted(given: argparse.Namespace) -> None:
    transcripts = opened(DEBATES)
    index = Index(transcripts)
    made = list(set_in_news(planted(transcripts, given.each, given.seed)))
    if given.read:
        from onrecord.pipeline import Reader

        records = Reader().read_many(r.article for _, r, _ in made)
        made = [(p, read, mark) for (p, _, mark), read in zip(made, records, strict=True)]
    table: Counter[tuple[str, str]] = Counter()
    for plant, record, mark in made:
        found = next(c for c in check(record, marks(record.article.text), index) if c.quotation.start == mark.start)
        table[plant.verdict, found.verdict] += 1
        if given.show and found.verdict != plant.verdict:
            print(f"{plant.verdict} ({plant.what}) → {found.verdict}: {found.why[:300]}")
            print(f"   {record.article.text!r}\n   {(found.sentence or '')[:600]}")
    _confusion(table)


def _confusion(table: Counter[tuple[str, str]]) -> None:
    columns = [v for v in (*VERDICTS, "read as no statement") if any(got == v for _, got in table)]
    print(f"{'planted':<15}" + "".join(f"{v[:9]:>10}" for v in columns) + f"{'right':>9}")
    for row in VERDICTS:
        total = sum(n for (planted_as, _), n in table.items() if planted_as == row)
        if total:
            cells = "".join(f"{table[row, v] or '.':>10}" for v in columns)
            print(f"{row:<15}{cells}{table[row, row] / total:>9.3f}")
    right = sum(n for (a, b), n in table.items() if a == b)
    print(f"right: {right} of {table.total()}, {right / table.total():.4f}")


def _parts(transcript: Transcript, rng: random.Random) -> Iterator[tuple[str, str, str | None]]:
    """Quotations as they could be taken from a transcript: (kind, words, speaker)."""
    for turn in transcript.turns:
        body = transcript.spoken[turn.start : turn.end]
        found = [m for m in SENTENCE.finditer(body) if len(m[0].split()) >= 5]
        for n, m in enumerate(found):
            kind = rng.choice(("sentence", "run", "clause"))
            if kind == "run" and n + 2 < len(found):
                yield kind, body[m.start() : found[n + rng.choice((1, 2))].end()], turn.speaker
            elif kind == "clause":
                clauses = [c for c in re.split(r"(?<=,) |(?= -- )", m[0]) if len(c.split()) >= 5]
                if clauses:
                    yield kind, rng.choice(clauses).strip(" ,"), turn.speaker
            else:
                yield "sentence", m[0], turn.speaker


def _untouched(given: argparse.Namespace) -> None:
    rng = random.Random(given.seed)
    for inputs, how_many in ((DEBATES, 1000), (SPEECHES, 2000)):
        index = Index(opened(inputs))
        pool = [(t, *p) for t in index.transcripts for p in _parts(t, rng)]
        table: Counter[tuple[str, str]] = Counter()
        for t, kind, words, speaker in rng.sample(pool, how_many):
            found = check_words(words, speaker, index)
            table[kind, found.verdict] += 1
            if given.show and found.verdict not in ("verbatim", "tidied"):
                print(f"{kind} {t.label} {speaker} → {found.verdict}: {found.why}\n   {words!r}\n   {found.sentence}")
        for kind in ("sentence", "run", "clause"):
            print(inputs[0].parent.name, kind, {v: table[kind, v] for v in VERDICTS if table[kind, v]})
        # a clause out of "if …, we will" is cropped, and rightly so: those are told apart, to be judged with --show
        clauses = table["clause", "cropped"]
        alarms = sum(n for (_, v), n in table.items() if v in ALARMS) - clauses
        fine = sum(n for (_, v), n in table.items() if v in ("verbatim", "tidied"))
        print(f"verbatim or tidied {fine / (how_many - clauses):.4f}; alarms {alarms}; clauses cropped {clauses}")


def _real(given: argparse.Namespace) -> None:
    index = Index(opened(SPEECHES))
    rows: list[tuple[Record, Checked]] = []
    with given.records.open(encoding="utf8") as lines:
        for record in map(_dated, lines):
            rows += [(record, c) for c in check(record, marks(record.article.text), index) if _trumps(c)]
    counts = Counter(c.verdict for _, c in rows)
    print(len(rows), "quotations:", {v: counts[v] for v in VERDICTS})
    if given.out:
        shown = [r for r in rows if r[1].verdict not in ("verbatim", "not checkable")]
        random.Random(given.seed).shuffle(shown)
        given.out.write_text("\n".join(_to_judge(*r) for r in shown), encoding="utf8")
    for judged in JUDGED:
        _score(rows, judged)


def _dated(line: str) -> Record:
    """A record with its article's day from the file's name, which the corpus's texts do not hold."""
    record = Record.from_json(line)
    return replace(
        record,
        article=replace(record.article, published=re.findall(r"_(\d{4}-\d\d-\d\d)_", record.article.label or "")[0]),
    )


def _trumps(c: Checked) -> bool:
    return bool(c.speaker) and str(c.speaker).endswith("Trump") and " and " not in str(c.speaker)


def _to_judge(record: Record, c: Checked) -> str:
    said = f"{c.transcript} {c.said.start}-{c.said.end}" if c.said else "-"
    changed = "; ".join(f"{w[0]}: {w[2]!r} → {w[1]!r}" for w in c.words if w[0] != "same")
    where = f"{record.article.id} {c.quotation.start}-{c.quotation.end} {record.article.published}"
    return (
        f"## {where} | {said} by {c.said_by}\n   VERDICT {c.verdict} ({c.confidence}): {c.why}\n"
        f"   Q {' '.join(c.quote.split())}\n   T {c.sentence}\n   {changed}\n"
    )


def _score(rows: Sequence[tuple[Record, Checked]], judged: Path) -> None:
    """How many of the judged quotations have the verdict that a person gave."""
    found = {(r.article.id, c.quotation.start): c for r, c in rows}
    right = total = 0
    for line in judged.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if c := found.get((row["article"], row["start"])):
            total += 1
            right += c.verdict in row["verdict"].split("|")
    print(f"{judged.name}: {total}; right: {right}, {right / max(total, 1):.4f}")


def _captions(given: argparse.Namespace) -> None:
    """Untouched quotations of the debates against captions made from them: no verdict harsher than *altered*."""
    rng = random.Random(given.seed)
    clean = opened(DEBATES)
    for misheard in (0.03, 0.05):
        with tempfile.TemporaryDirectory() as folder:
            words = wrong = 0
            for t in clean:
                vtt, mistakes = heard(t, misheard, rng)
                (Path(folder) / t.label).with_suffix(".vtt").write_text(vtt, encoding="utf8")
                words, wrong = words + len(t.spoken.split()), wrong + mistakes
            index = Index(opened([Path(folder)]))
        assert all(t.heard for t in index.transcripts)
        pool = [p for t in clean for p in _parts(t, rng)]
        table = Counter(check_words(w, who, index).verdict for _, w, who in rng.sample(pool, 300))
        harsher = sum(n for v, n in table.items() if VERDICTS.index(v) > VERDICTS.index("altered"))
        print(f"{wrong / words:.3f} of the words misheard: { {v: table[v] for v in VERDICTS if table[v]} }")
        print(f"   harsher than altered: {harsher} of 300")


def _twice(given: argparse.Namespace) -> None:
    """Sentences that one speaker said on two days in different words: each wording, with the other day's date and with
    its own, must be held against what was said on the day of the date."""
    rng = random.Random(given.seed)
    index = Index(opened(SPEECHES))
    pool = [
        (t, w)
        for t in index.transcripts
        for _, w, who in _parts(t, rng)
        if who == "DONALD TRUMP" and 10 <= len(w.split()) <= 30
    ]
    table: Counter[tuple[str, bool]] = Counter()
    for here, words in rng.sample(pool, len(pool)):
        if table.total() >= 400:
            break
        claim = Claim(words, quoted(words, 0, len(words)))
        for there in passages(index, words, claim.quoted):
            kinds = {d.kind for d in there.differences} - {"same", "tidied"}
            day = there.transcript.day
            if (
                there.share < 0.85
                or not kinds
                or there.joined
                or not day
                or not here.day
                or abs(day - here.day) < 3 * WEEK
            ):
                continue
            for asked, own in ((day, False), (here.day, True)):
                found = find(index, replace(claim, names=("Donald Trump",), day=asked + timedelta(days=1)))
                on = found.passage.transcript.day if found.passage else None
                right = bool(on and on <= asked + timedelta(days=1) <= on + WEEK)
                table["its own day" if own else "the other day", right] += 1
                if given.show and not right:
                    print(f"{words!r} asked {asked}, found {on} {found.verdict}: {found.why}")
            break
    for kind in ("its own day", "the other day"):
        print(f"{kind}: {table[kind, True]} of {table[kind, True] + table[kind, False]} on the right occasion")


def _speed(given: argparse.Namespace) -> None:
    """Seconds of the clock and of the processor: the machine may be busy."""
    rng = random.Random(given.seed)
    with _timed("transcripts read"):
        transcripts = opened(SPEECHES)
    with _timed("index built"):
        index = Index(transcripts)
    print(f"{len(index):,} words")
    pool = [w for t in transcripts for _, w, who in _parts(t, rng) if who == "DONALD TRUMP" and len(w.split()) < 40]
    kept = [rng.choice(pool) for _ in range(20)]
    changed = [" ".join([*w.split()[:3], "lantern", *w.split()[4:]]) for w in kept]
    for name, words in (("20 quotations, untouched", kept), ("20 quotations, a word changed", changed)):
        with _timed(name):
            for w in words:
                check_words(w, "Donald Trump", index)
    for length in (750, 1500, 3000):
        long = " ".join(transcripts[0].spoken.split()[:length])
        with _timed(f"a quotation of {len(long.split())} words"):
            check_words(long, "Donald Trump", index)
    with TemporaryDirectory() as folder, Archive(Path(folder) / "speeches.db", create=True) as archive:
        with _timed("transcripts put into an archive"):
            for transcript in transcripts:
                archive.put_transcript(transcript)
        archive.check_index()
        with _timed("index loaded from the archive"):
            index = archive.check_index()
        with _timed("20 quotations, untouched, against the archive"):
            for w in kept:
                check_words(w, "Donald Trump", index)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - clock:.3f} s ({time.process_time() - cpu:.3f} s of the processor)")


if __name__ == "__main__":
    main()
