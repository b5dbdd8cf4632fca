"""What an audit counts of an archive is what plain SQL over its views tells."""

import sqlite3
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.heard import cue_of, heard_in, reason_of
from onrecord.archive.queries import Query
from onrecord.article import Span
from onrecord.audit import Audit, audit
from onrecord.record import Act, Record, Speaker

from .made import record

NAMES = ("Ada Marsh", "Olu Vries", "Bo Linde")
UNNAMED = "a docker"
CUES = {"said": "say", "claimed": "claim", "admitted": "admit", "frobnicated": "frobnicated"}
CONTENTS = ("“The wall holds,”", "the gate is shut", "“No,”", "nobody knew of the cracks in the quay", "“It is over,”")
ACTS: tuple[Act, ...] = ("speech", "speech", "writing", "feeling")
OUTLETS = ("one", "two", None)
DAYS = ("2026-03-06", "2025-12-31", None)
STATEMENT = st.tuples(
    st.sampled_from(CONTENTS),
    st.sampled_from([*((name,) for name in NAMES), NAMES[:2], (UNNAMED,), (NAMES[0], UNNAMED), ()]),
    st.sampled_from(list(CUES)),
    st.sampled_from(ACTS),
)
TEXTS = st.lists(st.lists(STATEMENT, max_size=4, unique_by=lambda s: s[0]), min_size=1, max_size=3)
Drawn = tuple[str, tuple[str, ...], str, Act]
ARTICLES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(OUTLETS), st.sampled_from(DAYS)), min_size=1, max_size=6
)


def made(statements: list[Drawn], url: str, outlet: str | None, day: str | None) -> Record:
    """An article with these statements, as hypothesis has drawn them."""
    text = " ".join(f"{words} {' and '.join(who) or 'somebody'} {cue}." for words, who, cue, _ in statements)
    found = record(
        f"It rains. {text}", [(words, None) for words, *_ in statements], url=url, outlet=outlet, published=day
    )
    speakers = [Speaker(f"p{n}", "person", name) for n, name in enumerate(NAMES)]
    ids = {s.name: s.id for s in speakers} | {UNNAMED: "u"}
    if UNNAMED in text:
        place = found.article.text.index(UNNAMED)
        described = (Span(place, place + len(UNNAMED)),)
        speakers.append(Speaker("u", "unnamed", None, described=described, mentions=described))
    out = []
    for s in found.statements:
        words = found.article.text[s.content[0].start : s.content[0].end]
        _, who, cue, act = next(drawn for drawn in statements if drawn[0] == words)
        at = found.article.text.index(f" {cue}.", s.content[0].end) + 1
        out.append(
            replace(
                s,
                act=act,
                cue=(Span(at, at + len(cue)),),
                speakers=tuple(ids[name] for name in who),
                unresolved=None if who else s.unresolved,
            )
        )
    return replace(found, speakers=tuple(speakers), statements=tuple(out))


def count(db: sqlite3.Connection, which: str = "1", *values: object) -> int:
    """How many different words in different stories there are of the statements that were said."""
    asked = f"SELECT count(*) FROM (SELECT DISTINCT story, content FROM said WHERE {which})"
    return int(db.execute(asked, values).fetchone()[0])


def counts(found: Audit, table: str, measure: str = "statements", group: str = "") -> dict[str, int]:
    part = found.groups[group] if group else found.whole
    return {line.name: int(line.figures[measure].value) for line in part.tables[table]}


def agrees(db: sqlite3.Connection, found: Audit, group: str = "", where: str = "1", *values: object) -> None:
    """Every count of one part of an audit is what SQL tells."""
    by = "' and ' || speaker || ' and ' LIKE '% and ' || ? || ' and %'"
    voices = {name: n for name in (*NAMES, UNNAMED) if (n := count(db, f"{where} AND {by}", *values, name))}
    unnamed, untold = voices.pop(UNNAMED, 0), count(db, f"{where} AND speaker IS NULL", *values)
    assert counts(found, "voices", group=group) == voices | {"unnamed sources": unnamed, "could not be told": untold}
    assert counts(found, "statements", group=group)["said or written"] == count(db, where, *values)
    kinds = {kind: count(db, f"{where} AND kind = ?", *values, kind) for kind in ("direct", "mixed", "indirect")}
    assert counts(found, "wording", group=group) == kinds
    cues = {lemma: n for cue, lemma in CUES.items() if (n := count(db, f"{where} AND cue = ?", *values, cue))}
    assert counts(found, "cue words", group=group) == cues
    loaded = [count(db, f"{where} AND {by} AND cue IN ('claimed', 'admitted')", *values, name) for name in voices]
    assert [counts(found, "voices", "loaded cues", group)[name] for name in voices] == loaded
    for measure, edge in (("first", "min"), ("last", "max")):
        place = f'"start" = (SELECT {edge}("start") FROM said t WHERE t.article = said.article)'
        edges = [count(db, f"{where} AND {by} AND {place}", *values, name) for name in voices]
        assert [counts(found, "voices", measure, group)[name] for name in voices] == edges
    rows = db.execute(f"SELECT DISTINCT story, content FROM said WHERE {where}", values)
    words = sum(len(content.strip("“”,").split()) for _, content in rows)
    assert counts(found, "statements", "words", group)["said or written"] == words
    share = {
        line.name: line.figures["share"].value
        for line in (found.groups.get(group) or found.whole).tables["concentration"]
    }
    if voices:
        assert abs(share["top 1"] - max(voices.values()) / sum(voices.values())) < 1e-12


