"""What an archive weighs beside its texts, with statements as dense as in news: the floor of `benchmarks/add.py`."""

import random

from onrecord.archive import Archive

from .made import record
from .test_stories import text

FOUR_TIMES = 4


def test_the_file_is_at_most_four_times_the_texts(tmp_path):
    path, chosen, size = tmp_path / "news.db", random.Random(3), 0
    with Archive(path, create=True) as archive:
        for n in range(150):
            whole = text(n, 770)
            size += len(whole.encode())
            sentences = whole.split(". ")
            said = [(s, chosen.choice(("Ada Marsh", "Olu Vries", None))) for s in sentences[1:-1:3]]
            archive.put(record(whole, said, url=f"https://a.example/{n}"))
    assert path.stat().st_size < FOUR_TIMES * size
