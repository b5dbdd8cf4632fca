"""The tags of the reader: each word is outside, or begins or continues a source, a cue or a content. Beside them,
whether it belongs to a name, and of what.

One tag a word is enough: among 19,822 attributions of PolNeAR's training part, spans of different roles share no
word but one, and contents of different attributions overlap nine times.
"""

OUTSIDE = 0
SOURCE, CUE, CONTENT = "source", "cue", "content"
BEGIN = {SOURCE: 1, CUE: 3, CONTENT: 5}
INSIDE = {SOURCE: 2, CUE: 4, CONTENT: 6}
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")

KINDS = ("person", "organization", "place", "other")
NOUNS = ("person noun", "group noun")  # the head of a description: "the senator", "her campaign"
NAMES = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"), *NOUNS)


def may_follow(before: int, after: int) -> bool:
    """Whether a tag may stand after another: a span is continued only where it was begun."""
    return after not in INSIDE.values() or before in (after, after - 1)
