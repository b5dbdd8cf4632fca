"""Lines, and lines that are only wrapped."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.tagging.paragraphs import paragraphs


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in paragraphs(text)]


def test_a_line_is_a_paragraph() -> None:
    assert split("One.\nTwo.\r\n\r\nThree.\n") == ["One.", "Two.", "Three."]


def test_wrapped_lines_are_joined_to_blocks() -> None:
    block = (
        "The council met on Tuesday night to weigh the plan, and by the\n" * 3
        + "end of it nobody in the room was sure what had been\ndecided at all."
    )
    assert len(split(block + "\n\n" + block)) == 2
    assert len(split((block + "\n\n" + block).replace("\n", "\r\n"))) == 2


def test_a_list_of_headlines_is_not_wrapped() -> None:
    lines = [f"Number {i}: the council said on Tuesday that it would vote again soon." for i in range(9)]
    assert split("\n".join(lines)) == lines


@given(st.text(alphabet="ab.\n\r\u2028 ", max_size=300))
def test_all_that_is_not_blank_is_kept(text: str) -> None:
    found = "".join(split(text))
    assert "".join(found.split()) == "".join(text.split())
