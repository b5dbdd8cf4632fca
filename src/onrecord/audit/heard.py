"""What an audit counts: a row for each statement and each of those who made it."""

from typing import NamedTuple

from onrecord.record import Kind, SpeakerKind


class Heard(NamedTuple):
    """One statement of one of its speakers; of a joint statement there is a row for each.

    `story` and `wording`: statements that have both in common are the same words in copies of one story. `key`: who
    speaks, the same across articles; None where the article leaves them unnamed, or it could not be told who they are
    (`speaker` is None then). `name` as the article has it, and `called` in the form in which names are compared; `ids`:
    of the speaker's identity, its own id and those of a user's list. `day`: ISO 8601, as far as it is known. `words`:
    how many the content has. `first`, `last`: of all that is said or written in the article. `cue`: the lemma of the
    cue, None where no word marks the statement as one. `reason`: why an unnamed source is not named, in the article's
    words. `joint`: whether it has several speakers.
    """

    statement: str
    article: str
    story: str
    wording: int
    kind: Kind
    words: int
    outlet: str | None = None
    day: str | None = None
    key: str | None = None
    name: str | None = None
    called: str | None = None
    speaker: SpeakerKind | None = None
    ids: tuple[str, ...] = ()
    first: bool = False
    last: bool = False
    cue: str | None = None
    reason: str | None = None
    joint: bool = False
