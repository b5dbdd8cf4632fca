"""Texts set in turns, told from texts that only hold colons."""

from onrecord.tagging.paragraphs import paragraphs
from onrecord.tagging.turns import turns


def read(text: str) -> list[tuple[str, str]]:
    found = turns(text, paragraphs(text), [])
    return [(text[slice(*a.source[0])], " / ".join(text[x:y] for x, y in a.content)) for a in found]


def test_questions_and_answers() -> None:
    text = "The coach sat down with us.\n\nQ: Was it hard?\n\nA: It was.\n\nIt still is.\n\nQ: Why?\n\nA: Rain."
    assert read(text) == [("Q", "Was it hard?"), ("A", "It was. / It still is."), ("Q", "Why?"), ("A", "Rain.")]


def test_names_in_capitals() -> None:
    text = "MARSH: Order.\n\nDE LA CRUZ: I rise to speak.\n\nMARSH: You have a minute.\n\nDE LA CRUZ: Thank you."
    assert [who for who, _ in read(text)] == ["MARSH", "DE LA CRUZ", "MARSH", "DE LA CRUZ"]


def test_a_list_of_facts_is_no_transcript() -> None:
    assert read("Date: Monday.\n\nPlace: Town hall.\n\nCost: Free.\n\nSeats: 40.") == []


def test_a_colon_now_and_then_is_no_transcript() -> None:
    plain = "The mayor spoke at length about the budget and the roads.\n\n"
    assert read(f"{plain}Smith: “No.”\n\n{plain}Lee: “Yes.”\n\n{plain}Smith: “No.”\n\n{plain}{plain}Lee: “Yes.”") == []


def test_an_exchange_after_a_report_is_read_in_turns() -> None:
    plain = "The mayor spoke at length about the budget and the roads.\n\n"
    assert len(read(plain * 6 + "Smith: “No.”\n\nLee: “Yes.”\n\nSmith: “No.”\n\nLee: “Yes.”")) == 4


def test_what_follows_the_last_answer_is_the_papers() -> None:
    text = "Q: Was it hard?\n\nA: It was.\n\n(LAUGHTER)\n\nOn rain\n\nQ: Why?\n\nA: Rain.\n\nThis interview was edited."
    assert read(text) == [("Q", "Was it hard?"), ("A", "It was."), ("Q", "Why?"), ("A", "Rain.")]


def test_a_box_of_facts_is_no_transcript() -> None:
    assert read("Age: 45\n\nOccupation: Teacher\n\nAge: 39\n\nOccupation: Lawyer") == []


def test_a_headline_with_a_colon_is_no_turn() -> None:
    text = "Marsh speaks: the dam hearing\n\nMARSH: Order.\n\nVRIES: Yes.\n\nMARSH: Go on.\n\nVRIES: Thank you."
    assert [who for who, _ in read(text)] == ["MARSH", "VRIES", "MARSH", "VRIES"]


def test_a_transcript_in_quotation_marks() -> None:
    text = "We met. Here it is:\n\n“MARSH: Order.\n\n“VRIES: Yes.\n\n“It rained.\n\n“(CROSSTALK.)\n\n"
    text += "“MARSH: Go on.\n\n“VRIES: Thanks.”"
    assert read(text) == [
        ("MARSH", "Order."),
        ("VRIES", "Yes. / It rained."),
        ("MARSH", "Go on."),
        ("VRIES", "Thanks.”"),
    ]
