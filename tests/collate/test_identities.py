import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.identities import Anchor, ConflictError, Face, Group, Judged, full_name, groups
from onrecord.collate.roles import roles_relation


def face(n: int, name: str = "Ada Marsh", *roles: str, kind: str = "person") -> Face:
    return Face(Anchor(f"a{n:04}", name.lower()), name, kind, roles, f"2026-03-{n % 28 + 1:02}", "Herald")  # type: ignore[arg-type]


def sets(found: list[Group], certain: bool = True) -> list[list[str]]:
    return sorted([f.anchor.article for f in g.faces] for g in found if g.certain is certain)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Sen.", "Senator", "fits"),
        ("Florida Sen.", "senator from Florida", "fits"),
        ("mayor", "Mayor of Elm", "fits"),
        ("mayor of Elm", "mayor of Oak", "contradicts"),
        ("Democratic senator", "Republican senator", "contradicts"),
        ("Republican senator", "Ohio senator", "fits"),
        ("vice president", "president", "open"),
        ("professor", "professor", "open"),
        ("professor at Elm College", "Elm College professor", "fits"),
        ("former mayor of Elm", "Elm’s mayor", "fits"),
        ("president of Elm Bank", "mayor of Elm", "open"),
        ("aide to Mr.", "rival of Mr.", "open"),
    ],
)
def test_roles_fit_by_the_office_and_whose_it_is(a: str, b: str, relation: str) -> None:
    assert roles_relation([a], [b])[0] == roles_relation([b], [a])[0] == relation


def test_what_contradicts_weighs_more() -> None:
    assert roles_relation(["mayor of Elm", "Senator"], ["mayor of Oak", "Sen."])[0] == "contradicts"


@pytest.mark.parametrize(
    ("name", "kind", "whole"),
    [
        ("ada marsh", "person", "ada marsh"),
        ("ada m marsh", "person", "ada marsh"),
        ("marsh", "person", ""),
        ("a marsh", "person", ""),
        ("marsh jr", "person", ""),
        ("ada marsh jr", "person", "ada marsh jr"),
        ("epa", "organization", "epa"),
    ],
)
def test_full_names(name: str, kind: str, whole: str) -> None:
    assert full_name(name, kind) == whole  # type: ignore[arg-type]


def test_same_full_name_and_a_role_that_fits_is_certain_and_says_why() -> None:
    (one,) = groups(
        [face(1, "Ada Marsh", "mayor of Elm"), face(2, "Ada Marsh", "Elm mayor"), face(3, "Ada Marsh", "mayor")]
    )
    assert (one.certain, one.judged, len(one.faces)) == (True, False, 3)
    assert one.why.startswith("the same full name, and roles that fit: ")


def test_without_roles_it_is_a_suggestion() -> None:
    (one,) = groups([face(1), face(2)])
    assert (one.certain, one.why) == (False, "the same full name, no role is told")


def test_the_same_common_role_is_no_certainty() -> None:
    (one,) = groups([face(1, "Ada Marsh", "professor"), face(2, "Ada Marsh", "professor")])
    assert (one.certain, one.why) == (False, "the same full name, and roles that many have")


def test_never_by_a_last_name() -> None:
    assert groups([face(1, "Marsh", "mayor of Elm"), face(2, "Marsh", "mayor of Elm")]) == []
    found = groups([face(1, "Ada Marsh", "mayor of Elm"), face(2, "Olu Marsh", "mayor of Elm")])
    assert [len(g.faces) for g in found] == [1, 1]
    assert not any(g.perhaps for g in found)


