import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.wording import RELATIONS, compare

WHOLE = "We will not raise the price before Easter. We have two ferries, and both of them sail on Monday."


@pytest.mark.parametrize(
    ("relation", "variant"),
    [
        ("same", WHOLE),
        (
            "same",
            "“We will not raise the price before Easter,” … “we have two ferries, and both of them sail on Monday”",
        ),
        ("same", "We won't raise the price before Easter. We have 2 ferries, and both of them sail on Monday."),
        ("trimmed", "We have two ferries"),
        ("trimmed", "both of them sail on Monday."),
        ("overlaps", "and both of them sail on Monday. After that you may ask the council, if you must."),
        ("elided", "We will not raise the price … and both of them sail on Monday."),
        ("bracketed", "We will not raise the price before Easter. [The island has] two ferries"),
        ("altered", "We will not raise the fare before Easter."),
        ("altered", "We will not raise the price. We have two ferries"),
        ("figures", "We have three ferries, and both of them sail on Monday."),
        ("figures", "both of them sail on Tuesday."),
        ("reversed", "We will raise the price before Easter. We have two ferries"),
    ],
)
def test_relations(relation: str, variant: str) -> None:
    assert compare(WHOLE, variant).relation == relation


def test_a_long_omission_without_a_mark_is_spliced() -> None:
    middle = "That is what the harbour master told the council in March, and nobody in the room spoke against it then."
    whole = f"We will raise the old quay by a metre. {middle} We will pave it with granite from the island."
    assert (
        compare(whole, "We will raise the old quay by a metre. We will pave it with granite from the island.").relation
        == "spliced"
    )


def test_marks_in_the_fullest_wording_are_its_own() -> None:
    assert compare("I met her [Ms. Marsh] on the old quay", "I met her on the old quay").relation == "bracketed"
    assert compare("I met her … on the old quay in March", "I met her once on the old quay").relation == "elided"
    assert compare("It is ISIS’ best recruiter", "It is ISIS’s best recruiter").relation == "same"


WORDS = st.lists(
    st.sampled_from([*WHOLE.split(), "…", "[the", "town]", "not", "seven", "don't", "$5", "—"]), max_size=25
)


@given(WORDS, WORDS)
def test_both_wordings_are_laid_from_end_to_end(a: list[str], b: list[str]) -> None:
    fullest, variant = " ".join(a), " ".join(b)
    found = compare(fullest, variant)
    assert found.relation in RELATIONS
    for words, side in ((a, "fullest"), (b, "variant")):
        shown = " ".join(getattr(part, side) for part in found.laid)
        assert set("".join(words)) - set(" …[]—$") <= set(shown) or not found.laid


@given(WORDS.filter(lambda w: any(c.isalnum() for c in "".join(w))))
def test_a_wording_is_the_same_as_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert compare(text, text).relation == "same"
