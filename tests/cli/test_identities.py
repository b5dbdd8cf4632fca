import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.archive import Archive
from onrecord.cli import onrecord
from tests.archive.test_identities import told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for one in (told(1, "mayor of Elm"), told(2, "Elm mayor"), told(3), told(4, name="Olu Vries")):
            archive.put(one)
    return tmp_path / "a.db"


def run(path: Path, *arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(onrecord, ["identities", "--archive", str(path), *arguments])
    return found.exit_code, found.stdout, found.stderr


def rows(path: Path, *more: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in run(path, "--format", "jsonl", *more)[1].splitlines()]


def test_it_lists_who_is_one_and_who_may_be_with_reasons(path: Path) -> None:
    sure, maybe = rows(path)
    assert (sure["name"], sure["state"], sure["applied"], len(sure["speakers"])) == ("Ada Marsh", "certain", False, 2)
    assert maybe["perhaps"] == [{"id": sure["id"], "why": "the same full name, a role is not told"}]
    code, page, _ = run(path)
    assert code == 0
    assert page.splitlines()[0].startswith("Ada Marsh, ")
    assert "certain, not applied yet · 2 articles · 2 outlets" in page
    assert f"perhaps Ada Marsh ({maybe['id']}, 1 article)\n  the same full name, a role is not told" in page
    assert "Vries" not in page


def test_apply_judge_and_undo(path: Path) -> None:
    assert run(path, "--apply")[1] == "1 identity, 1 of them new, of 2 speakers in articles\n"
    sure, maybe = rows(path)
    code, out, err = run(path, "--same", sure["id"], maybe["id"], "--as", "Mia", "--why", "she told me")
    assert (code, err) == (0, "")
    assert out.startswith("judged to be one; take it back with: onrecord identities --undo j")
    (one,) = rows(path)
    assert (one["state"], one["applied"], len(one["speakers"])) == ("judged", True, 3)
    assert [(j["by"], j["why"]) for j in one["judgements"]] == [("Mia", "she told me")]
    assert "judged to be one by Mia on " in run(path)[1]
    judgement = out.split()[-1]
    assert run(path, "--undo", judgement) == (0, f"{judgement} is taken back\n", "")
    assert len(rows(path)) == 2
    article = sure["speakers"][0]["article"]
    assert run(path, "--different", sure["id"], article, "--as", "Mia")[0] == 0
    assert max(len(r["speakers"]) for r in rows(path)) == 1
    assert run(path, "--confirm", maybe["id"], "--as", "Mia")[1].startswith("confirmed; ")


def test_import_says_who_is_confirmed_and_who_has_a_rival(path: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,wikidata\nAda Marsh,Q7\nOlu Vries,Q8\nOlu Vries,Q9\nIda Wren,Q1\n", encoding="utf8")
    code, out, err = run(path, "--import", str(people), "--as", "Mia")
    assert (code, out) == (
        0,
        "4 people on the list: 1 confirmed, 0 were before, 2 with a rival, 1 not in the archive\n",
    )
    assert "people.csv, line 3: Olu Vries is not confirmed: Olu Vries of line 4 has the name too" in err
    assert err.count("\n") == 2
    assert "wikidata Q7" in run(path)[1]
    found = CliRunner().invoke(
        onrecord, ["find", "mended", "--archive", str(path), "--speaker", "Ada Marsh", "--format", "jsonl"]
    )
    speakers = [json.loads(line)["speakers"][0] for line in found.stdout.splitlines()]
    assert [s["external"] for s in speakers] == [{"wikidata": "Q7"}] * 3
    assert {s["identity"] for s in speakers} == {rows(path)[0]["id"]}


def test_a_name_and_a_limit(path: Path) -> None:
    assert rows(path, "Vries") == []
    assert run(path, "Vries")[1] == "nobody called Vries is like anybody else\n"
    assert len(rows(path, "marsh")) == 2
    with Archive(path, write=True) as archive:
        archive.put(told(5, name="Olu Vries"))
    assert "the first 1 of 2; more with --limit" in run(path, "--limit", "1")[2]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--same", "i111", "i222"), "name who judges with --as"),
        (("--same", "i111", "i222", "--as", "Mia"), "there is no identity 'i111'"),
        (("--apply", "--undo", "j1"), "one of --apply"),
        (("--undo", "j1"), "there is no judgement 'j1'"),
    ],
)
def test_wrong_usage_is_one_clear_line(path: Path, arguments: tuple[str, ...], why: str) -> None:
    code, out, err = run(path, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert why in err


def test_an_identity_counts_in_every_command(path: Path, tmp_path: Path) -> None:
    def call(*arguments: str) -> str:
        done = CliRunner().invoke(onrecord, [*arguments, "--archive", str(path)])
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout

    sure, maybe = rows(path)
    page = call("show", maybe["id"][:6])  # not applied: what is known of it, and whom it may be, but nothing is found
    assert "suggested" in page or "single" in page
    assert f"({sure['id']}, 2 articles)" in page
    assert "find --speaker" not in page
    run(path, "--same", sure["id"], maybe["id"], "--as", "Mia", "--why", "she told me")
    own = rows(path)[0]["id"]
    hits = [json.loads(line) for line in call("find", "--speaker", own, "--format", "jsonl").splitlines()]
    assert [h["speakers"][0]["identity"] for h in hits] == [own] * 3
    cells = call("find", "--speaker", own, "--format", "csv").splitlines()
    assert cells[0].split(",")[4:7] == ["speaker", "identity", "external"]
    assert [line.split(",")[5] for line in cells[1:]] == [own] * 3
    assert call("speakers", "marsh", "--format", "jsonl").count('"name"') == 1
    assert own in call("speakers", "marsh")
    page = call("show", own)
    for part in ("judged to be one by Mia", "she told me", "called       Ada Marsh (3)", "Paper 1, 1 March 2026"):
        assert part in page
    assert page.count("We have mended engine") == 3
    found = json.loads(call("show", own, "--format", "json"))
    assert (found["id"], found["like"], len(found["latest"])) == (own, [], 3)
    call("export", "--to", "jsonl", "--out", str(tmp_path / "said"), "--speaker", own)
    said = [json.loads(line) for line in (tmp_path / "said" / "statements.jsonl").read_text("utf8").splitlines()]
    assert [s["identity"] for s in said] == [[own]] * 3


def test_an_utterance_is_shown_by_its_id(path: Path) -> None:
    call = CliRunner().invoke
    assert call(onrecord, ["collate", "--archive", str(path)]).exit_code == 0
    listed = call(onrecord, ["utterances", "--min-variants", "1", "--format", "jsonl", "--archive", str(path)])
    first = listed.stdout.splitlines()[0]
    own = json.loads(first)["id"]
    assert call(onrecord, ["show", own, "--format", "jsonl", "--archive", str(path)]).stdout == first + "\n"
    page = call(onrecord, ["show", own[:8], "--archive", str(path)]).stdout
    assert page == call(onrecord, ["show", own, "--archive", str(path)]).stdout
    assert own in page
    for odd in ("u0000", "i0000", "u0"):
        done = call(onrecord, ["show", odd, "--archive", str(path)])
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    done = call(onrecord, ["show", "--raw", own, "--archive", str(path)])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
