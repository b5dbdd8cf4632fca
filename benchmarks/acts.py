"""Is what was said told from what was thought?

    python benchmarks/acts.py SPLIT_FOLDER GOLD.jsonl [REJECTIONS.jsonl TRAIN_FOLDER] [-v]

Judges each statement of GOLD with PolNeAR's own spans (SPLIT_FOLDER: text/ and attributions/) and prints the figures
of the project's other speaker benchmark: statements of which the judge was unsure are left out. GOLD, an article a
line: {"id", "statements": [{"source", "content", "act", "polarity", "rejects", "act_unsure"}]}. The rejections
are offsets into PolNeAR's training texts (benchmarks/rejections.jsonl); they are measured where TRAIN_FOLDER is given.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onrecord.tagging.acts import Stance, judge
from onrecord.tagging.marks import find_marked

Spans = list[tuple[int, int]]
Pair = tuple[dict[str, Any], Stance]


def standoff(path: Path) -> Iterator[dict[str, Spans]]:
    """The attributions of one brat file: source, cue and content spans."""
    spans: dict[str, Spans] = {}
    for line in path.read_text(encoding="utf8").split("\n"):
        if re.match(r"T\d+\t", line):
            name, where = line.split("\t")[:2]
            spans[name] = [(int(a), int(b)) for a, b in (x.split() for x in where.split(" ", 1)[1].split(";"))]
        elif re.match(r"E\d+\t", line):
            found: dict[str, Spans] = {"source": [], "cue": [], "content": []}
            for role, ref in (part.split(":") for part in line.split("\t", 1)[1].split()):
                if (role := re.sub(r"\d+$", "", role).lower()) in found:
                    found[role] += spans.get(ref, [])
            yield found


def paragraphs(text: str) -> Spans:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def inside(text: str, content: Spans) -> Spans:
    """The quotations that open in a content; what lies in a longer quotation is not its speaker's own."""
    marked = [(m.start, m.end) for m in find_marked(text, paragraphs(text))]
    return [(max(a, s), min(b, e)) for a, b in marked for s, e in content if s - 2 < a < e and min(b, e) > max(a, s)]


def pairs(split: Path, gold: Path) -> Iterator[tuple[dict[str, Any], Stance, str]]:
    """Each judged statement with what is made of it, and its words for reading."""
    for line in filter(str.strip, gold.read_text(encoding="utf8").splitlines()):
        judged = json.loads(line)
        text = (split / "text" / f"{judged['id']}.txt").read_bytes().decode("utf8")
        first = sorted((split / "attributions").glob(judged["id"] + "*.ann"))[0]
        known = list(standoff(first))
        for want in judged["statements"]:
            content = sorted((a, b) for a, b in want["content"])
            same = [k for k in known if sorted(k["content"]) == content]
            source = sorted((a, b) for a, b in want["source"])
            match = next((k for k in same if sorted(k["source"]) == source), same[0] if same else None)
            if match is None:
                print("no such attribution:", judged["id"], content, file=sys.stderr)
                continue
            found = judge(text, content, sorted(match["cue"]), sorted(match["source"]), inside(text, content))
            words = " ".join(
                f"{mark}{text[a:b][:90]}"
                for mark, role in (("S:", "source"), ("C:", "cue"), ("W:", "content"))
                for a, b in match[role][:1]
            )
            yield want, found, words.replace("\n", "|")


def line(name: str, rows: list[Pair], truth: Callable[[Any], object]) -> None:
    values = [(truth(_Gold(g)), truth(f)) for g, f in rows]
    right, both = sum(a == b for a, b in values), sum(a == b for a, b in values if a)
    held, called = sum(bool(a) for a, _ in values), sum(bool(b) for _, b in values)
    print(
        f"  {name:34s} right {right / max(len(values), 1):.3f}   of those that are {held:4d}: found "
        f"{both / max(held, 1):.3f}, of those called so right {both / max(called, 1):.3f}"
    )


class _Gold:
    def __init__(self, row: dict[str, Any]) -> None:
        self.act, self.polarity, self.rejects = row["act"], row["polarity"], bool(row["rejects"])


def rejections(path: Path, train: Path) -> list[Pair]:
    rows: list[Pair] = []
    texts: dict[str, str] = {}
    for text_line in filter(str.strip, path.read_text(encoding="utf8").splitlines()):
        row = json.loads(text_line)
        text = texts.setdefault(row["id"], (train / "text" / f"{row['id']}.txt").read_bytes().decode("utf8"))
        spans = {k: [(a, b) for a, b in row[k]] for k in ("content", "cue", "source")}
        found = judge(text, spans["content"], spans["cue"], spans["source"], inside(text, spans["content"]))
        rows.append(({"act": "speech", **row}, found))
    return rows


def main(split: str, gold: str, *more: str) -> None:
    verbose = "-v" in more
    more = tuple(m for m in more if m != "-v")
    rows = list(pairs(Path(split), Path(gold)))
    sure = [(g, f) for g, f, _ in rows if not g["act_unsure"]]
    print(f"acts, of {len(sure)} statements of which the judge was sure")
    line("voiced (speech or writing)", sure, lambda s: s.act in ("speech", "writing"))
    line("which act", sure, lambda s: s.act)
    line("negated or hypothetical", sure, lambda s: s.polarity if s.polarity != "asserted" else "")
    line("rejects", sure, lambda s: s.rejects)
    if verbose:
        for g, f, words in rows:
            gold_row = (g["act"], g["polarity"], bool(g["rejects"]))
            if gold_row != (f.act, f.polarity, f.rejects):
                print("UNSURE" if g["act_unsure"] else "", gold_row, (f.act, f.polarity, f.rejects), words)
    if len(more) == 2:
        held = rejections(Path(more[0]), Path(more[1]))
        print(f"rejections, of {len(held)} cues of denial and their like in the training part")
        line("rejects", held, lambda s: s.rejects)
        line("negated or hypothetical", held, lambda s: s.polarity if s.polarity != "asserted" else "")


if __name__ == "__main__":
    main(*sys.argv[1:])
