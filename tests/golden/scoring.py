"""How well a record holds what a careful reader recorded."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.article import Span
from onrecord.record import Record, Statement
from tests.golden.loader import Golden, GoldenStatement

WORD = re.compile(r"[^\W_]+")
Words = frozenset[int]


def words(text: str, spans: Sequence[Span]) -> Words:
    return frozenset(m.start() for s in spans for m in WORD.finditer(text, s.start, s.end))


def matched(golden: Golden, record: Record) -> list[tuple[GoldenStatement, Statement]]:
    """Gold and found statements that share at least half of their words, best first, one to one."""
    text, pairs = golden.text, []
    for i, g in enumerate(golden.statements):
        for j, s in enumerate(record.statements):
            a, b = words(text, g.content), words(text, s.content)
            if len(a & b) >= 0.5 * len(a | b):
                pairs.append((-len(a & b) / len(a | b), i, j))
    out, left, right = [], set(), set()
    for _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((golden.statements[i], record.statements[j]))
    return out


def tally(golden: Golden, record: Record) -> Counter[str]:
    """Counts that add up over articles; each share is NAME / NAME_of."""
    text, count = golden.text, Counter[str]()
    pairs = matched(golden, record)
    voiced = ("speech", "writing")
    gold = [g for g in golden.statements if g.act in voiced]
    count["found_of"] = len(gold)
    count["found"] = sum(g.act in voiced and s.voiced for g, s in pairs)
    told = [s for s in record.statements if s.voiced]
    count["extra_of"] = len(told)
    count["extra"] = len(told) - sum(s.voiced for _, s in pairs)
    shown = {words(text, [q]) for s in told for q in s.quotations}
    quotations = [words(text, [q]) for g in gold for q in g.quotations]
    count["exact_of"], count["exact"] = len(quotations), sum(q in shown for q in quotations)
    count["invented_of"] = len(golden.no_statement)
    count["invented"] = sum(words(text, [q]) in shown for q in golden.no_statement)
    count["voiced_of"] = count["kind_of"] = count["source_of"] = len(pairs)
    count["voiced"] = sum((g.act in voiced) == s.voiced for g, s in pairs)
    count["kind"] = sum(g.kind == s.kind for g, s in pairs)
    count["source"] = sum(words(text, [g.source] if g.source else []) == words(text, s.source) for g, s in pairs)
    stances = [(g, s) for g, s in pairs if g.rejects or g.polarity != "asserted"]
    count["stance_of"] = len(stances)
    count["stance"] = sum((g.rejects, g.polarity) == (s.rejects, s.polarity) for g, s in stances)
    return count
