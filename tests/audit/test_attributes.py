from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.archive.folding import fold
from onrecord.audit import audit, read_attributes
from onrecord.errors import BadUsage

from .test_audit import ROWS, said, values


@pytest.fixture
def people(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def written(text: str | bytes) -> Path:
        path = tmp_path / "people.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_by_a_newsrooms_own_table(people):
    table = read_attributes(people("Name,party,age\nADA,Harbour,\nNobody,Harbour,50\n"), fold)
    found = audit(ROWS, attributes=table)
    assert {n: line["statements"] for n, line in values(found, "by party").items()} == {
        "Harbour": 2,
        "not in the table": 1,
        "unnamed sources": 2,
        "could not be told": 1,
    }
    assert values(found, "by age")["not in the table"]["statements"] == 3  # an empty cell tells nothing
    assert (found.absent, found.several) == (("Nobody",), ())


def test_the_table_may_begin_with_a_mark_and_have_blank_lines(people):
    table = read_attributes(people("\ufeffname,party\n\nAda,Harbour\n,\n"), fold)
    assert [one.line for one in table.names.values()] == [3]


def test_identities_go_before_names(people):
    rows = [said(1, "Ada", key="i1", ids=("i1", "Q42")), said(2, "Ada")]
    by_id = read_attributes(people("identity,party\nQ42,Harbour\n"), fold)
    assert values(audit(rows, attributes=by_id), "by party")["Harbour"]["statements"] == 1


def test_a_name_that_several_have_is_given_to_none(people):
    rows = [said(1, "Ada", key="i1", ids=("i1",)), said(2, "Ada")]
    found = audit(rows, attributes=read_attributes(people("name,party\nAda,Harbour\n"), fold))
    assert found.several == ("Ada",)
    assert "Harbour" not in values(found, "by party")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column 'name'"),
        ("party\nHarbour\n", "no column 'name'"),
        ("name\nAda\n", "no column beside the names"),
        ("name,party,party\nAda,a,b\n", "two columns of one name"),
        ("name,,party\nAda,a,b\n", "a column without a name"),
        ("name,party\nAda,a,b\n", "line 2: has more cells"),
        ("name,party\nAda,a\nBo,b\nÁDA,c\n", "line 4: ÁDA stands in line 2 already"),
        ("identity,party\ni1,a\ni1,b\n", "line 3: i1 stands in line 2 already"),
        ("name,party\n,a\n", "line 2: has no name"),
        ("name,party\nAda,Høyre\n".encode("latin-1"), "is not UTF-8"),
        ('name,party\nAda,"a\n', "is no CSV"),
    ],
)
def test_a_bad_table_is_told_in_one_line(people, text, why):
    with pytest.raises(BadUsage, match=why) as e:
        read_attributes(people(text), fold)
    assert "\n" not in str(e.value)
