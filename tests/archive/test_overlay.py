"""Judgements laid over the evidence: what follows from them, where it shows, and that it can be taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.overlay import Verdict
from onrecord.archive.queries import Query
from onrecord.archive.search import matching
from onrecord.article import Span
from onrecord.errors import BadUsage
from onrecord.export.rows import rows
from onrecord.record import Record

from .made import FERRY, SAID, content, record, reread

ENGINES, RUN, YEAR = "“We have mended both engines,”", "The ferry will run again in May", "“She said so last year,”"
TWO_MARSHES = (
    "“No,” Ada Marsh said. “Yes,” said Ben Marsh, her brother. “We shall … see,” an official said. "
    "“Later,” Ada Marsh added."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.put(record(outlet="The Buoy"))
        yield archive


def id_of(archive: Archive, words: str) -> str:
    """The statement that was read with these words."""
    found = archive.connection.execute("SELECT id FROM statement WHERE content = ?", (words,)).fetchall()
    assert len(found) == 1
    return str(found[0][0])


def judge(archive: Archive, words: str, verdict: Verdict, value: str | None = None, by: str = "Mia") -> str:
    return archive.judge(id_of(archive, words), verdict, by, value)


def article_of(archive: Archive) -> str:
    """The first article."""
    return str(archive.connection.execute("SELECT id FROM article ORDER BY key").fetchone()[0])


def said_by(archive: Archive, name: str) -> set[str]:
    return {hit.content for hit in archive.find(Query(speakers=(name,))).hits}


def counted(archive: Archive) -> dict[str, int]:
    return {voice.name: voice.statements for voice in archive.voices()}


def test_a_corrected_speaker_is_found_by_the_right_name_and_no_more_by_the_wrong_one(archive: Archive) -> None:
    judge(archive, ENGINES, "speaker", "Elena Ruiz")
    assert said_by(archive, "Elena Ruiz") == {ENGINES}
    assert said_by(archive, "Ada Marsh") == {RUN}
    assert counted(archive) == {"Ada Marsh": 1, "Elena Ruiz": 1, "Olu Vries": 1}
    (hit,) = archive.find(Query(speakers=("elena ruiz",))).hits
    assert [s.name for s in hit.speakers] == ["Elena Ruiz"]
    assert hit.read_as is not None
    assert hit.read_as.speaker == "Ada Marsh"
    told = hit.to_dict()
    assert told["speaker"] == "Elena Ruiz"
    assert told["read_as"] == {"speaker": "Ada Marsh", "content": ENGINES}
    judged = told["judged"]
    assert isinstance(judged, dict)
    assert (judged["verdict"], judged["value"], judged["by"]) == ("speaker", "Elena Ruiz", "Mia")


def test_nothing_is_told_of_judgements_where_there_are_none(archive: Archive) -> None:
    for hit in archive.find(Query()).hits:
        assert not {"judged", "read_as"} & hit.to_dict().keys()


@pytest.mark.parametrize(
    ("given", "kept"), [("vries", "Olu Vries"), ("OLU VRIES", "Olu Vries"), ("Mayor O", "Mayor O")]
)
def test_a_name_is_the_fullest_of_the_articles_or_kept_as_given(archive: Archive, given: str, kept: str) -> None:
    judge(archive, ENGINES, "speaker", given)
    assert [j.value for j in archive.judgements()] == [kept]
    assert ENGINES in said_by(archive, kept)
    if kept == "Olu Vries":  # with all that the article tells of him
        assert ENGINES in said_by(archive, "Vries")
        assert {h.speakers[0].role for h in archive.find(Query(speakers=("Olu Vries",))).hits} == {"of the harbour"}


def test_a_name_that_may_be_several_is_asked_for(archive: Archive) -> None:
    archive.put(record(TWO_MARSHES, (("“No,”", "Ada Marsh"), ("“Yes,”", "Ben Marsh"), ("“Later,”", "Ada Marsh"))))
    with pytest.raises(BadUsage, match="Ada Marsh, Ben Marsh"):
        judge(archive, "“Later,”", "speaker", "Marsh")
    judge(archive, "“Later,”", "speaker", "ben marsh")
    assert said_by(archive, "Ben Marsh") == {"“Yes,”", "“Later,”"}


def test_where_nobody_can_tell_the_speaker_it_counts_as_unresolved(archive: Archive) -> None:
    judge(archive, ENGINES, "speaker", "?")
    assert archive.stats().unresolved.by_article == 1
    (hit,) = archive.find(Query(unresolved=True)).hits
    assert (hit.content, hit.speakers) == (ENGINES, ())
    assert counted(archive)["Ada Marsh"] == 1


@pytest.mark.parametrize("name", ["", " ", "…", "\ud800"])
def test_no_name_is_refused(archive: Archive, name: str) -> None:
    with pytest.raises(BadUsage):
        judge(archive, ENGINES, "speaker", name)
    assert archive.judgements() == []


def test_what_is_no_statement_is_in_no_count_and_found_only_where_asked_for(archive: Archive) -> None:
    judge(archive, RUN, "wrong")
    assert {hit.content for hit in archive.find(Query()).hits} == {ENGINES, YEAR}
    assert {hit.content for hit in archive.find(Query(judged=("wrong",))).hits} == {RUN}
    stats = archive.stats()
    assert (stats.statements.by_article, stats.said.by_story, stats.outlets["The Buoy"].by_article) == (2, 2, 2)
    assert counted(archive) == {"Ada Marsh": 1, "Olu Vries": 1}
    assert len(list(matching(archive.connection, Query(outlets=("The Buoy",))))) == 3  # an export has it all the same


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("We have mended", "We have mended"),
        ('"We have mended both  engines,"', ENGINES),
        ("mended … council", "mended … council"),
        ("she told\nthe council", "she\ntold the council"),
    ],
)
def test_right_words_are_a_place_in_the_article(archive: Archive, given: str, found: str) -> None:
    archive.put(record(FERRY.replace("she told", "she\ntold"), url="https://b.example"))
    statement = archive.find(Query(words="engines", copies=True)).hits
    own = next(h.statement for h in statement if h.outlet is None)
    key = archive.judge(own, "words", "Mia", given)
    (hit,) = [h for h in archive.find(Query(judged=("words",), copies=True)).hits if h.statement == own]
    assert hit.content == found
    assert hit.read_as is not None
    assert hit.read_as.content == ENGINES
    assert next(j.value for j in archive.judgements() if j.id == key) == found


def test_of_several_places_the_nearest_is_meant_or_the_one_that_is_given(archive: Archive) -> None:
    text = "“No,” Ada Marsh said. “Yes,” she said. The rain fell on the pier. “No,” Olu Vries said."
    archive.put(record(text, (("“No,”", "Ada Marsh"), ("“Yes,”", "Ada Marsh"), ("“No,”@2", "Olu Vries"))))
    statement = id_of(archive, "“Yes,”")
    archive.judge(statement, "words", "Mia", "“No,”")
    last = text.rindex("“No,”")
    assert archive.connection.execute('SELECT "start" FROM overlay').fetchall() == [(0,)]
    archive.judge(statement, "words", "Mia", at=[Span(last, last + 5)])
    assert archive.connection.execute('SELECT "start", content FROM overlay').fetchall() == [(last, "“No,”")]
    with pytest.raises(BadUsage, match="no place"):
        archive.judge(statement, "words", "Mia", at=[Span(last, len(text) + 1)])


def test_an_ellipsis_of_the_articles_own_is_no_gap(archive: Archive) -> None:
    archive.put(record(TWO_MARSHES, (("“We shall … see,”", "Ada Marsh"),)))
    judge(archive, "“We shall … see,”", "words", "We shall … see")
    assert archive.find(Query(words="shall")).hits[0].content == "We shall … see"


@pytest.mark.parametrize("words", ["", "…", "nobody wrote this", "\0"])
def test_words_that_do_not_stand_there_are_refused(archive: Archive, words: str) -> None:
    with pytest.raises(BadUsage):
        judge(archive, ENGINES, "words", words)
    assert archive.judgements() == []


def test_words_far_from_the_statement_are_refused(archive: Archive) -> None:
    archive.put(record("“No,” Ada Marsh said. " + "The rain fell. " * 100 + "The end came.", (("“No,”", "Ada Marsh"),)))
    with pytest.raises(BadUsage, match="near"):
        judge(archive, "“No,”", "words", "The end came")


def test_corrected_words_are_searched(archive: Archive) -> None:
    judge(archive, ENGINES, "words", "she told the council")
    assert [h.content for h in archive.find(Query(words="council")).hits] == ["she told the council"]
    assert archive.find(Query(words="engines")).total == 0


@pytest.mark.parametrize(
    ("judged", "disputed", "follows"),
    [
        ("M right", False, {"right"}),
        ("M right, O right", False, {"right"}),
        ("M right, O wrong", True, {"wrong"}),
        ("M wrong, O right", True, {"right"}),
        ("M wrong, M right", False, {"right"}),
        ("M speaker Elena Ruiz, O right", False, {"speaker", "right"}),  # he saw what she had put there
        ("O right, M speaker Elena Ruiz", True, {"speaker"}),
        ("O right, M speaker Elena Ruiz, O right", False, {"speaker", "right"}),
        ("M speaker Elena Ruiz, O speaker ELENA RUIZ", False, {"speaker"}),
        ("M speaker Elena Ruiz, O speaker Vries", True, {"speaker"}),
        ("M speaker Elena Ruiz, O speaker Vries, M speaker Olu Vries", False, {"speaker"}),
        ("M wrong, O speaker Elena Ruiz", True, {"speaker"}),
        ("M wrong, M speaker Elena Ruiz", False, {"speaker"}),
        ("M speaker Elena Ruiz, M wrong", False, {"speaker", "wrong"}),
        ("M words both engines, O words We have mended", True, {"words"}),
        ("M words both engines, O words both engines", False, {"words"}),
        ("M words both engines, O speaker Elena Ruiz", False, {"words", "speaker"}),
        ("M right, O speaker Ada Marsh", False, {"speaker"}),  # the same as was read
        ("m  right, M wrong", False, {"wrong"}),  # the same person
    ],
)
def test_the_newest_counts_and_what_people_contradict_is_disputed(
    archive: Archive, judged: str, disputed: bool, follows: set[str]
) -> None:
    for said in judged.split(", "):
        by, verdict, *value = said.split(None, 2)
        judge(archive, ENGINES, verdict, value[0] if value else None, by)  # type: ignore[arg-type]
    ((statement, one),) = archive.laid_over(article_of(archive)).items()
    assert one.judged.disputed is disputed
    assert set(one.judged.verdicts) == follows
    found = {h.statement for h in archive.find(Query(judged=("disputed", "wrong"))).hits}
    assert (statement in found) is (disputed or "wrong" in follows)


def test_counts_agree_with_the_view_of_effective_statements(archive: Archive) -> None:
    judge(archive, RUN, "wrong")
    judge(archive, ENGINES, "speaker", "Elena Ruiz")
    judge(archive, YEAR, "speaker", "Ada Marsh")
    found = archive.connection.execute("SELECT speaker, count(*) FROM effective GROUP BY 1").fetchall()
    assert dict(found) == {name: n for name, n in counted(archive).items() if n} == {"Ada Marsh": 1, "Elena Ruiz": 1}
    assert archive.stats().statements.by_article == 2


def test_an_article_read_again_keeps_what_was_judged_of_it(archive: Archive) -> None:
    judge(archive, ENGINES, "speaker", "Elena Ruiz")
    judge(archive, YEAR, "words", "so last year")
    archive.put(reread(record(outlet="The Buoy"), SAID))
    assert said_by(archive, "Elena Ruiz") == {ENGINES}
    assert said_by(archive, "Vries") == {"so last year"}
    archive.put(
        reread(archive.record(archive.find(Query()).hits[0].article), SAID[:1])
    )  # by the same model: left alone
    content(archive.path)  # raises where the index of words is off


def test_what_is_read_otherwise_now_has_nothing_laid_over_it(archive: Archive) -> None:
    judge(archive, ENGINES, "speaker", "Elena Ruiz")
    archive.put(reread(record(outlet="The Buoy"), SAID[:1]))
    assert said_by(archive, "Elena Ruiz") == set()
    archive.put(record(outlet="The Buoy"))
    assert said_by(archive, "Elena Ruiz") == {ENGINES}
    content(archive.path)


def test_a_new_version_of_the_article_takes_it_to_its_own_place(archive: Archive) -> None:
    address = "https://harbour.example/ferry"
    old: Record = record(url=address)
    archive.put(old)
    statement = next(s.id for s in old.statements if old.article.text[slice(*s.content[0])] == ENGINES)
    archive.judge(statement, "words", "Mia", "mended both engines")
    new = record("Corrected on Wednesday.\n\n" + FERRY, url=address)
    archive.put(new)
    ((_, laid),) = archive.laid_over(new.article.id).items()
    assert [new.article.text[a:b] for a, b in laid.spans] == ["mended both engines"]
    content(archive.path)


def test_an_export_has_the_corrections_and_how_it_was_read(archive: Archive) -> None:
    judge(archive, ENGINES, "speaker", "Elena Ruiz")
    judge(archive, ENGINES, "words", "We have mended both engines", "Olu")
    judge(archive, RUN, "wrong")
    for query in (Query(), Query(outlets=("The Buoy",))):
        told = [row for one in archive.chosen(query) for row in rows(one, True)]
        by_read = {r["content"]: r for t, r in told if t == "statements"}
        assert set(by_read) == {RUN, "We have mended both engines", YEAR}
        right = by_read["We have mended both engines"]
        assert right["speaker"] == ("Elena Ruiz",)
        assert right["read_speaker"] == ("Ada Marsh",)
        assert right["judged"] == ("words", "speaker")
        assert right["judged_by"] == ("Olu", "Mia")
        assert right["speaker_confidence"] is None
        assert by_read[RUN]["judged"] == ("wrong",)
        assert (by_read[YEAR]["judged"], by_read[YEAR]["read_speaker"], by_read[YEAR]["read_spans"]) == ((), (), ())
        speakers = {r["name"]: r["statements"] for t, r in told if t == "speakers"}
        assert speakers == {"Ada Marsh": 0, "Elena Ruiz": 1, "Olu Vries": 1}
        assert [r["statements"] for t, r in told if t == "articles"] == [2]


def test_an_archive_of_before_shows_its_judgements_once_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.archive import connection, overlay

    steps, path = connection._migrations(), tmp_path / "old.db"
    with monkeypatch.context() as before:
        before.setattr(connection, "_migrations", lambda: steps[:4])
        before.setattr(overlay, "renew", lambda *_: None)
        before.setattr("onrecord.archive.overlay.renew_article", lambda *_, **__: None)
        with Archive(path, create=True) as archive:
            archive.put(record(outlet="The Buoy"))
            judge(archive, ENGINES, "speaker", "Elena Ruiz")
    with Archive(path) as archive:
        assert said_by(archive, "Elena Ruiz") == {ENGINES}
        assert said_by(archive, "Ada Marsh") == {RUN}
    content(path)


JUDGED = st.tuples(
    st.sampled_from((ENGINES, RUN, YEAR)),
    st.sampled_from(
        (
            ("right", None), ("wrong", None), ("speaker", "Elena Ruiz"), ("speaker", "Vries"), ("speaker", "?"),
            ("words", "both engines"), ("words", "The ferry"), ("words", "She said … last year"),
        )
    ),
    st.sampled_from(("Mia", "Olu", "Ida")),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overlay") / "made.db"
    with Archive(path, create=True) as archive:
        archive.put(record(outlet="The Buoy", published="2026-03-06"))
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def state(archive: Archive) -> dict[str, object]:
    """All that follows from the judgements, without their ids and times."""
    db = archive.connection
    asked = ("SELECT * FROM overlay", "SELECT * FROM effective", "SELECT moment, content, marks FROM searched")
    found: dict[str, object] = {one: sorted(db.execute(one).fetchall(), key=repr) for one in asked}
    laid = archive.laid_over(article_of(archive))
    notes = {k: [(s.verdict, s.value, s.by) for s in one.judged.counts] for k, one in laid.items()}
    return found | {"names": db.execute("SELECT folded FROM name ORDER BY 1").fetchall(), "notes": notes}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JUDGED, max_size=7), st.data())
def test_taking_back_restores_what_would_be_there_without_it(
    made: Path, tmp_path: Path, judged: list[tuple[str, tuple[Verdict, str | None], str]], data: st.DataObject
) -> None:
    undone = data.draw(st.sets(st.integers(0, max(len(judged) - 1, 0)), max_size=len(judged)))
    later = data.draw(st.booleans())  # all taken back at the end, or each at once
    some, without = tmp_path / "some.db", tmp_path / "without.db"
    for path in (some, without):
        for old in tmp_path.glob(f"{path.name}*"):
            old.unlink()
        shutil.copy(made, path)
    with Archive(some, write=True) as archive:
        keys = []
        for n, (words, (verdict, value), by) in enumerate(judged):
            keys.append(archive.judge(id_of(archive, words), verdict, by, value))
            if n in undone and not later:
                archive.take_back(keys[-1])
        for n in sorted(undone) if later and keys else ():
            archive.take_back(keys[n])
        one = state(archive)
    with Archive(without, write=True) as archive:
        for n, (words, (verdict, value), by) in enumerate(judged):
            if n not in undone:
                archive.judge(id_of(archive, words), verdict, by, value)
        other = state(archive)
    assert one == other
    assert content(some) == content(without)  # and the index of words is whole in both
