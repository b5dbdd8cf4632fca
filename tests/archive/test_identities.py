from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.identities import Identity
from onrecord.archive.people import read_people
from onrecord.archive.queries import Query
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Record

from .made import NEWER, record


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as archive:
        yield archive


def told(n: int, *roles: str, name: str = "Ada Marsh") -> Record:
    """An article in which one person says one thing."""
    words = f"“We have mended engine {n},”"
    text = f"{words} {name} said on day {n} in town {n * 7}."
    found = record(text, [(words, name)], outlet=f"Paper {n}", published=f"2026-03-{n:02}")
    return replace(found, speakers=tuple(replace(s, roles=roles) for s in found.speakers))


def put(archive: Archive, *records: Record) -> list[Record]:
    for one in records:
        archive.put(one)
    return list(records)


def held(archive: Archive) -> list[tuple[str, str]]:
    """(article, by what) of who is written as one."""
    return archive.connection.execute(
        'SELECT a.id, s."by" FROM identity_speaker s JOIN article a ON a.key = s.article ORDER BY a.key'
    ).fetchall()


def only(archive: Archive) -> Identity:
    (one,) = archive.identities()
    return one


def test_what_is_certain_is_applied_and_keeps_its_id_as_it_grows(archive: Archive) -> None:
    put(archive, told(2, "mayor of Elm"), told(3, "Elm mayor"), told(4, name="Olu Vries"))
    assert not only(archive).applied
    assert held(archive) == []
    done = archive.identify()
    assert (done.identities, done.new, done.speakers) == (1, 1, 2)
    before = only(archive)
    assert before.applied
    for n in range(5, 25):
        put(archive, told(n, "mayor of Elm"))
    done = archive.identify()
    assert (done.identities, done.new, done.speakers) == (1, 0, 22)
    assert only(archive).id == before.id
    assert {by for _, by in held(archive)} == {"rule"}


def test_read_again_it_stands(archive: Archive) -> None:
    first, _ = put(archive, told(1, "mayor of Elm"), told(2, "mayor of Elm"))
    archive.identify()
    before = held(archive)
    put(archive, replace(first, model=NEWER))
    assert held(archive) == before
    assert only(archive).applied


def test_suggestions_are_judged_with_who_and_why_and_taken_back(archive: Archive) -> None:
    put(archive, told(1), told(2))
    assert not only(archive).certain
    archive.identify()
    assert held(archive) == []
    key = archive.judge_identity("confirm", [only(archive).id], "Mia", "she told me")
    one = only(archive)
    assert (one.applied, one.judged, one.certain) == (True, True, True)
    assert [(j.id, j.what, j.by, j.why) for j in one.judgements] == [(key, "confirm", "Mia", "she told me")]
    assert [by for _, by in held(archive)] == ["judgement", "judgement"]
    archive.take_back_identity(key)
    assert (held(archive), only(archive).judgements) == ([], ())
    assert archive.connection.execute("SELECT count(undone) FROM identity_judgement").fetchone() == (1,)
    with pytest.raises(UnknownId):
        archive.take_back_identity(key)


def test_two_names_may_be_judged_one(archive: Archive) -> None:
    put(
        archive,
        told(1, "mayor of Elm"),
        told(2, "mayor of Elm"),
        told(3, name="Ada Marsh-Lind"),
        told(4, name="Ada Marsh-Lind"),
    )
    a, b = archive.identities()
    archive.judge_identity("same", [a.id[:6], b.id[:6]], "Mia")
    one = only(archive)
    assert len(one.faces) == len(held(archive)) == 4


def test_a_judgement_follows_a_name_that_goes_and_comes_back(archive: Archive) -> None:
    first, _ = put(archive, told(1), told(2))
    archive.judge_identity("confirm", [only(archive).id], "Mia")
    gone = replace(first, model=NEWER, speakers=(replace(first.speakers[0], name="Olu Vries"),))
    put(archive, gone)
    assert [len(i.faces) for i in archive.identities()] == [1]
    put(archive, first)
    assert len(only(archive).faces) == 2


def test_two_of_one_name_are_judged_to_be_two_by_an_article(archive: Archive) -> None:
    _, second, _ = put(archive, *(told(n, "mayor of Elm") for n in (1, 2, 3)))
    archive.identify()
    one = only(archive)
    key = archive.judge_identity("different", [one.id, second.article.id], "Mia")
    assert [len(i.faces) for i in archive.identities() if i.certain] == [2, 1]
    assert len(held(archive)) == 2
    archive.identify()
    assert len(held(archive)) == 2
    archive.take_back_identity(key)
    archive.identify()
    assert len(held(archive)) == 3


def test_judgements_may_not_contradict_each_other(archive: Archive) -> None:
    _, second = put(archive, told(1), told(2))
    archive.judge_identity("confirm", [only(archive).id], "Mia")
    with pytest.raises(BadUsage, match="says the contrary"):
        archive.judge_identity("different", [only(archive).id, second.article.id], "Olu")
    with pytest.raises(BadUsage, match="the same speakers"):
        archive.judge_identity("same", [only(archive).id, only(archive).id], "Olu")
    with pytest.raises(UnknownId):
        archive.judge_identity("confirm", ["i0000"], "Olu")
    with pytest.raises(UnknownId):
        archive.judge_identity("confirm", [""], "Olu")


