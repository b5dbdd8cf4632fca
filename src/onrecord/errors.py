"""Everything that can go wrong, and whom it stops.

    OnrecordError
    ├── SkippedInput        one input is left out, the others go on
    │   ├── UnreadableInput     the file is absent, binary, in no known encoding
    │   ├── NotAnArticle        the page or row holds no article text
    │   └── BadText             the text is empty, no string, or not valid Unicode
    └── StoppedRun          nothing can be done
        ├── BadUsage            an option or a value makes no sense
        ├── BrokenModel         a model folder is incomplete, damaged or of another version
        ├── BadArchive          the file is no archive, damaged, of a later version, locked, or cannot be written
        ├── UnknownId           the archive holds nothing of this id
        └── MissingExtra        a part of onrecord that is not installed

    OnrecordWarning         an input was read, but not all of it as it should be

Every message says what was wrong, where, and what to do, in one line.
"""


class OnrecordError(Exception):
    """The root: catch it to catch whatever onrecord raises on purpose."""


class SkippedInput(OnrecordError):
    """One input cannot be read; the others can. `label` names it, `why` says what is wrong."""

    def __init__(self, label: str, why: str) -> None:
        super().__init__(f"{label}: {why}")
        self.label = label
        self.why = why


class UnreadableInput(SkippedInput):
    """The file is absent, may not be read, is binary or in no known encoding."""


class NotAnArticle(SkippedInput):
    """The page, row or file was read but holds no article's text."""


class BadText(SkippedInput):
    """The text is empty, not a string, or not valid Unicode."""


class StoppedRun(OnrecordError):
    """The whole run cannot go on."""


class BadUsage(StoppedRun):
    """An option or a value makes no sense."""


class BrokenModel(StoppedRun):
    """A model folder is incomplete, damaged, or of a version that this onrecord cannot read."""


class BadArchive(StoppedRun):
    """The file is no archive of onrecord's, is damaged, locked, of a later version, or cannot be read or written."""


class UnknownId(StoppedRun):
    """The archive holds no article, statement or other thing of this id."""


class MissingExtra(StoppedRun):
    """A part of onrecord is not installed; the message names the command that installs it."""

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} needs the extra [{extra}]: pip install 'onrecord[{extra}]'")
        self.extra = extra


class OnrecordWarning(UserWarning):
    """An input was read, but not all of it as it should be; the message names the input."""
