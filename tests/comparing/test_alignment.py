"""The alignment covers the quotation, keeps the order, and calls equal only what is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparing.alignment import align

WORDS = st.lists(st.sampled_from("we will open the pier in june not herring".split()), max_size=14)
SAID = "well we are going to build a great pier and the county is not going to pay for it because it never does".split()


@given(WORDS, WORDS)
def test_blocks_cover_the_quotation_in_order(quoted: list[str], said: list[str]) -> None:
    blocks = align(quoted, said)
    assert [b.a for b in blocks][:1] == [0] * bool(quoted)
    assert not quoted or blocks[-1].b == len(quoted)
    assert all(x.b == y.a and x.d == y.c for x, y in pairwise(blocks))
    assert all(x.same != y.same for x, y in pairwise(blocks))
    for b in blocks:
        assert 0 <= b.c <= b.d <= len(said)
        assert not b.same or quoted[b.a : b.b] == said[b.c : b.d]


@given(st.integers(0, len(SAID) - 3), st.integers(3, 12))
def test_a_part_that_was_said_is_one_equal_block(start: int, length: int) -> None:
    part = SAID[start : start + length]
    blocks = align(part, SAID)
    assert [b.same for b in blocks] == [True]
    assert SAID[blocks[0].c : blocks[0].d] == part


@given(st.integers(0, 6), st.integers(12, 16), st.integers(1, 4))
def test_what_is_left_out_is_one_gap(start: int, end: int, length: int) -> None:
    quoted = SAID[start:8] + SAID[8 + length : end + 6]
    blocks = align(quoted, SAID)
    assert [b.same for b in blocks] == [True, False, True]
    assert (blocks[1].a, blocks[1].d - blocks[1].c) == (blocks[1].b, length)


def test_a_word_put_in_and_a_word_replaced() -> None:
    replaced = align("going to build a small pier".split(), SAID)
    assert [(b.same, b.b - b.a, b.d - b.c) for b in replaced] == [(True, 4, 4), (False, 1, 1), (True, 1, 1)]
    added = align("going to build a very great pier".split(), SAID)
    assert [(b.same, b.b - b.a, b.d - b.c) for b in added] == [(True, 4, 4), (False, 1, 0), (True, 2, 2)]


def test_nothing_on_either_side() -> None:
    assert align([], SAID) == []
    assert [(b.same, b.a, b.b) for b in align(["herring"], [])] == [(False, 0, 1)]
