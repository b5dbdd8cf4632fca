import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate import Said, group
from onrecord.collate.grouping import components
from onrecord.collate.said import DIRECT, INDIRECT, Sayings, mark, numbered
from onrecord.collate.voices import NOBODY, Voice

MARSH, VRIES, QUIST = Voice(("ada marsh",)), Voice(("olu vries",)), Voice(("mia quist",))
WHOLE = (
    "We have mended both engines of the old ferry and painted her hull. She will carry forty lorries to the island "
    "every morning, and nobody will have to wait for the tide again."
)
FRONT = "We have mended both engines of the old ferry and painted her hull."
BACK = "She will carry forty lorries to the island every morning, and nobody will have to wait for the tide again."
OTHER = "The council never asked the fishermen what a new quay would do to the herring market in spring."
DAY = 738_000


def said(
    words: str,
    voice: Voice = MARSH,
    day: int = DAY,
    story: int | None = None,
    kind: int = DIRECT,
    relays: Voice = NOBODY,
) -> Said:
    """A statement; each is another, and in a story of its own unless it is told."""
    told = (words, voice, day, story, kind, relays, said.count)  # type: ignore[attr-defined]
    said.count += 1  # type: ignore[attr-defined]
    name = mark(repr(told).encode())
    return Said(name, name, kind, numbered(words), voice, relays, day, name if story is None else story)


said.count = 0  # type: ignore[attr-defined]


def groups(found: Iterable[Said]) -> set[frozenset[int]]:
    return {frozenset(m.key for m in u.members) for u in group(found)}


def together(*found: Said) -> bool:
    return groups(found) == {frozenset(s.key for s in found)}


@pytest.mark.parametrize(
    "variant",
    [
        FRONT,
        BACK,
        "nobody will have to wait for the tide again",
        "We have mended both engines … and painted her hull. She will carry forty lorries",
        "We have mended both motors of the old ferry and painted her hull.",
        "nobody will have to wait for the tide again. That I can promise every one of you today",
    ],
)
def test_a_variant_joins_the_fullest_wording(variant: str) -> None:
    whole, part = said(WHOLE), said(variant, day=DAY + 1)
    (utterance,) = group([part, whole])
    assert utterance.fullest == whole.key
    assert [m.key for m in utterance.members] == [whole.key, part.key]
    assert utterance.members[0].confidence == 1 > utterance.members[1].confidence > 0.5
    assert utterance.variants == 2


def test_other_words_of_one_speaker_stay_apart() -> None:
    assert group([said(WHOLE), said(OTHER)]) == []


def test_two_people_with_the_same_words_are_two_utterances() -> None:
    assert group([said(WHOLE), said(WHOLE, VRIES)]) == []
    assert together(said(WHOLE), said(WHOLE, VRIES, relays=MARSH))  # he passes her words on


def test_names_that_fit_are_one_speaker() -> None:
    assert together(said(WHOLE), said(FRONT, Voice(("marsh",))), said(BACK, Voice(("dr ada q marsh",))))
    assert group([said(WHOLE), said(WHOLE, Voice(("ben marsh",)))]) == []


def test_an_unresolved_speaker_joins_with_a_note() -> None:
    whole, nobody = said(WHOLE), said(FRONT, NOBODY)
    (utterance,) = group([whole, nobody])
    assert [(m.key, m.note) for m in utterance.members] == [(whole.key, ""), (nobody.key, "speaker open")]


def test_an_unresolved_fullest_wording_does_not_join_two_people() -> None:
    whole, hers, his = said(WHOLE, NOBODY), said(BACK), said(FRONT, VRIES)
    (utterance,) = group([whole, hers, his])
    assert {m.key for m in utterance.members} == {whole.key, hers.key}  # the longer one names the speaker


def test_copies_of_one_story_count_once() -> None:
    wire = [said(FRONT, story=7, day=DAY + n) for n in range(5)]
    whole = said(WHOLE)
    (utterance,) = group([*wire, whole])
    assert utterance.variants == 2
    assert {m.of for m in utterance.members} == {whole.key, wire[0].key}
    (alone,) = group(wire)
    assert (alone.variants, len(alone.members)) == (1, 5)


