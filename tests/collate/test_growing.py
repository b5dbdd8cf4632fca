import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate import Said
from onrecord.collate.grouping import components
from onrecord.collate.growing import Before, Touched, touched
from onrecord.collate.said import DIRECT, INDIRECT, Sayings
from onrecord.collate.voices import NOBODY, Voice

from .test_grouping import BACK, DAY, FRONT, MARSH, OTHER, WHOLE, said

CROWD = [MARSH, NOBODY, *(Voice((f"{n} {n}son",)) for n in "abcdefg")]
WORDS = [s.split() for s in (WHOLE, FRONT, OTHER, f"{BACK} {OTHER}", "our thoughts and prayers are with the families")]


def grown(before: list[Said], after: list[Said]) -> tuple[Touched, bool]:
    """What a change touches, and whether the components are then the same as from scratch."""
    stories = {s.story for s in before if s not in after} | {s.story for s in after if s not in before}
    gone = Sayings.of(s for s in before if s not in after)
    old, now = list(components(Sayings.of(before))), Sayings.of(after)
    known = Before(
        np.array([k for c in old for k in c.keys], np.int64), np.repeat(np.arange(len(old)), [len(c.keys) for c in old])
    )
    what = touched(now, np.array([s.story in stories for s in after], bool), gone, known)
    beside = np.flatnonzero(what.beside)
    new = list(components(now.taken(beside), within=what.again[beside]))
    kept = [c for n, c in enumerate(old) if n not in what.components]
    scratch = components(now)
    return what, sorted(map(repr, (*kept, *new))) == sorted(map(repr, scratch))


@st.composite
def changed(draw: st.DrawFn) -> tuple[list[Said], list[Said]]:
    found = []
    for _ in range(draw(st.integers(2, 40))):
        words = draw(st.sampled_from(WORDS))
        start = draw(st.integers(0, len(words) - 4))
        cut = " ".join(words[start : start + draw(st.integers(4, len(words)))])
        day, story = DAY + draw(st.sampled_from([0, 1, 40])), draw(st.sampled_from([None, None, None, 1, 2]))
        kind = draw(st.sampled_from([DIRECT, DIRECT, INDIRECT]))
        found.append(said(cut, draw(st.sampled_from(CROWD)), day, story, kind))
    when = draw(st.lists(st.sampled_from(["before", "after", "both", "both", "both"]), min_size=40, max_size=40))
    return tuple([s for s, w in zip(found, when, strict=False) if w != other] for other in ("after", "before"))  # type: ignore[return-value]


@settings(max_examples=300, deadline=None)
@given(changed())
def test_what_is_not_touched_is_as_it_would_be_from_scratch(change: tuple[list[Said], list[Said]]) -> None:
    assert grown(*change)[1]


def test_one_more_speaker_makes_a_run_a_set_phrase() -> None:
    phrase = "our thoughts and prayers are with the families of the victims tonight"
    people = [said(phrase, who) for who in CROWD[2:7]]
    pair = [people[0], said(phrase, CROWD[2], DAY + 1)]
    what, same = grown([*pair, *people[1:3]], [*pair, *people[1:4]])
    assert same
    assert what.again.all()
    assert grown([*pair, *people[1:4]], [*pair, *people[1:3]])[1]  # and one less, none any more


def test_a_set_phrase_that_remains_one_touches_nobody() -> None:
    phrase = "our thoughts and prayers are with the families of the victims tonight"
    before = [said(f"{phrase} and {n}", who) for n, who in enumerate(CROWD[2:9])]
    new = said(f"{phrase} and more", MARSH)
    what, same = grown(before, [*before, new])
    assert same
    assert what.again.tolist() == [False] * len(before) + [True]


def test_only_what_shares_words_is_touched() -> None:
    ferry, council = [said(WHOLE), said(FRONT)], [said(OTHER), said(OTHER, day=DAY + 1)]
    what, same = grown([*ferry, *council], [*ferry, *council, said(BACK)])
    assert same
    assert what.again.tolist() == [True, True, False, False, True]
