"""The benchmarks' generator: what it makes must be records, or every figure at scale is of something else."""

import importlib.util
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.archive import Archive
from onrecord.archive.queries import Query

PATH = Path(__file__).parent.parent / "benchmarks" / "generator.py"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generator", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generator"] = module
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_records(generator):
    first, again, other = (list(islice(generator.News(seed).records(400), 20)) for seed in (1, 1, 2))
    assert first == again != other
    days = [record.article.published[:10] for record in first]
    assert days == sorted(days)


def test_what_it_says_stands_in_the_text(generator):
    for record in generator.News(3).records(600):
        text = record.article.text
        for s in record.statements:
            words = text[s.content[0].start : s.content[0].end]
            assert words.startswith("“") == (s.kind == "direct")
            assert [text[a:b][0] for a, b in s.quotations] == ["“"] * len(s.quotations)
            assert all(a <= c and d <= b for c, d in s.quotations for a, b in s.content)
            assert text[s.cue[0].start : s.cue[0].end].isalpha()
        for speaker in record.speakers:
            assert all(text[a:b] in (speaker.name, *speaker.aliases) for a, b in speaker.mentions if speaker.name)


def test_an_archive_of_it_holds_the_families(generator, tmp_path):
    news = generator.News(1)
    made = generator.write(tmp_path / "news.db", news, 3000)
    with Archive(tmp_path / "news.db") as archive:
        found = archive.stats()
        ids = {id for (id,) in archive.connection.execute("SELECT id FROM statement")}
        assert found.statements.by_article == made >= 3000
        assert found.stories < found.articles
        assert len(archive.find(Query("the")).hits) == 20
    assert {v.statement for v in news.families} <= ids
    assert {v.change for v in news.families} == {"whole", "trimmed", "elided", "altered"}