def test_two_people_of_one_name_stay_two_and_who_fits_both_is_left_to_be_judged() -> None:
    elm, oak = ("mayor of Elm",), ("mayor of Oak",)
    found = groups(
        [
            face(1, "Ada Marsh", *elm),
            face(2, "Ada Marsh", *elm),
            face(3, "Ada Marsh", *oak),
            face(4, "Ada Marsh", "mayor"),
        ]
    )
    assert sets(found) == [["a0001", "a0002"], ["a0003"], ["a0004"]]
    either = next(g for g in found if g.faces[0].anchor.article == "a0004")
    assert [s.group for s in either.perhaps] == [found[0].id]
    assert "another of the name may be meant" in either.perhaps[0].why
    other = next(g for g in found if g.faces[0].anchor.article == "a0003")
    assert found[0].id not in [s.group for s in other.perhaps]


def test_an_initial_is_suggested_and_two_initials_are_two() -> None:
    found = groups([face(1, "Ada Marsh", "mayor of Elm"), face(2, "Ada M Marsh", "mayor of Elm")])
    assert sorted(len(g.faces) for g in found) == [1, 1]
    assert [s.why.split(",")[0] for g in found for s in g.perhaps] == ["the same name but for an initial"]
    found = groups([face(1, "Ada K Marsh", "mayor of Elm"), face(2, "Ada M Marsh", "mayor of Elm")])
    assert not any(g.perhaps for g in found)


def test_a_judgement_goes_before_the_rule() -> None:
    faces = [face(1, "Ada Marsh", "mayor of Elm"), face(2, "Ada Marsh", "mayor of Elm"), face(3)]
    one, three = frozenset({faces[0].anchor}), frozenset({faces[2].anchor})
    found = groups(faces, Judged(different=((one, frozenset({faces[1].anchor})),)))
    assert sets(found) == [["a0001"], ["a0002"], ["a0003"]]
    (whole,) = groups(faces, Judged(same=((one | three, ()),)))
    assert whole.judged
    assert len(whole.faces) == 3  # the rule still adds the second
    with pytest.raises(ConflictError):
        groups(faces, Judged(same=((one | three, ()),), different=((one, three),)))


def test_a_role_from_a_list_lets_others_fit() -> None:
    faces = [face(1), face(2, "Ada Marsh", "mayor of Elm")]
    confirmed = Judged(same=((frozenset({faces[0].anchor}), ("mayor of Elm",)),))
    assert sets(groups(faces, confirmed)) == [["a0001", "a0002"]]


def test_two_names_judged_to_be_one_take_in_what_fits_either_and_nothing_else() -> None:
    faces = [face(1, "Ada Marsh", "mayor of Elm"), face(2, "Ada Lind"), face(3, "Ada Marsh", "mayor of Elm")]
    faces += [
        face(4, "Ada Lind", "Elm mayor"),
        face(5, "Ada Lind", "mayor of Oak"),
        face(6, "Ida Lind", "mayor of Elm"),
    ]
    judged = Judged(same=((frozenset({faces[0].anchor, faces[1].anchor}), ()),))
    found = groups(faces, judged)
    assert sets(found) == [["a0001", "a0002", "a0003", "a0004"], ["a0005"], ["a0006"]]
    assert not any(g.perhaps for g in found)
    assert groups(faces[::-1], judged) == found


ROLES = st.lists(
    st.sampled_from(["mayor", "mayor of Elm", "mayor of Oak", "Sen.", "Ohio Senator", "Utah senator"]), max_size=2
)


@given(st.lists(ROLES, max_size=9), st.randoms())
def test_each_speaker_is_in_one_group_without_contradiction_whatever_the_order(
    roles: list[list[str]], chance: random.Random
) -> None:
    faces = [face(n, "Ada Marsh", *some) for n, some in enumerate(roles)]
    found = groups(faces)
    assert sorted(f.anchor for g in found for f in g.faces) == [f.anchor for f in faces]
    for group in found:
        for a in group.faces:
            assert all(
                set(a.roles) == set(b.roles) or roles_relation(a.roles, b.roles)[0] != "contradicts"
                for b in group.faces
            )
    chance.shuffle(faces)
    assert groups(faces) == found
