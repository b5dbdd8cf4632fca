"""The index in a file: trusted where nothing has changed, and never else."""

import os
from pathlib import Path

import pytest

from onrecord.check import Index, check_words, kept, open_index
from onrecord.check.index import Kept

from .made import transcript

SAID = "The herring are back in the nets of our fishermen"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "FEWEST_WORDS", 10)
    transcript(tmp_path)
    transcript(tmp_path, "2026-03-09-council.said", f"Anna Marsh: {SAID}. We thank the wind.\n")
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often an index was built."""
    times: list[int] = []
    build = Index._built

    def counted(self: Index) -> Kept:
        times.append(1)
        return build(self)

    monkeypatch.setattr(Index, "_built", counted)
    return times


def verdict(folder: Path, words: str = SAID) -> str:
    index, skipped = open_index([folder])
    assert not skipped
    return check_words(words, "Anna Marsh", index).verdict


def test_the_second_time_it_is_not_built(folder: Path, built: list[int]) -> None:
    assert [verdict(folder), verdict(folder)] == ["verbatim", "verbatim"]
    assert (folder / kept.NAME).stat().st_mode & 0o044
    assert len(built) == 1
    assert verdict(folder, "The harbour fund holds 240,000 dollars") == "verbatim"
    assert len(built) == 1


def test_a_change_of_the_folder_builds_it_anew(folder: Path, built: list[int]) -> None:
    verdict(folder)
    transcript(
        folder, "2026-03-09-council.said", f"Anna Marsh: {SAID.replace('herring', 'salmon')}. We thank the wind.\n"
    )
    assert verdict(folder) == "altered"
    transcript(folder, "2026-03-10-council.said", f"Anna Marsh: {SAID}.\n")
    assert verdict(folder) == "verbatim"
    (folder / "2026-03-10-council.said").unlink()
    assert verdict(folder) == "altered"
    assert len(built) == 4


def test_the_same_size_at_another_time_is_another_file(folder: Path, built: list[int]) -> None:
    verdict(folder)
    file = folder / "2026-03-09-council.said"
    before = file.stat()
    file.write_text(file.read_text().replace("herring", "sardine"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
    assert file.stat().st_size == before.st_size
    assert verdict(folder) == "altered"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no more", b"no archive at all"])
def test_a_damaged_file_is_replaced(folder: Path, built: list[int], damage: bytes) -> None:
    verdict(folder)
    file = folder / kept.NAME
    file.write_bytes(damage)
    assert verdict(folder) == "verbatim"
    assert verdict(folder) == "verbatim"
    assert len(built) == 2


def test_where_nothing_can_be_written_it_works_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert verdict(folder) == "verbatim"
    assert not (folder / kept.NAME).exists()


def test_few_words_and_single_files_leave_nothing_behind(tmp_path: Path) -> None:
    transcript(tmp_path)
    open_index([tmp_path])
    open_index([tmp_path / "2026-03-02-council.said"])
    assert [p.name for p in tmp_path.iterdir()] == ["2026-03-02-council.said"]


def test_nothing_is_left_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez", broken)
    assert verdict(folder) == "verbatim"
    assert {p.suffix for p in folder.iterdir()} == {".said"}
