"""The golden records agree with themselves: what they say of an article can be found in it, and adds up."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.article import Span
from tests.golden.loader import PHENOMENA, Golden, GoldenError, load_golden, resolve

GOLDEN = load_golden()
DOUBLE_MARKS = re.compile(r"[“”„«»\"]|``|''")
OPENING = re.compile(r"[“„«‘\"']|``")
CLOSING = re.compile(r".*(?:[”“»’\"']|'')", re.DOTALL)
OPEN_ENDED = {"mark never closed", "several paragraphs"}

each_article = pytest.mark.parametrize("golden", GOLDEN, ids=lambda g: g.name)


def words_left(golden: Golden, content: tuple[Span, ...], quotations: tuple[Span, ...]) -> str:
    """What of a content stands outside its quotations."""
    kept = [at for s in content for at in range(s.start, s.end) if not any(q.start <= at < q.end for q in quotations)]
    return "".join(golden.text[at] for at in kept)


def test_there_are_enough_articles_and_two_are_pages() -> None:
    assert len(GOLDEN) >= 27
    assert len([g for g in GOLDEN if g.path.suffix == ".html"]) >= 2


def test_every_phenomenon_is_covered() -> None:
    assert {p for g in GOLDEN for p in g.phenomena} == PHENOMENA


@each_article
def test_article_is_as_long_as_a_news_article(golden: Golden) -> None:
    assert 120 <= len(golden.text.split()) <= 500
    assert golden.statements


@each_article
def test_kind_agrees_with_the_marks(golden: Golden) -> None:
    for s in golden.statements:
        outside = re.search(r"\w", words_left(golden, s.content, s.quotations))
        kind = "indirect" if not s.quotations else "mixed" if outside else "direct"
        assert s.kind == kind, [golden.text[c.start : c.end] for c in s.content]


@each_article
def test_quotations_lie_in_their_content_with_their_marks(golden: Golden) -> None:
    for s in golden.statements:
        for q in s.quotations:
            words = golden.text[q.start : q.end]
            assert any(c.start <= q.start and q.end <= c.end for c in s.content), words
            assert OPENING.match(words), words
            assert CLOSING.fullmatch(words) or OPEN_ENDED & set(golden.phenomena), words
            assert words == words.strip()


@each_article
def test_every_double_mark_is_accounted_for(golden: Golden) -> None:
    judged = [*golden.no_statement, *(q for s in golden.statements for q in s.quotations)]
    for mark in DOUBLE_MARKS.finditer(golden.text):
        assert any(q.start <= mark.start() < q.end for q in judged), golden.text[mark.start() - 30 : mark.end() + 30]


@each_article
def test_contents_do_not_overlap_and_stand_in_order(golden: Golden) -> None:
    spans = sorted(c for s in golden.statements for c in s.content)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    firsts = [s.content[0] for s in golden.statements]
    assert firsts == sorted(firsts)


@each_article
def test_cue_and_source_stand_outside_the_content(golden: Golden) -> None:
    for s in golden.statements:
        for part in (p for p in (s.cue, s.source) if p is not None):
            assert all(part.end <= c.start or c.end <= part.start for c in s.content)


@each_article
def test_spans_hold_no_space_at_their_ends(golden: Golden) -> None:
    for s in golden.statements:
        for part in (*s.content, *(p for p in (s.cue, s.source) if p is not None)):
            words = golden.text[part.start : part.end]
            assert words
            assert words == words.strip()


@each_article
def test_speakers_are_named_as_the_article_names_them(golden: Golden) -> None:
    for s in golden.statements:
        assert s.speaker_kind is not None
        assert not (s.speaker_kind == "unnamed" and s.speakers)
        for name in (*s.speakers, *s.relay):
            assert all(word in golden.text for word in name.split()), name


@each_article
def test_facts_are_stated_by_the_article(golden: Golden) -> None:
    page = golden.raw.decode("utf-8")
    for key, fact in golden.facts.items():
        assert fact in page, key
    if "title" in golden.facts:
        assert golden.text.startswith(golden.facts["title"])


@each_article
def test_record_can_be_laid_on_another_reading_of_the_text(golden: Golden) -> None:
    shifted = golden.on("Home News Sport\n\n" + golden.text)
    assert [s.content[0].start - 17 for s in shifted.statements] == [s.content[0].start for s in golden.statements]
    assert [s.kind for s in shifted.statements] == [s.kind for s in golden.statements]


def test_first_article_has_the_twelve_statements_of_its_model() -> None:
    summit = next(g for g in GOLDEN if g.name == "summit")
    kinds = ["mixed", "direct", "mixed", "direct", "mixed", "indirect"]
    kinds += ["direct", "direct", "indirect", "mixed", "indirect", "direct"]
    assert [s.kind for s in summit.statements] == kinds
    assert all(s.act in {"speech", "writing"} for s in summit.statements)
    assert summit.statements[1].relay == ("@saltwiredesk",)
    assert [summit.text[s.start : s.end] for s in summit.no_statement] == ['"Old Lantern"']


STATEMENT = {
    "content": ["“Rain,”"],
    "cue": "said",
    "source": "Orla",
    "kind": "direct",
    "act": "speech",
    "polarity": "asserted",
    "rejects": False,
    "quotations": ["“Rain,”"],
    "speaker": "Orla",
}


def write(folder: Path, text: str, **changed: object) -> Path:
    record = {"phenomena": [], "facts": {}, "statements": [{**STATEMENT, **changed}], "no_statement": []}
    path = folder / "weather.txt"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(record), encoding="utf-8")
    return path


def test_words_that_stand_twice_need_a_near(tmp_path: Path) -> None:
    text = "“Rain,” said Orla. “Rain,” said Orla again."
    path = write(tmp_path, text)
    with pytest.raises(GoldenError, match=r"weather\.txt: '“Rain,”' stands 2 times"):
        resolve(path, path.read_bytes())
    path = write(tmp_path, text, near="“Rain,” said Orla again")
    found = resolve(path, path.read_bytes()).statements[0]
    assert found.content == (Span(19, 26),)
    assert (found.cue, found.source) == (Span(27, 31), Span(32, 36))


def test_absent_words_are_named_with_their_file(tmp_path: Path) -> None:
    path = write(tmp_path, "“Snow,” said Orla.")
    with pytest.raises(GoldenError, match=r"weather\.txt: '“Rain,”' stands 0 times"):
        resolve(path, path.read_bytes())
    path = write(tmp_path, "“Rain,” Orla says.")
    with pytest.raises(GoldenError, match=r"weather\.txt: 'said' is not in the text"):
        resolve(path, path.read_bytes())


def test_cue_and_source_are_the_closest_pair_and_no_tie_is_broken(tmp_path: Path) -> None:
    path = write(tmp_path, "Orla said so. “Rain,” said Orla. Orla said no more.")
    found = resolve(path, path.read_bytes()).statements[0]
    assert (found.cue, found.source) == (Span(22, 26), Span(27, 31))
    path = write(tmp_path, "Orla said “Rain,” said Orla.")
    with pytest.raises(GoldenError, match="could stand in 2 places"):
        resolve(path, path.read_bytes())


def test_misspelt_key_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "“Rain,” said Orla.", speeker="Orla")
    with pytest.raises(GoldenError, match=r"weather\.txt: unknown speeker"):
        resolve(path, path.read_bytes())
