"""Which speakers of different articles are one: groups that are certain, and suggestions, each with a reason.

Speakers are held together only under one full name. Certain is what has the same full name and a role that fits, and
no role that contradicts; once a name is seen with two roles that contradict each other, whoever fits both is left to
be judged. What was judged goes before every rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.article import short_id
from onrecord.collate.roles import roles_relation
from onrecord.record import SpeakerKind

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_MAY_BE = ("fits", "open")
RIVALS = 8  # of the largest groups of a name, to which the others are suggested


class Anchor(NamedTuple):
    """Where a speaker stands, whatever the number of the row: the article's id and the folded full name."""

    article: str
    name: str


@dataclass(frozen=True, slots=True)
class Face:
    """A named speaker of one article. `shown`: the name as the article has it; `day`: ISO 8601, of the article."""

    anchor: Anchor
    shown: str
    kind: SpeakerKind
    roles: tuple[str, ...] = ()
    day: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged, as far as grouping asks: `same` are sets of speakers who are one, with the roles that a user's
    list gives them; `different` are pairs of sets of whom none is one with any of the other."""

    same: tuple[tuple[frozenset[Anchor], tuple[str, ...]], ...] = ()
    different: tuple[tuple[frozenset[Anchor], frozenset[Anchor]], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another group, by its id, that may be the same one, and why."""

    group: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Speakers who are one, or may be. `certain`: by the rule or by a judgement; else the faces have the name and the
    roles in common and it has to be judged whether they are one. `judged`: a judgement holds some of them together."""

    id: str
    faces: tuple[Face, ...]
    certain: bool
    judged: bool
    why: str
    perhaps: tuple[Suggestion, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that is told, the most frequent first."""
        told = [role for face in self.faces for role in face.roles]
        return tuple(sorted(dict.fromkeys(told), key=lambda r: (-told.count(r), r)))


class ConflictError(Exception):
    """Two judgements cannot both stand: some were judged to be one and to be two."""


def full_name(name: str, kind: SpeakerKind) -> str:
    """What people of one full name share: the folded name without initials in its midst; "" where it is no full name
    (of a person: a last name, or one with an initial only)."""
    words = name.split()
    if kind != "person":
        return name
    whole = [w for n, w in enumerate(words) if len(w) > 1 or n == 0]
    telling = [w for w in whole if len(w) > 1 and w not in _SUFFIXES]
    return " ".join(whole) if len(telling) > 1 and len(words[0]) > 1 else ""


@dataclass(eq=False, slots=True)
class _Node:
    """Faces that stand or fall together: those of one name and the same roles, or those that were judged to be one."""

    faces: list[Face]
    roles: tuple[str, ...]
    judged: bool
    apart: set[int] = field(default_factory=set)  # marks of judgements, +n and -n on either side

    @property
    def names(self) -> set[str]:
        return {f.anchor.name for f in self.faces}

    @property
    def full(self) -> set[tuple[SpeakerKind, str]]:
        """The full names; what is none counts here only where it was judged to be one with another."""
        return {(f.kind, full_name(f.anchor.name, f.kind) or f.anchor.name) for f in self.faces}

    def order(self) -> tuple[bool, int, tuple[str, ...], Anchor]:
        return not self.judged, -len(self.faces), self.roles, min(f.anchor for f in self.faces)

    def relation(self, other: "_Node") -> tuple[str, str]:
        if not self.full & other.full:
            return "unlike", ""
        if any(-mark in other.apart for mark in self.apart):
            return "contradicts", "judged to be two"
        mine, theirs = ({tuple(w for w in n.split() if len(w) == 1) for n in x.names} - {()} for x in (self, other))
        if mine and theirs and not mine & theirs:
            return "contradicts", "the initials differ"
        return roles_relation(self.roles, other.roles)


def groups(faces: Iterable[Face], judged: Judged = Judged()) -> list[Group]:
    """The groups of an archive's named speakers, those in the most articles first; the same whatever order they come
    in. Grows with their number, for names are looked up and never compared.

    Raises ConflictError where what was judged contradicts itself.
    """
    found = [
        group
        for nodes in _by_name(_nodes(list(faces), judged))
        for group in _of_one_name(sorted(nodes, key=_Node.order))
    ]
    return sorted(found, key=lambda g: (-len(g.faces), g.faces[0].anchor.name, g.id))


def _by_name(nodes: Iterable[_Node]) -> Iterable[list[_Node]]:
    """The nodes that share a full name, and those that share one with the same of them."""
    found: dict[tuple[SpeakerKind, str], list[_Node]] = {}
    for node in nodes:
        lists = {id(found[key]): found[key] for key in node.full if key in found}
        together = max(lists.values(), key=len, default=[])  # the others move, so that no node moves often
        for other in lists.values():
            if other is not together:
                together += other
                found.update((key, together) for n in other for key in n.full)
        together.append(node)
        found.update((key, together) for key in node.full)
    return list({id(some): some for some in found.values()}.values())


def check(judged: Judged) -> None:
    """Raises ConflictError where what was judged contradicts itself."""
    if judged.different:
        _held(judged)


def _held(judged: Judged) -> dict[Anchor, Anchor]:
    """Each speaker who was judged to be one with others: the first of them."""
    parent: dict[Anchor, Anchor] = {}

    def root(a: Anchor) -> Anchor:
        while (up := parent.setdefault(a, a)) != a:
            parent[a] = a = parent[up]
        return a

    for anchors, _ in judged.same:
        first, *rest = sorted(anchors)
        for other in (first, *rest):
            parent[root(other)] = root(first)
    held = {a: root(a) for a in list(parent)}
    for left, right in judged.different:
        if {held[a] for a in left if a in held} & {held[a] for a in right if a in held} or left & right:
            raise ConflictError
    return held


