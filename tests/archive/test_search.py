import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive, search
from onrecord.archive.matching import Wanted
from onrecord.archive.queries import Query
from onrecord.record import ACTS, Speaker

from .made import NEWER, content, record

HARBOUR = record(outlet="The Harwick Courier", published="2026-03-06T18:20:00+00:00", url="https://harwick.example/1")
BUDGET_TEXT = (
    "The café keeps its terrace, Zoë Núñez-O’Neill said. “The café, the café and again the café,” Olu Vries wrote. "
    "The engines of growth are cold, an official thought. “They must wait,” he said. “Both engines are old,” "
    "Bo Marsh said."
)
BUDGET = record(
    BUDGET_TEXT,
    (
        ("The café keeps its terrace", "Zoë Núñez-O’Neill"),
        ("“The café, the café and again the café,”", "Olu Vries"),
        ("The engines of growth are cold", "An Official"),
        ("“They must wait,”", None),
        ("“Both engines are old,”", "Bo Marsh"),
    ),
    outlet="Evening Post",
    published="2026-04-30",
)
BUDGET = replace(
    BUDGET,
    speakers=tuple(
        Speaker(s.id, "unnamed", None, described=(), mentions=()) if s.name == "An Official" else s
        for s in BUDGET.speakers
    ),
    statements=tuple(
        replace(s, act="writing", relay=("p1",)) if n == 1 else replace(s, act="thought") if n == 2 else s
        for n, s in enumerate(BUDGET.statements)
    ),
)
UNDATED = record("“No day is known,” Ida Holm said.", (("“No day is known,”", "Ida Holm"),))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as opened:
        for one in (HARBOUR, BUDGET, UNDATED):
            opened.put(one)
        yield opened


def found(archive: Archive, words: str = "", **filters: object) -> list[str]:
    return [hit.content.strip("“”,") for hit in archive.find(Query(words, **filters)).hits]  # type: ignore[arg-type]


FERRY, MENDED, LAST = "The ferry will run again in May", "We have mended both engines", "She said so last year"
TERRACE, CAFE, COLD = (
    "The café keeps its terrace",
    "The café, the café and again the café",
    "The engines of growth are cold",
)
WAIT, OLD, DAY = "They must wait", "Both engines are old", "No day is known"


def test_all_words_must_be_there_whatever_their_case_and_accents(archive):
    assert found(archive, "engines BOTH") == [OLD, MENDED]
    assert found(archive, "CAFE terrace") == [TERRACE]
    assert found(archive, "engines café") == []


def test_a_phrase_is_found_as_it_stands(archive):
    assert found(archive, '"both engines"') == found(archive, "“both engines”") == [OLD, MENDED]
    assert found(archive, '"engines both"') == []
    assert found(archive, 'ferry "again in may') == [FERRY]  # not closed


def test_what_is_left_out(archive):
    assert found(archive, "engines -mended") == [OLD]
    assert found(archive, 'engines -"both engines"') == []
    assert found(archive, "-café -engines -day", until=date(2026, 12, 31)) == [WAIT, FERRY, LAST]


@pytest.mark.parametrize("name", ["Zoë Núñez-O’Neill", "zoe nunez oneill", "núñez-o'neill"])
def test_a_speaker_is_found_by_any_alias(archive, name):
    assert found(archive, speakers=(name,)) == [TERRACE]


def test_one_of_several_speakers(archive):
    assert found(archive, "engines", speakers=("Marsh",)) == [OLD, MENDED]  # two people have that name
    assert found(archive, "engines", speakers=("Ada Marsh",)) == [MENDED]
    assert set(found(archive, speakers=("Ada Marsh", "Vries"))) == {FERRY, MENDED, LAST, CAFE}
    assert found(archive, speakers=("Nobody At All",)) == found(archive, speakers=("?!",)) == []


def test_outlets(archive):
    assert set(found(archive, outlets=("the harwick courier",))) == {FERRY, MENDED, LAST}
    assert len(found(archive, outlets=("EVENING post", "The Harwick Courier"))) == 7
    assert found(archive, outlets=("Evening",)) == []


def test_days_are_both_included_and_what_has_none_is_outside(archive):
    assert len(found(archive, since=date(2026, 3, 6), until=date(2026, 3, 6))) == 3
    assert found(archive, since=date(2026, 3, 7), until=date(2026, 4, 29)) == []
    assert len(found(archive, since=date(2026, 3, 7))) == 4
    assert len(found(archive, until=date(2026, 3, 6))) == 3
    assert len(found(archive, since=date.min, until=date.max)) == 7
    assert len(found(archive)) == 8


def test_acts_and_kinds(archive):
    assert COLD not in found(archive)
    assert found(archive, acts=("thought",)) == [COLD]
    assert found(archive, "café", acts=("writing",)) == [CAFE]
    assert len(found(archive, acts=())) == len(found(archive, acts=ACTS)) == 9
    assert found(archive, "engines", acts=(), kinds=("indirect",)) == [COLD]
    assert len(found(archive, kinds=("direct", "indirect"))) == 8
    assert found(archive, kinds=("mixed",)) == []