def test_boilerplate_does_not_chain() -> None:
    phrase = "our thoughts and prayers are with the families of the victims"
    people = [Voice((f"{n} {n}son",)) for n in "abcdefgh"]
    assert group([said(f"{phrase}, and with {n} towns", who) for n, who in enumerate(people)]) == []
    assert group([said(phrase, who, DAY + 400 * n) for n, who in enumerate([*people, *people])]) == []


def test_a_chain_is_split_where_it_leaves_the_fullest_wording() -> None:
    a = "The harbour needs a second lock before the winter storms come back to us. We counted eleven wrecks"
    b = "before the winter storms come back to us. We counted eleven wrecks in one single night of October. " + OTHER
    c = "what a new quay would do to the herring market in spring. And the oyster farmers will tell you the same"
    d = "the oyster farmers will tell you the same, and they have lived with these tides for centuries"
    found = [said(x) for x in (a, b, c, d)]
    joined = groups(found)
    assert frozenset(s.key for s in found[:3]) in joined
    assert not any({found[1].key, found[3].key} <= g for g in joined)


def test_a_paraphrase_joins_only_on_strong_overlap() -> None:
    whole = said(WHOLE)
    close = said("the ferry will carry forty lorries to the island every morning", VRIES, kind=INDIRECT)
    near = said("she will carry forty lorries to the island every morning", kind=INDIRECT)
    far = said(
        "the engines of the old ferry were a scandal that the ministry in the capital had hushed up", kind=INDIRECT
    )
    (utterance,) = group([whole, close, near, far])
    assert [(m.key, m.note) for m in utterance.members] == [(whole.key, ""), (near.key, "paraphrase")]
    assert group([near, said("she will carry forty lorries to the island every morning", kind=INDIRECT)]) == []


def test_time_is_weighed() -> None:
    stock = "We will win this again"
    assert together(said(stock), said(stock, day=DAY + 2))
    assert group([said(stock), said(stock, day=DAY + 3650)]) == []
    assert together(said(WHOLE), said(FRONT, day=DAY + 3650))  # nobody says that twice in the same words


def test_a_very_common_run_grows_no_square() -> None:
    wire = [said(f"{FRONT} Number {n} of many", day=DAY + n % 9) for n in range(600)]
    columns = Sayings.of(wire)
    from onrecord.collate.runs import candidates

    assert len(candidates(columns)) < 12 * len(wire)
    assert len(groups(wire)) == 1


PIECES = [s.split() for s in (WHOLE, OTHER, f"{BACK} {OTHER}", "We will win this again, as we always do, in the end")]


@st.composite
def statements(draw: st.DrawFn) -> list[Said]:
    found = []
    for _ in range(draw(st.integers(2, 24))):
        words = draw(st.sampled_from(PIECES))
        start = draw(st.integers(0, len(words) - 4))
        cut = " ".join(words[start : start + draw(st.integers(4, len(words)))])
        voice = draw(st.sampled_from([MARSH, MARSH, VRIES, NOBODY, Voice(("marsh",))]))
        day = DAY + draw(st.sampled_from([0, 0, 1, 40, 2000]))
        story = draw(st.sampled_from([None, None, 1, 2]))
        found.append(said(cut, voice, day, story, draw(st.sampled_from([DIRECT, DIRECT, INDIRECT]))))
    return found


@settings(max_examples=150, deadline=None)
@given(statements(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_each_statement_is_in_one_group(found: list[Said], order: random.Random) -> None:
    shuffled = list(found)
    order.shuffle(shuffled)
    before = group(found)
    assert sorted(map(repr, before)) == sorted(map(repr, group(shuffled)))
    keys = [m.key for u in before for m in u.members]
    assert len(keys) == len(set(keys))
    assert all(u.members[0].key == u.fullest and len(u.members) > 1 for u in before)


@settings(max_examples=150, deadline=None)
@given(statements(), st.integers(0, 23))
def test_what_is_known_need_not_be_grouped_again(found: list[Said], held: int) -> None:
    before = {c.signature: c.utterances for c in components(Sayings.of(found[:held]))}
    merged = [
        before[c.signature] if c.utterances is None else c.utterances
        for c in components(Sayings.of(found), set(before))
    ]
    assert sorted(repr(u) for us in merged for u in us or ()) == sorted(map(repr, group(found)))


def test_nothing_gives_nothing() -> None:
    assert group([]) == group([said("")]) == group([said(""), said("", story=1), said("", story=1)]) == []