def imported(
    archive: Archive, rows: str, head: str = "name,aliases,wikidata,role,party,from,to"
) -> tuple[int, int, int, list[str]]:
    path = archive.path.with_name("people.csv")
    path.write_text(f"{head}\n{rows}", encoding="utf8")
    done = archive.import_people(read_people(path), "Mia", "people.csv")
    return done.confirmed, done.known, done.absent, [name for _, name, _ in done.rivals]


def test_a_list_confirms_what_fits_and_find_carries_its_ids(archive: Archive) -> None:
    put(archive, told(1, "mayor of Elm"), told(2), told(3, name="Ada Marsh-Lind"), told(4, name="Olu Vries"))
    rows = "Ada Marsh,Ada Marsh-Lind; Marsh,Q7,mayor of Elm,,2025,\nIda Wren,,Q8,,,,\n"
    assert imported(archive, rows) == (1, 0, 1, [])
    assert imported(archive, rows) == (0, 1, 1, [])
    (one,) = archive.identities("Marsh")
    assert (one.name, one.external, one.terms) == (
        "Ada Marsh",
        {"wikidata": "Q7"},
        [{"role": "mayor of Elm", "from": "2025"}],
    )
    hits = archive.find(Query(words="mended")).hits
    ids = {(s.name, s.identity is not None, s.external.get("wikidata")) for h in hits for s in h.speakers}
    assert ids == {("Ada Marsh", True, "Q7"), ("Ada Marsh-Lind", True, "Q7"), ("Olu Vries", False, None)}
    (other,) = [h.to_dict()["speakers"] for h in hits if h.speakers[0].name == "Olu Vries"]
    assert "identity" not in other[0]  # type: ignore[index]
    put(archive, told(5, "Elm mayor"))
    archive.identify()
    assert len(only(archive).faces) == 4


def test_two_on_the_list_of_one_name_are_told_apart_by_roles_or_not_at_all(archive: Archive) -> None:
    put(archive, told(1, "mayor of Elm"), told(2, "mayor of Oak"), told(3))
    assert imported(archive, "Ada Marsh,,Q7,,,,\nAda Marsh,,Q8,,,,\n") == (0, 0, 0, ["Ada Marsh", "Ada Marsh"])
    assert held(archive) == []
    assert imported(archive, "Ada Marsh,,Q7,mayor of Elm,,,\nAda Marsh,,Q8,mayor of Oak,,,\n") == (2, 0, 0, [])
    assert len(held(archive)) == 2
    assert {i.external["wikidata"]: len(i.faces) for i in archive.identities() if i.judged} == {"Q7": 1, "Q8": 1}


def test_a_second_person_in_the_archive_is_a_rival(archive: Archive) -> None:
    put(archive, told(1, "mayor of Oak"), told(2, "mayor of Oak"), told(3))
    assert imported(archive, "Ada Marsh,,Q7,mayor of Elm,,,\n") == (0, 0, 0, ["Ada Marsh"])


def test_a_role_counts_in_its_time(archive: Archive) -> None:
    put(archive, told(1, "mayor of Elm"), told(2, "mayor of Oak"))
    rows = "Ada Marsh,,Q7,mayor of Elm,,2020,2021-06\nAda Marsh,,Q8,mayor of Oak,,2026-03,2026-03\n"
    assert imported(archive, rows) == (1, 0, 0, ["Ada Marsh"])


def test_who_is_confirmed_is_not_confirmed_as_another(archive: Archive) -> None:
    put(archive, told(1), told(2))
    assert imported(archive, "Ada Marsh,,Q7,,,,\n") == (1, 0, 0, [])
    assert imported(archive, "Ada Marsh,,Q8,,,,\n") == (0, 0, 0, ["Ada Marsh"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"who,id\nAda,1\n", "has no column 'name'"),
        (b"", "has no column 'name'"),
        (b"name\nAda,1\n", "line 2: has more cells"),
        (b"name,id\n,1\n", "line 2: has no name"),
        (b"name,from\nAda Marsh,spring\n", "line 2: 'spring' is no date"),
        (b"name\nZo\xeb\n", "is not UTF-8"),
        (b'name\n"Ada\n', "is no CSV"),
    ],
)
def test_a_bad_list_is_one_clear_line(tmp_path: Path, text: bytes, why: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text)
    with pytest.raises(BadUsage, match=why):
        read_people(path)


def test_lines_of_one_person_are_one(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "\ufeffName,Wikidata,role,from\nAda Marsh,Q7,mayor,2020\n\n,,,\nADA MARSH,Q7,senator,2024\n", encoding="utf8"
    )
    (one,) = read_people(path)
    assert (one.external, [t["role"] for t in one.terms], one.line) == ({"wikidata": "Q7"}, ["mayor", "senator"], 2)
