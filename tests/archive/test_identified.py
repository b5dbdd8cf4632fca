"""Applied identities count wherever speakers do."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive, identities
from onrecord.archive.people import read_people
from onrecord.archive.queries import Query
from onrecord.errors import BadUsage, UnknownId
from onrecord.export.rows import rows
from onrecord.record import Record

from .test_utterances import FRONT, SAID, WHOLE, dump, told


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db", create=True) as archive:
        yield archive


def ids(archive: Archive, name: str) -> list[str]:
    """The identities and suggestions of that name, those who speak in one article only too."""
    found = identities.identities(archive.connection, everybody=True)
    return [one.id for one in found if one.name == name]


def judged(archive: Archive, what: identities.What, first: str, second: str) -> str:
    return archive.judge_identity(what, [first, second], "Mia")


def put(archive: Archive, *said: tuple[str, str]) -> list[Record]:
    records = [told(words, n, who) for n, (words, who) in enumerate(said)]
    for one in records:
        archive.put(one)
    return records


def test_two_names_of_one_identity_are_one_voice(archive: Archive) -> None:
    put(archive, (WHOLE, "Ada Marsh"), (FRONT, "Ida Lindqvist"))
    archive.collate()
    assert list(archive.utterances()) == []
    key = judged(archive, "same", ids(archive, "Ada Marsh")[0], ids(archive, "Ida Lindqvist")[0])
    assert archive.uncollated() == 2
    archive.collate()
    assert [len(one.variants) for one in archive.utterances()] == [2]
    archive.take_back_identity(key)
    archive.collate()
    assert list(archive.utterances()) == []


def test_two_of_one_name_who_were_judged_to_be_two_are_two_voices(archive: Archive) -> None:
    _, second, _ = put(archive, (WHOLE, "Ada Marsh"), (FRONT, "Ada Marsh"), ("“Herring will come back,”", "Olu Vries"))
    archive.identify()
    archive.collate()
    assert [len(one.variants) for one in archive.utterances()] == [2]
    key = judged(archive, "different", ids(archive, "Ada Marsh")[0], second.article.id)
    assert archive.uncollated() == 2  # the third has nothing to do with it
    done = archive.collate()
    assert (done.articles, list(archive.utterances())) == (2, [])
    archive.take_back_identity(key)
    archive.collate()
    assert [len(one.variants) for one in archive.utterances()] == [2]


def test_who_joins_an_identity_later_is_apart_from_whom_it_was_judged_to_be_another(archive: Archive) -> None:
    _, second = put(archive, (WHOLE, "Ada Marsh"), (FRONT, "Ada Marsh"))
    judged(archive, "different", ids(archive, "Ada Marsh")[0], second.article.id)
    third = told(WHOLE, 5, "Adele Marsh")
    archive.put(third)
    first = next(i for i in identities.identities(archive.connection, everybody=True) if i.name == "Adele Marsh")
    other = next(
        i
        for i in identities.identities(archive.connection, everybody=True)
        if i.name == "Ada Marsh" and i.faces[0].anchor.article != second.article.id
    )
    judged(archive, "same", other.id, first.id)
    archive.collate()
    (found,) = archive.utterances()
    assert second.article.id not in {v.carried.article for v in found.variants}
    assert third.article.id in {v.carried.article for v in found.variants}


def found(archive: Archive, *speakers: str, words: str = "") -> set[tuple[str, str]]:
    """The words and speakers of what is found, and of what an export takes."""
    query = Query(words, speakers=speakers)
    hits = archive.find(query)
    out = {(h.content, h.speakers[0].called) for h in hits.hits}
    assert len(out) == hits.total
    taken = [one.record for one in archive.chosen(query)]
    assert {(r.article.text[slice(*s.content[0])], r.speakers[0].name) for r in taken for s in r.statements} == out
    return out


HERRING = "“The herring will come back,”"


@pytest.fixture
def two(archive: Archive) -> str:
    """The id of one under two names; another has one of the names too."""
    _, _, third, _ = put(
        archive, (WHOLE, "Ada Marsh"), (FRONT, "Ida Lindqvist"), (HERRING, "Ada Marsh"), (HERRING, "Olu Vries")
    )
    judged(archive, "different", ids(archive, "Ada Marsh")[0], third.article.id)
    own = next(
        i.id for i in identities.identities(archive.connection, everybody=True)
        if i.name == "Ada Marsh" and i.faces[0].anchor.article != third.article.id
    )  # fmt: skip
    judged(archive, "same", own, ids(archive, "Ida Lindqvist")[0])
    ((own,),) = archive.connection.execute("SELECT id FROM identity")
    return str(own)


def test_an_identity_is_found_under_all_its_names_and_nobody_else_is(archive: Archive, two: str) -> None:
    hers = {(WHOLE, "Ada Marsh"), (FRONT, "Ida Lindqvist")}
    assert found(archive, two) == found(archive, two[:4]) == hers
    assert found(archive, two, words="painted") == {(WHOLE, "Ada Marsh")}
    assert found(archive, two, words="herring") == set()
    assert found(archive, two, "Vries") == {*hers, (HERRING, "Olu Vries")}
    assert found(archive, "Ada Marsh") == {(WHOLE, "Ada Marsh"), (HERRING, "Ada Marsh")}
    assert {h.without: h.count for h in archive.hints(Query("herring", speakers=(two,)))} == {"speakers": 2}
    archive.collate()
    (utterance,) = archive.utterances(speaker=two)
    assert len(utterance.variants) == 2
    assert list(archive.utterances(speaker="Vries")) == []
    alone = [u.variants[0].text for u in archive.utterances(speaker="Vries", min_variants=1)]
    assert alone == [HERRING]
    assert len(list(archive.utterances(speaker=two, min_variants=1))) == 1


def test_a_name_stays_a_name_and_a_beginning_must_tell(archive: Archive, two: str) -> None:
    archive.put(told(FRONT, 7, two[:5].upper()))
    assert found(archive, two[:5]) == {(FRONT, two[:5].upper())}
    assert found(archive, "i0000") == set()
    archive.connection.execute(
        "INSERT INTO identity (id, name, kind, external, terms) VALUES (?, 'x', 'person', '{}', '[]')", (two[:4] + "0",)
    )
    with pytest.raises(UnknownId, match="several identities"):
        archive.find(Query(speakers=(two[:4],)))


def test_a_speaker_of_many_articles_is_one_line_under_one_identity(archive: Archive, two: str) -> None:
    hers, vries, other = sorted(archive.voices(), key=lambda v: (v.identity is None, -len(v.name), v.name))
    assert (hers.identity, hers.statements, hers.articles, hers.outlets) == (two, 2, 2, 2)
    assert {hers.name, *hers.aliases} == {"Ada Marsh", "Ida Lindqvist", "Marsh", "Lindqvist"}
    assert (hers.first, hers.last) == ("2026-03-01", "2026-03-02")
    assert {(v.name, v.identity, v.statements) for v in (vries, other)} == {
        ("Ada Marsh", None, 1),
        ("Olu Vries", None, 1),
    }
    assert {v.identity for v in archive.voices("lindqvist")} == {two}
    assert {v.identity for v in archive.voices("marsh")} == {two, None}


def test_exports_carry_the_ids(archive: Archive, two: str) -> None:
    path = archive.path.with_name("people.csv")
    path.write_text("name,aliases,wikidata,viaf\nIda Lindqvist,Ada Lindqvist,Q7,12\n", encoding="utf8")
    archive.import_people(read_people(path), "Mia", "people.csv")
    out = [row for one in archive.chosen(Query()) for row in rows(one, True)]
    said = {(r["content"], r["speaker"]): (r["identity"], r["external"]) for table, r in out if table == "statements"}
    ids = ("viaf:12", "wikidata:Q7")
    assert said == {
        (WHOLE, ("Ada Marsh",)): ((two,), ids),
        (FRONT, ("Ida Lindqvist",)): ((two,), ids),
        (HERRING, ("Ada Marsh",)): ((), ()),
        (HERRING, ("Olu Vries",)): ((), ()),
    }
    speakers = [(r["name"], r["identity"], r["external"]) for table, r in out if table == "speakers"]
    assert sorted(speakers, key=str) == sorted(
        [
            ("Ada Marsh", two, ids),
            ("Ida Lindqvist", two, ids),
            ("Ada Marsh", None, ()),
            ("Olu Vries", None, ()),
        ],
        key=str,
    )
    assert {v.external for v in archive.voices()} == {ids, ()}


def test_one_identity_is_read_as_the_whole_list_has_it(archive: Archive, two: str) -> None:
    put(archive, (WHOLE, "Ada B. Marsh"))
    everybody = identities.identities(archive.connection, everybody=True)
    for one in everybody:
        own, like = archive.identity(one.id)
        assert own == one
        assert {i.id for i in like} == {s.group for s in one.perhaps} | {
            i.id for i in everybody if any(s.group == one.id for s in i.perhaps)
        }
    with pytest.raises(UnknownId):
        archive.identity("i0000")


WHO = ("Ada Marsh", "Ida Lindqvist", "Olu Vries", None)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 4)),
        st.tuples(st.sampled_from(("apply", "undo")), st.just(0)),
        st.tuples(st.sampled_from(("same", "different")), st.integers(0, 99)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(SAID), st.sampled_from(WHO), st.integers(0, 27)), min_size=3, max_size=9, unique=True
    ),
    STEPS,
)
def test_whatever_becomes_of_identities_the_groups_are_those_from_scratch(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, str | None, int]],
    steps: list[tuple[str, int]],
) -> None:
    folder = tmp_path_factory.mktemp("a")
    records = [told(words, n, who, published=f"2026-03-{day + 1:02}") for n, (words, who, day) in enumerate(said)]
    waiting = list(records)
    with Archive(folder / "grown.db", create=True) as grown, Archive(folder / "whole.db", create=True) as whole:
        for what, n in [("put", 1 + len(records) // 2), *steps]:
            step(grown, waiting, what, n)
            grown.collate()
        for one in waiting:
            grown.put(one)
        grown.identify()
        grown.collate()
        for one in reversed(records):
            whole.put(one)
        rows = grown.connection.execute("SELECT * FROM identity_judgement").fetchall()
        whole.connection.executemany("INSERT INTO identity_judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        whole.identify()
        whole.collate()
        assert dump(grown) == dump(whole)


def step(archive: Archive, waiting: list[Record], what: str, n: int) -> None:
    found = [i for i in identities.identities(archive.connection, everybody=True) if i.faces]
    stand = identities.judgements(archive.connection)
    if what == "put":
        for _ in range(min(n, len(waiting))):
            archive.put(waiting.pop(0))
    elif what == "apply":
        archive.identify()
    elif what == "undo" and stand:
        archive.take_back_identity(stand[-1].id)
    elif what in ("same", "different") and len(found) > 1:
        a, b = found[n % len(found)], found[n // 10 % len(found)]
        with suppress(BadUsage):  # one who was judged to be another, or the same two
            archive.judge_identity(what, [a.id, b.id], "Mia")  # type: ignore[arg-type]
