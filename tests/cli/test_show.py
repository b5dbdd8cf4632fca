import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.context import sentence_around
from onrecord.article import Span
from onrecord.cli.page import render
from onrecord.record import Record

from .records import ARTICLE, RECORD, TEXT

HTML = (
    "<html><body><article>" + "".join(f"<p>{p}</p>\n" for p in TEXT.split("\n\n")) + "</article></body></html>"
).encode()
KEPT = replace(
    RECORD, article=replace(ARTICLE, url="https://harwick.example/bridge.html", raw=HTML, media="text/html", id="")
)
ID = KEPT.article.id


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(KEPT)
    return str(path)


def test_an_article_is_the_page_that_read_gives_and_how_it_stands(run, held):
    page, _, facts = run("show", ID[:6], "--archive", held).stdout.rpartition("\n\n")
    assert page == render(KEPT, 80, False, False)
    assert facts.startswith(f"{ID} · story y{ID[1:]} · read ")
    assert run("show", KEPT.article.url, "--archive", held).stdout.startswith(page)
    assert "only felt" in run("show", ID, "--all-acts", "--archive", held).stdout


def test_an_articles_json_is_the_record_byte_for_byte(run, held):
    assert run("show", ID, "--format", "json", "--archive", held).stdout_bytes == KEPT.to_json().encode() + b"\n"
    assert Record.from_json(run("show", ID, "--format", "jsonl", "--archive", held).stdout) == KEPT


def test_a_statement_with_all_that_is_known_of_it(run, held):
    with Archive(held, write=True) as archive:
        archive.judge("s5", "speaker", "ada", "Mia Quist", "heard her")
    done = run("show", "s5", "--archive", held)
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    for part in (
        "not said: that the ferry would be free",
        "She never said that the ferry would be free, according to a senior official who asked not to be named",
        "“She” → Elena Ruiz (pronoun)",
        "of the words 0.97, of the speaker 0.95",
        "another speaker: Mia Quist, by ada",
        f"s5 · article {ID}",
        "https://harwick.example/bridge.html#:~:text=that%20the%20ferry%20would%20be%20free",
    ):
        assert part in words, part
    assert "the tender is open" in words
    assert "1 statement by" not in words


def test_a_statements_json(run, held):
    found = json.loads(run("show", "s3", "--format", "json", "--archive", held).stdout)
    assert found["statement"] == RECORD.to_dict()["statements"][2]
    assert found["words"]["content"] == ["that the town had known of the cracks since 2019"]
    assert found["sentence"] == "Ruiz denied that the town had known of the cracks since 2019."
    assert [s["id"] for s in found["speakers"]] == ["p1"]
    assert found["article"]["outlet"] == ARTICLE.outlet
    assert "text" not in found["article"]


def test_a_story(run, held):
    with Archive(held, write=True) as archive:
        other = replace(
            KEPT.article, outlet="The \x1b[2JPost", published="2026-03-05", url="https://post.example/b", id=""
        )
        archive.put(replace(KEPT, article=other, statements=()))
    story = "y" + min(ID, other.id)[1:]
    done = run("show", story, "--archive", held)
    assert done.stdout.startswith(f"Story {story}: 2 articles at 2 outlets\n")
    assert done.stdout.index(other.id) < done.stdout.index(ID, 30)
    assert "\x1b" not in done.stdout
    found = json.loads(run("show", story[:7], "--format", "json", "--archive", held).stdout)
    assert [a["id"] for a in found["articles"]] == [other.id, ID]


def test_judgements_to_look_at(run, held):
    none = run("show", "--review", "--archive", held)
    assert (none.exit_code, none.stdout) == (0, "no judgement needs a look\n")
    with Archive(held, write=True) as archive:
        judged = archive.judge("s4", "right", "ada")
        newer = replace(KEPT.model, version="2")
        archive.put(replace(KEPT, statements=KEPT.statements[:3], model=newer))
    done = run("show", "--review", "--archive", held)
    assert judged in done.stdout
    assert "look at it: the words are there, but are read otherwise" in done.stdout
    (row,) = json.loads(run("show", "--review", "--format", "json", "--archive", held).stdout)
    assert (row["id"], row["statement"]) == (judged, None)
    assert judged in run("show", judged[:8], "--archive", held).stdout
    with Archive(held, write=True) as archive:
        archive.take_back(judged)
    assert "was taken back" in run("show", judged, "--archive", held).stderr


def test_the_bytes_of_the_page(run, held):
    assert run("show", "--raw", ID, "--archive", held).stdout_bytes == HTML
    assert run("show", "--raw", "s1", "--archive", held).stdout_bytes == HTML


def test_what_is_missing_is_named_and_the_others_are_shown(run, held):
    done = run("show", "a0000", ID, "--archive", held)
    assert done.exit_code == 1
    assert ID in done.stdout
    assert len(done.stderr.splitlines()) == 1
    done = run("show", "a0000", "--archive", held)
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.parametrize(
    "args",
    [[], ["--raw"], ["--raw", "a", "b"], ["--review", "a"], ["--raw", "--versions", "a"], ["--format", "xml", "a"]],
)
def test_wrong_usage(run, held, args):
    done = run("show", *args, "--archive", held)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


def test_no_archive(run, tmp_path):
    done = run("show", "a1234", "--archive", str(tmp_path / "none.db"))
    assert done.exit_code == 2
    assert "there is no archive here" in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("It rained", "It rained."),
        ("Dr. Lund came", "Then Dr. Lund came, and left!"),
        ("rained. Then", "It rained. Then Dr. Lund came, and left!"),
        ("End", "End"),
    ],
)
def test_the_sentence_around(words, sentence):
    text = "It rained. Then Dr. Lund came, and left!\n\nEnd"
    start, end = sentence_around(text, Span(text.index(words), text.index(words) + len(words)))
    assert text[start:end] == sentence


def test_the_address_of_a_storys_article_is_never_broken(run, tmp_path):
    long = "https://harwick.example/" + "/".join(f"a-long-part-of-an-address-{n}" for n in range(9)) + ".html"
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.put(replace(KEPT, article=replace(KEPT.article, url=long, id="")))
        (own,) = archive.connection.execute("SELECT id FROM article").fetchone()
    assert long in run("show", f"y{own[1:]}", "--archive", str(tmp_path / "news.db")).stdout