@settings(max_examples=60, deadline=None)
@given(TEXTS, ARTICLES)
def test_an_audit_is_what_sql_tells(texts, articles):
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder, "news.db"), create=True) as archive:
        for n, (text, outlet, day) in enumerate(articles):
            archive.put(made(texts[text % len(texts)], f"https://{n}.example/", outlet, day))
        db = archive.connection
        whole = audit(archive.heard(Query()), by="outlet")
        agrees(db, whole)
        stats = archive.stats()
        assert counts(whole, "statements")["said or written"] == stats.said.by_story
        assert counts(whole, "voices")["could not be told"] == stats.unresolved.by_story
        for voice in archive.voices():
            assert counts(whole, "voices").get(voice.name, 0) == voice.by_story
        for group in whole.groups:
            agrees(db, whole, group, "coalesce(outlet, 'not known') = ?", group)
        years = audit(archive.heard(Query()), by="year")
        for group in years.groups:
            agrees(db, years, group, "coalesce(substr(published, 1, 4), 'not known') = ?", group)
        part = audit(archive.heard(Query(outlets=("ONE",), since=date(2026, 1, 1))))
        agrees(db, part, "", "outlet = 'one' AND published >= '2026'")
        topic = audit(archive.heard(Query(words="gate")))
        agrees(db, topic, "", "article IN (SELECT id FROM articles WHERE text LIKE '%gate%')")


TEXT: list[Drawn] = [
    (CONTENTS[0], ("Ada Marsh", "Olu Vries"), "said", "speech"),
    (CONTENTS[1], (UNNAMED,), "claimed", "writing"),
    (CONTENTS[3], (), "said", "feeling"),
    (CONTENTS[4], (), "admitted", "speech"),
]


def test_records_give_the_rows_that_an_archive_of_them_gives(tmp_path):
    one = made(TEXT, "https://a.example/", "one", "2026-03-06")
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.put(one)
        held = list(archive.heard(Query()))
    assert sorted(row._replace(story="") for row in heard_in([one])) == sorted(row._replace(story="") for row in held)
    assert len(held) == 4


def test_identities_join_and_judgements_keep_apart(tmp_path):
    records = [made(TEXT[:1], f"https://{n}.example/", "one", "2026-03-06") for n in range(2)]
    records[1] = made([(CONTENTS[2], ("Ada Marsh",), "said", "speech")], "https://b.example/", "one", "2026-03-07")
    records = [replace(r, speakers=tuple(replace(s, roles=("mayor",)) for s in r.speakers)) for r in records]
    with Archive(tmp_path / "news.db", create=True) as archive:
        for one in records:
            archive.put(one)
        assert counts(audit(archive.heard(Query())), "voices")["Ada Marsh"] == 2
        archive.identify()
        rows = [row for row in archive.heard(Query()) if row.name == "Ada Marsh"]
        assert len({row.key for row in rows}) == 1
        assert all(row.key and row.key.startswith("i") and row.ids == (row.key,) for row in rows)
        ada = next(i for i in archive.identities("ada") if i.name == "Ada Marsh")
        archive.judge_identity("different", (ada.id, records[1].article.id), "tester")
        voices = audit(archive.heard(Query())).whole.tables["voices"]
        assert [line.figures["statements"].value for line in voices if line.name == "Ada Marsh"] == [1, 1]


def test_a_speaker_is_asked_for_by_any_name(tmp_path):
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.put(made(TEXT, "https://a.example/", "one", "2026-03-06"))
        assert {row.name for row in archive.heard(Query(speakers=("ádá marsh",)))} == {"Ada Marsh", "Olu Vries"}


def test_lemmas_of_cues():
    assert [cue_of(cue) for cue in ("said", "told reporters that", "has claimed", "according to", "Admitting")] == [
        "say",
        "tell",
        "claim",
        "according to",
        "admit",
    ]
    assert cue_of(None) is cue_of("") is cue_of(":") is cue_of(" — ") is None


def test_reasons():
    words = "a senior official … asked not to be named because the tender is open"
    assert reason_of(words) == "asked not to be named because the tender is open"
    assert reason_of("a clerk, who spoke on condition of anonymity") == "spoke on condition of anonymity"
    assert reason_of("a senior official") is reason_of("") is None


def test_what_was_judged_is_counted_as_it_was_judged(tmp_path: Path) -> None:
    drawn: list[Drawn] = [
        ("“The wall holds,”", (NAMES[0],), "said", "speech"),
        ("“No,”", (NAMES[0],), "said", "speech"),
    ]
    with Archive(tmp_path / "one.db", create=True) as archive:
        one = made(drawn, "https://a.example/1", "one", None)
        archive.put(one)
        wrong = archive.judge(one.statements[0].id, "wrong", "Mia")
        archive.judge(one.statements[1].id, "speaker", "Mia", NAMES[1])
        assert [(h.statement, h.name) for h in archive.heard(Query())] == [(one.statements[1].id, NAMES[1])]
        assert not list(archive.heard(Query(speakers=(NAMES[0],))))
        archive.take_back(wrong)
        assert [h.name for h in archive.heard(Query())] == [NAMES[0], NAMES[1]]
