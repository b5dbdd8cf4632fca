"""Checking quotations against transcripts: what was said, word by word, and what became of it."""

from onrecord.check.checking import NO_STATEMENT, Checked, Part, check, check_words
from onrecord.check.index import Index
from onrecord.check.kept import joined, open_index
from onrecord.check.proof import Proof, prove
from onrecord.check.transcripts import Transcript, open_transcripts
from onrecord.check.verdicts import NEEDS_EDITOR, VERDICTS

UNCHECKED = ("not checkable", NO_STATEMENT)  # what `--require-all` does not let pass

__all__ = [
    "NEEDS_EDITOR",
    "NO_STATEMENT",
    "UNCHECKED",
    "VERDICTS",
    "Checked",
    "Index",
    "Part",
    "Proof",
    "Transcript",
    "check",
    "check_words",
    "joined",
    "open_index",
    "open_transcripts",
    "prove",
]