def test_unnamed_unresolved_and_relayed(archive):
    assert found(archive, unnamed=True) == []
    assert found(archive, unnamed=True, acts=()) == [COLD]
    assert found(archive, unresolved=True) == [WAIT]
    assert set(found(archive, unnamed=True, unresolved=True, acts=())) == {COLD, WAIT}
    assert found(archive, relayed=True) == [CAFE]


def test_what_fits_best_comes_first_and_the_newest_among_equals(archive):
    assert found(archive, "café") == [CAFE, TERRACE]  # three times, of seven words
    copy = record("“Both engines are new,” she said.", (("“Both engines are new,”", None),), published="2026-05-01")
    early = record("“Both engines are big,” she said.", (("“Both engines are big,”", None),), published="2020-05-01")
    archive.put(early)
    archive.put(copy)
    assert found(archive, "engines") == ["Both engines are new", OLD, "Both engines are big", MENDED]
    assert found(archive)[0] == "Both engines are new"
    assert found(archive)[-2:] == ["Both engines are big", DAY]


def test_a_hit_says_where_it_stands(archive):
    (hit,) = archive.find(Query("mended")).hits
    assert (hit.statement, hit.article) == (HARBOUR.statements[1].id, HARBOUR.article.id)
    assert hit.story == "y" + HARBOUR.article.id[1:]
    assert (hit.before, hit.content, hit.after) == ("", "“We have mended both engines,”", " she told the council.")
    assert [(s.name, s.kind, s.role) for s in hit.speakers] == [("Ada Marsh", "person", "of the harbour")]
    assert (hit.outlet, hit.published) == ("The Harwick Courier", "2026-03-06T18:20:00+00:00")
    assert hit.link == "https://harwick.example/1#:~:text=We%20have%20mended%20both%20engines"
    assert (hit.copies, hit.confidence.words, hit.confidence.speaker) == (1, 0.912, 0.871)
    (hit,) = archive.find(Query("wait")).hits
    assert (hit.speakers, hit.unresolved, hit.link) == ((), "the text names no source with these words", None)


LONG = " ".join(
    f"The {w} of the harbour was mended by those who came early." for w in "wall gate crane quay rope".split()
)


def test_the_same_words_in_copies_of_a_story_are_one_hit(archive):
    text = f"{LONG} “The wall holds,” Ada Marsh said."
    for outlet in ("One", "Two", "Three"):
        said = (("“The wall holds,”", "Ada Marsh"),)
        archive.put(record(text, said, outlet=outlet, url=f"https://{outlet}.example/wall", published="2026-06-01"))
    hits = archive.find(Query("wall holds"))
    assert (len(hits.hits), hits.total, hits.hits[0].copies) == (1, 1, 3)
    assert len(archive.find(Query("wall holds", copies=True)).hits) == 3
    assert found(archive, "wall holds", outlets=("Two",)) == ["The wall holds"]


ODD = [
    *('"', '""', '"""', "*", "a*", "(", ")", "a AND", "NEAR(a b, 2)", "content:a", "-", "--", "- -", '-"', "^a"),
    *("\0", "a\0b", "“", "'", "';DROP TABLE article;--", "\ud800", "\ufffe", "…", "—", "{a b}:c", "1.5", "日本"),
    *("a " * 5000, '"' * 5000, "-a " * 3000, "(" * 10_000, "ab" * 5000, '"' + "a b " * 2000 + '"', "word%d " * 50),
    " ".join(f"w{n}" for n in range(2000)),
]  # fmt: skip


@pytest.mark.parametrize("words", ODD)
def test_whatever_is_typed_is_words_or_nothing(archive, words):
    archive.find(Query(words))
    archive.hints(Query(words))
    archive.find(Query(words, speakers=(words.replace("\ud800", ""),), outlets=(words,)))


@given(st.text(max_size=80))
@example('"a" -"')
@settings(max_examples=200, deadline=None)
def test_no_text_is_an_error(tmp_path_factory, words):
    with _one(tmp_path_factory) as archive:
        archive.find(Query(words))


