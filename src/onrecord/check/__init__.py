"""Checking quotations against transcripts: what was said, word by word, and what became of it."""

from onrecord.check.checking import NO_STATEMENT, Checked, Part, check, check_words
from onrecord.check.index import Index
from onrecord.check.kept import open_index
from onrecord.check.transcripts import Transcript, open_transcripts
from onrecord.check.verdicts import NEEDS_EDITOR, VERDICTS

__all__ = [
    "NEEDS_EDITOR",
    "NO_STATEMENT",
    "VERDICTS",
    "Checked",
    "Index",
    "Part",
    "Transcript",
    "check",
    "check_words",
    "open_index",
    "open_transcripts",
]
