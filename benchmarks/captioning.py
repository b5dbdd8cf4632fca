"""A debate as a machine's captions would have it, for benchmarks/check.py: a stand-in, made from the clean transcript.

Two lines roll through each cue, the new one with a time for each word, in small letters and without punctuation; of the
words, a share is misheard: another word of the same transcript that sounds alike stands there.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.check import Transcript

LINE = 8  # words of a caption's line
SECONDS = 0.35  # of a word
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SOUNDS = str.maketrans("bpfvcgjkqsxzdtlmnr", "111122222222334556")


def heard(transcript: Transcript, misheard: float, rng: random.Random) -> tuple[str, int]:
    """The captions as WebVTT, and how many words were misheard. `misheard`: the share of words, 0 to 1."""
    said = [w.lower().replace("’", "'") for w in _WORD.findall(transcript.spoken)]
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(said)):
        alike[_key(word)].append(word)
    wrong = 0
    for n, word in enumerate(said):
        others = [w for w in alike[_key(word)] if w != word]
        if others and rng.random() < misheard * 1.3:  # some words sound like no other
            said[n], wrong = rng.choice(others), wrong + 1
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "".join(_cues(said)), wrong


def _cues(said: Sequence[str]) -> Iterator[str]:
    before = " "
    for first in range(0, len(said), LINE):
        line = said[first : first + LINE]
        start, end = first * SECONDS, (first + len(line)) * SECONDS
        timed = line[0] + "".join(f"<{_stamp((first + n) * SECONDS)}><c> {w}</c>" for n, w in enumerate(line[1:], 1))
        plain = " ".join(line)
        yield f"{_stamp(start)} --> {_stamp(end - 0.01)} align:start position:0%\n{before}\n{timed}\n\n"
        yield f"{_stamp(end - 0.01)} --> {_stamp(end)} align:start position:0%\n{plain}\n \n\n"
        before = plain


def _stamp(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def _key(word: str) -> str:
    """What a word sounds like (after Russell's Soundex, 1918): its first letter and its consonants."""
    return word[0] + re.sub(r"(.)\1+", r"\1", re.sub(r"[^1-6]", "", word[1:].translate(_SOUNDS)))