def _one(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    path = tmp_path_factory.getbasetemp() / "odd.db"
    with Archive(path, create=True) as archive:
        archive.put(HARBOUR)
    return Archive(path)


def test_signs_alone_say_nothing_and_do_not_hide_what_the_filters_let_through(archive):
    assert len(found(archive, "— ( * …")) == 8
    assert (
        found(archive, "engines + both") == found(archive, "engines AND both")
        or found(archive, "engines AND both") == []
    )


def test_pages_give_each_hit_once(archive, monkeypatch):
    whole = [hit.statement for hit in archive.find(Query(acts=())).hits]
    for block in (2, 3, 1000):
        monkeypatch.setattr(search, "BLOCK", block)
        pages = [archive.find(Query(acts=()), limit=2, page=n) for n in range(1, 7)]
        each = [hit.statement for page in pages for hit in page.hits]
        assert sorted(each) == sorted(whole)
        assert [page.first for page in pages[:3]] == [1, 3, 5]
        assert (pages[4].total, pages[4].more, pages[5].hits) == (9, False, ())
    assert each == whole


def test_a_total_that_is_not_counted_to_its_end_says_so(archive, monkeypatch):
    monkeypatch.setattr(search, "BLOCK", 2)
    page = archive.find(Query(), limit=1)
    assert (page.total, page.more) == (2, True)


WORDS = ("tide", "quay", "rope", "mast", "hull")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)
made = st.lists(
    st.tuples(
        sentences,
        st.sampled_from(["Ada Marsh", "Olu Vries", None]),
        st.sampled_from([f"2026-01-0{d}" for d in range(1, 5)]),
    ),
    min_size=1,
    max_size=6,
)
asked = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=2),
    st.sampled_from(["", "Marsh", "Vries"]),
    st.integers(1, 4),
    st.integers(1, 4),
)


@given(made, asked)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_found_is_what_reading_everything_finds(tmp_path_factory, made, asked):
    words, speaker, since, until = asked
    path = tmp_path_factory.mktemp("all") / "news.db"
    expected = set()
    with Archive(path, create=True) as archive:
        for n, (said, who, day) in enumerate(made):
            text = " ".join(said)
            archive.put(one := record(f"{text}, number {n} says.", ((text, who),), published=day))
            right = all(w in said for w in words) and (not speaker or (who or "").endswith(speaker))
            if right and since <= int(day[-1]) <= until:
                expected.add(one.statements[0].id)
        query = Query(
            " ".join(words),
            speakers=(speaker,) if speaker else (),
            since=date(2026, 1, since),
            until=date(2026, 1, until),
            copies=True,
        )
        assert {hit.statement for hit in archive.find(query, limit=100).hits} == expected
        assert {s for _, s in search.matching(archive.connection, query)} == expected


def test_another_reading_is_found_and_the_one_before_no_longer(archive):
    newer = replace(record(said=(("We have mended both", "Ada Marsh"),), model=NEWER), article=HARBOUR.article)
    archive.put(newer)
    assert found(archive, "engines") == [OLD]
    assert found(archive, "mended") == ["We have mended both"]
    content(archive.path)  # checks the index against what it is of


def test_an_article_that_goes_is_found_no_longer(tmp_path, archive):
    archive.connection.execute("DELETE FROM article WHERE id = ?", (HARBOUR.article.id,))
    assert found(archive, "engines") == [OLD]
    content(archive.path)


def test_an_outlet_that_becomes_known_is_found(archive):
    archive.connection.execute("UPDATE article SET outlet = 'Late Post', published = '2026-07-01' WHERE outlet IS NULL")
    assert found(archive, outlets=("late post",), since=date(2026, 7, 1)) == [DAY]
    content(archive.path)


@pytest.mark.parametrize("published", ["now", "2026", "2026-13-45", "12:00", "", "yesterday", "2026-02-31"])
def test_an_odd_day_is_no_day_or_near_it_and_damages_nothing(archive, published):
    archive.put(record("“Odd day,” she said.", (("“Odd day,”", None),), published=published))
    assert "Odd day" in found(archive)
    archive.connection.execute("DELETE FROM article WHERE published = ?", (published,))
    content(archive.path)


def test_matching_gives_the_statements_of_one_article_side_by_side(archive, monkeypatch):
    monkeypatch.setattr(search, "BLOCK", 2)
    keys = [key for key, _ in search.matching(archive.connection, Query(acts=()))]
    assert len(keys) == 9
    assert len([k for k, before in zip(keys, [None, *keys], strict=False) if k != before]) == 3


def test_hints_tell_what_to_leave_out(archive):
    assert [h.word for h in archive.hints(Query("engines zebra yak"))] == ["zebra", "yak"]
    without = {h.without: h.count for h in archive.hints(Query("engines", until=date(2025, 1, 1)))}
    assert without == {"until": 2}
    assert [(h.word, h.count) for h in archive.hints(Query("engines café"))] == [("engines", 2), ("café", 2)]
    assert [h.without for h in archive.hints(Query("engines café", kinds=("direct",)))] == ["words"]
    both = archive.hints(Query("both engines", speakers=("Nobody",), kinds=("direct",)))
    assert [(h.without, h.count) for h in both] == [("speakers", 2)]
    assert [(h.without, h.count) for h in archive.hints(Query("cold"))] == [("acts", 1)]


@given(st.text(max_size=60))
def test_the_places_of_words_are_words(text):
    for start, end in Wanted(re.findall(r"[^\W_]+", text)[:2]).places(text):
        assert text[start:end].strip() == text[start:end] != ""


def test_the_places_of_a_phrase():
    text = "Both old engines, both Engínes."
    assert [text[a:b] for a, b in Wanted(["both engines"]).places(text)] == ["both", "Engínes"]
