"""Sources that are a name, and sources that are not."""

import pytest

from onrecord.speakers.names import name_in


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Ada Marsh", "Ada Marsh", "person"),
        ("Marsh", "Marsh", "person"),
        ("Sen. Ada Marsh", "Ada Marsh", "person"),
        ("Harbour Board Deputy Chief of Staff Ada Marsh", "Ada Marsh", "person"),
        ("Army Gen. Olu B. de Vries Jr., commander of the northern fleet", "Olu B. de Vries Jr.", "person"),
        ("campaign spokeswoman Ada Marsh", "Ada Marsh", "person"),
        ("the Harbour Commission", "Harbour Commission", "organization"),
        ("NATO", "NATO", "organization"),
        ("@adamarsh", "@adamarsh", "account"),
        ("Sen. Ada Marsh of Carrow", "Ada Marsh", "person"),
        ("Ada Marsh of Keystone", "Ada Marsh", "person"),
        ("Police Chief Ada Marsh", "Ada Marsh", "person"),
        ("Harbour Secretary of State Ada Marsh", "Ada Marsh", "person"),
        ("Élise Dupont", "Élise Dupont", "person"),
        ("A.J. Vries", "A.J. Vries", "person"),
        ("Marine Le Pen", "Marine Le Pen", "person"),
        ("General Motors", "General Motors", "organization"),
        ("the University of Carrow", "University of Carrow", "organization"),
        ("Ada Marsh, 42, a baker", "Ada Marsh", "person"),
    ],
)
def test_names(source: str, name: str, kind: str) -> None:
    found = name_in(source, 0, len(source), {"Marsh"})
    assert found is not None
    assert (found.name, found.kind) == (name, kind)
    assert source[found.start : found.end] == name


@pytest.mark.parametrize(
    "source",
    [
        "she",
        "He",
        "the senator",
        "her lawyer",
        "Marsh’s lawyer",
        "a senior official",
        "Ada Marsh and Olu Vries",
        "critics",
        "the President",
        "an Ohio Republican",
        "officials in Ohio",
    ],
)
def test_what_is_no_name(source: str) -> None:
    assert name_in(source, 0, len(source)) is None