def _nodes(faces: Sequence[Face], judged: Judged) -> Iterable[_Node]:
    held = _held(judged)
    marks: dict[Anchor, set[int]] = defaultdict(set)
    for n, (left, right) in enumerate(judged.different, 1):
        for sign, side in ((n, left), (-n, right)):
            for a in side:
                marks[a].add(sign)
    given: dict[Anchor, set[str]] = defaultdict(set)
    for anchors, roles in judged.same:
        given[held[min(anchors)]].update(roles)
    together: dict[object, list[Face]] = defaultdict(list)
    for face in faces:
        if face.anchor in held:
            together[held[face.anchor]].append(face)
        elif full_name(face.anchor.name, face.kind):
            alike = (face.kind, face.anchor.name, frozenset(face.roles), frozenset(marks[face.anchor]))
            together[alike].append(face)
    for key, some in together.items():
        by_judgement = isinstance(key, Anchor)
        told = {r for f in some for r in f.roles} | (given[key] if isinstance(key, Anchor) else set())
        apart = {m for f in some for m in marks[f.anchor]}
        yield _Node(sorted(some, key=lambda f: f.anchor), tuple(sorted(told)), by_judgement, apart)


def _of_one_name(nodes: Sequence[_Node]) -> list[Group]:
    """The nodes of one name joined where it is certain, and the others suggested to those they do not contradict."""
    told = {(a, b): nodes[a].relation(nodes[b]) for a in range(len(nodes)) for b in range(a)}
    how = {**told, **{(b, a): relation for (a, b), relation in told.items()}}
    against = {a: {b for b in range(len(nodes)) if b != a and how[a, b][0] == "contradicts"} for a in range(len(nodes))}
    clusters: list[list[int]] = []
    for one in range(len(nodes)):
        joined = [c for c in clusters if _certain(one, c, nodes, how, against)]
        if joined:
            clusters = [c for c in clusters if c not in joined] + [sorted({one, *(n for c in joined for n in c)})]
        else:
            clusters.append([one])
    made = [_group([nodes[n] for n in c], c, how) for c in clusters]
    order = sorted(
        range(len(made)), key=lambda n: (not made[n].judged, not made[n].certain, -len(made[n].faces), made[n].id)
    )
    return [_with_suggestions(n, order, made, clusters, nodes, how) for n in order]


def _certain(
    one: int, cluster: Sequence[int], nodes: Sequence[_Node], how: Mapping[tuple[int, int], tuple[str, str]],
    against: Mapping[int, set[int]],
) -> bool:  # fmt: skip
    """Whether a role fits, none contradicts, and neither side fits somebody else whom the other contradicts."""
    fit = [n for n in cluster if how[one, n][0] == "fits" and nodes[n].names & nodes[one].names]
    if not fit or against[one] & set(cluster):
        return False
    rivals = set().union(*(against[n] for n in cluster))
    theirs = any(how[n, m][0] in _MAY_BE for n in against[one] for m in cluster)
    return not theirs and not any(how[one, n][0] in _MAY_BE for n in rivals if n != one)


def _group(nodes: Sequence[_Node], places: Sequence[int], how: Mapping[tuple[int, int], tuple[str, str]]) -> Group:
    faces = tuple(sorted((f for n in nodes for f in n.faces), key=lambda f: f.anchor))
    judged = any(n.judged for n in nodes)
    fits = next((how[a, b][1] for a in places for b in places if a != b and how[a, b][0] == "fits"), None)
    alike = None if fits else roles_relation(nodes[0].roles, nodes[0].roles)
    certain = judged or len(faces) == 1 or fits is not None or (alike is not None and alike[0] == "fits")
    if judged:
        why = "judged" if not fits else f"judged, and the same full name with roles that fit: {fits}"
    elif len(faces) == 1:
        why = "one article"
    elif certain:
        why = f"the same full name, and roles that fit: {fits or (alike or ('', ''))[1]}"
    else:
        why = "the same full name" + (", and roles that many have" if nodes[0].roles else ", no role is told")
    return Group(short_id("i", *(p.encode() for p in faces[0].anchor)), faces, certain, judged, why)


def _with_suggestions(
    one: int, order: Sequence[int], made: Sequence[Group], clusters: Sequence[Sequence[int]], nodes: Sequence[_Node],
    how: Mapping[tuple[int, int], tuple[str, str]],
) -> Group:  # fmt: skip
    """The group with the larger one of its name that nothing speaks against, where there is one."""
    group = made[one]
    for other in order[: min(order.index(one), RIVALS)]:
        between = [how[a, b] for a in clusters[one] for b in clusters[other]]
        relations = {relation for relation, _ in between}
        if "contradicts" in relations or relations == {"unlike"}:
            continue
        fits = next((told for relation, told in between if relation == "fits"), None)
        mine, theirs = ({name for n in c for name in nodes[n].names} for c in (clusters[one], clusters[other]))
        why = "the same full name" if mine & theirs else "the same name but for an initial"
        told = any(nodes[n].roles for n in clusters[one]) and any(nodes[n].roles for n in clusters[other])
        if fits:
            why += f", and roles that fit: {fits}" + ("; another of the name may be meant" if mine & theirs else "")
        else:
            why += ", and the roles do not speak against it" if told else ", a role is not told"
        return Group(group.id, group.faces, group.certain, group.judged, group.why, (Suggestion(made[other].id, why),))
    return group
