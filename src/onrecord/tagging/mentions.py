"""From scores to the names of a window, and the main words of its descriptions of people and bodies."""

from collections.abc import Iterator

import numpy as np

from onrecord.record import Mention
from onrecord.tagging.chain import Floats
from onrecord.tagging.labels import KINDS, NAMES, NOUNS, OUTSIDE
from onrecord.tagging.windows import Window

FIRST_NOUN = len(NAMES) - len(NOUNS)
ALSO = 0.25  # a word beside a name that is so probably of it belongs to it: half a name is worse than a word too many


def mentions(window: Window, scores: Floats) -> Iterator[Mention]:
    """scores: (words, name tags). Each word has its likeliest tag; words of one kind side by side are one name."""
    top = scores.max(axis=-1, keepdims=True)
    shares = np.exp(scores - top)
    shares /= shares.sum(axis=-1, keepdims=True)
    tags = scores.argmax(axis=-1)
    tags[window.borders] = OUTSIDE
    at = np.flatnonzero(tags).tolist()
    n = 0
    free = tags == OUTSIDE
    while n < len(at):
        first = last = at[n]
        tag = int(tags[first])
        n += 1
        if tag >= FIRST_NOUN:
            place = int(window.starts[first]), int(window.ends[first])
            yield Mention(*place, NAMES[tag], round(float(shares[first, tag]), 3))
            continue
        kind = (tag - 1) // 2
        begin = 2 * kind + 1
        of_kind = shares[:, begin : begin + 2].sum(axis=-1)
        while n < len(at) and at[n] == last + 1 and int(tags[at[n]]) == begin + 1:
            last = at[n]
            n += 1
        sure = float(of_kind[first : last + 1].min())
        while first > 1 and free[first - 1] and of_kind[first - 1] >= ALSO and not window.borders[first - 1]:
            first -= 1
        while last + 2 < len(free) and free[last + 1] and of_kind[last + 1] >= ALSO and not window.borders[last + 1]:
            last += 1
        yield Mention(int(window.starts[first]), int(window.ends[last]), KINDS[kind], round(sure, 3))
