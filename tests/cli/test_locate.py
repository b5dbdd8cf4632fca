import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from lxml import etree

from .records import TEXT
from .test_show import HTML, ID, KEPT, held

__all__ = ["held"]


def places(run: Callable[..., Result], held: str, *args: str) -> list[dict[str, Any]]:
    done = run("locate", *args, "--format", "json", "--archive", held)
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["places"]
    return found


def test_what_is_exact_stands_there_letter_for_letter(run, held):
    tree = etree.fromstring(HTML, etree.HTMLParser(encoding="utf-8"))
    found = places(run, held, "s2", "--all")
    assert [p["part"] for p in found] == ["content", "content", "source"]
    for place in found:
        assert place["sure"] == "exact"
        for piece in place["pieces"]:
            (node,) = tree.xpath(piece["path"])
            at = piece["at"]
            assert str(node)[at["start"] : at["end"]] == TEXT[piece["start"] : piece["end"]]
        assert place["link"].startswith("https://harwick.example/bridge.html#:~:text=")
    assert [p["part"] for p in places(run, held, "s2")] == ["content", "content"]


def test_the_page_for_people(run, held):
    done = run("locate", "s3", "--archive", held)
    assert "content: that the town had known of the cracks since 2019" in done.stdout
    assert "\n  exact\n" in done.stdout
    assert "/text()[1]\n" in done.stdout
    assert "#:~:text=that%20the%20town" in done.stdout


def test_the_marked_page_is_not_written_over_another(run, held, tmp_path):
    out = tmp_path / "marked.html"
    assert run("locate", "s3", "--page", str(out), "--archive", held).exit_code == 0
    page = out.read_text("utf8")
    assert "that the town had known of the cracks since 2019</mark>" in page
    out.write_text("mine")
    done = run("locate", "s3", "--page", str(out), "--archive", held)
    assert (done.exit_code, out.read_text()) == (2, "mine")
    assert "--force" in done.stderr
    assert run("locate", "s3", "--page", str(out), "--force", "--archive", held).exit_code == 0
    assert out.read_text("utf8") == page


@pytest.mark.parametrize("given", [ID, "s0000", "x", KEPT.article.url])
def test_only_statements_have_a_place(run, held, given):
    done = run("locate", given, "--archive", held)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
