"""The names of an article as characters: which forms are one's, and which may mean several.

Whole names come first, then those that are short for one: a last name, a first name, initials, a body's first or last
words. A last name that several share may mean any of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.article import Span
from onrecord.record import Mention, SpeakerKind
from onrecord.speakers.lexicon import DROPPED, NOT_NAMES
from onrecord.speakers.names import JOINERS, Name, initials, parse, part_of_person, plain, same_body, same_person

TOKEN = re.compile(r"\S+")
ACCOUNT = re.compile(r"(?<![\w@.])@\w{1,30}")
OF_A_PEOPLE = re.compile(
    r"[A-Z]\w*?(?:[^s]s|ans?|ish|ese|rench|utch|wiss|crats?|cratic|eeks?|[aer][nlq]is?|ttish|erals?|atives?)", re.ASCII
)
FROM_A_PLACE = re.compile(r"(?!.*[^ic]an)" + OF_A_PEOPLE.pattern, re.ASCII)  # "Syrian", but Pakistan and Japan
DETERMINED = re.compile(r"\b(?:the|an?)\s\Z", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s\(\"?(?:the\s)?")
SURELY = 100.0  # an account's sign tells more than any number of readings
OFFICE = re.compile(r"[A-Z]{2,4} [A-Z][a-z]")
NOWHERE = Span(0, 0)
LETTERS_BEFORE = re.compile(r"[A-Z]{3,4} (?=[A-Z][a-z])")
LONG_ENOUGH = 6  # letters of a last name in which one may be wrong
MOST_OWNERS = 6  # a name that more share tells nobody


@dataclass(slots=True)
class Form:
    """A name as it is written, where, and what the model takes it for."""

    name: Name
    places: list[tuple[int, int]] = field(default_factory=list)
    kinds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def kind(self) -> str:
        """What it is most often taken for."""
        return max(self.kinds, key=lambda k: (self.kinds[k], k))


@dataclass(slots=True, eq=False)
class Character:
    """Somebody of the article. he, she: how much of what they are said to be speaks for either pronoun; called_he,
    called_she: how many pronouns a reading gave them. acts: whether they are of a kind that speaks, and not a place or
    a thing, whom a pronoun means only where they have spoken. several: more than one person ("the family").
    roles: as written, in order. heads: their main words in one form ("senator"). told: all words that tell what or
    whence they are ("vermont", "republican")."""

    kind: SpeakerKind
    name: Name
    forms: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    described: list[Span] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    fullest: Span = NOWHERE
    acts: bool = True
    several: bool = False
    he: float = 0.0
    she: float = 0.0
    called_he: float = 0.0
    called_she: float = 0.0

    def gender(self) -> float:
        """What the article tells: above 0 for "he", below for "she"."""
        return self.he + self.called_he - self.she - self.called_she


def forms_of(text: str, mentions: Iterable[Mention]) -> dict[str, Form]:
    """The names by their words in one spelling, each with its places."""
    spans = []
    for m in mentions:
        if m.is_name:
            spans.append((*_trimmed(text, m.start, m.end, m.kind), m))
    whole = {parse(text[a:b]).words for a, b, m in spans if m.kind == "person"}
    forms: dict[str, Form] = {}
    for start, end, m in spans:
        name = parse(text[start:end])
        if m.kind == "person" and len(name.words) > 2 and LETTERS_BEFORE.match(text, start) and not name.text.isupper():
            start += len(text[start:end].split()[0]) + 1  # "MEP Olu Vries"
            name = parse(text[start:end])
        if m.kind == "person" and len(name.words) > 2 and name.words[1:] in whole and _common(name.words[0], text):
            start += len(text[start:end].split()[0]) + 1  # "Deckhand Olu Vries", who is Olu Vries elsewhere
            name = parse(text[start:end])
        if not name.words or not any(c.isalpha() for c in name.text):
            continue
        if len(name.words) == 1 and name.words[0] in NOT_NAMES and not text[start:end].isupper():
            continue
        form = forms.setdefault(plain(name.text), Form(name))
        if form.name.text.isupper() and not name.text.isupper():
            form.name = name
        form.places.append((start, end))
        form.kinds[m.kind] += m.probability
    for handle in ACCOUNT.finditer(text):
        form = forms.setdefault(plain(handle[0]), Form(Name(handle[0], (plain(handle[0]),), "", "")))
        form.places.append(handle.span())
        form.kinds["account"] += SURELY
    return forms


def _common(word: str, text: str) -> bool:
    """Whether the text has a word in lower case too."""
    return word not in JOINERS and re.search(rf"\b{re.escape(word)}\b", text) is not None


def _trimmed(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """A name's place without "the", titles in front, marks and a possessive ending."""
    while start < end and not text[start].isalnum():
        start += 1
    for m, following in pairwise(list(TOKEN.finditer(text, start, end))):
        key = plain(m[0]).strip(".")
        common = m[0].islower() and key not in JOINERS and not text[start:end].islower()
        if key == "the" or (kind == "person" and (key in DROPPED or common)):
            start = following.start()
        else:
            break
    shown = parse(text[start:end]).text
    return start, start + len(shown) if text.startswith(shown, start) else end


class Gathering:
    """Characters out of forms. owners: by a form's key, whom it may mean. families: keys of forms that mean all of
    their owners together."""

    def __init__(self, text: str, forms: dict[str, Form]) -> None:
        self._text = text
        self.characters: list[Character] = []
        self.owners: dict[str, tuple[Character, ...]] = {}
        self.families: set[str] = set()
        self._by_ends: defaultdict[tuple[str, str], list[Character]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Character]] = defaultdict(list)
        self._spelt: defaultdict[str, list[Character]] = defaultdict(list)
        self._long = _defined(text, forms)
        for key, form in sorted(forms.items(), key=lambda f: (-len(f[1].name.words), f[1].places[0])):
            owners = self._known(key, form) or (self._new(form),)
            self.owners[key] = owners[:MOST_OWNERS]
            for c in self.owners[key]:
                _prefer(c, form, alone=len(owners) == 1)
        self.characters.sort(key=lambda c: c.fullest)

    def _known(self, key: str, form: Form) -> tuple[Character, ...]:
        """Whom a form may mean of those that are known."""
        name, kind = form.name, form.kind
        if kind == "account":
            return ()
        if (long := self._long.get(key)) and long in self.owners:
            return self.owners[long][:1]
        if len(name.words) == 1 and (members := self._family(name)):
            self.families.add(key)
            return members
        person = self._person(name) if kind == "person" or len(name.words) == 1 or OFFICE.match(name.text) else ()
        if person and (kind == "person" or len(name.words) == 1 or OFFICE.match(name.text)):
            return person
        if kind != "person" or (name.text.isupper() and len(name.words) == 1):
            near = dict.fromkeys([*self._by_word[name.last], *self._by_word[name.first]])
            bodies = [c for c in near if c.kind == "organization"]
            same = [c for c in bodies if same_body(name, c.name)]
            if not same and kind == "organization" and len(name.words) == 1:
                same = [
                    c
                    for c in bodies
                    if c.name.first == name.first and c.acts and c.name.text.istitle() and "/" not in c.name.text
                ]  # "Keel" of "Keel Metals"
                same = same if len(same) == 1 else []
            return tuple(same[:1])
        return ()

    def _person(self, name: Name) -> tuple[Character, ...]:
        """The persons that a name may mean."""
        if len(name.words) > 1:
            same = [c for c in self._by_ends[name.first, name.last] if same_person(name, c.name)]
            if not same and (name.first in JOINERS or len(name.words) == 2 or OFFICE.match(name.text)):
                near = [c for c in self._by_word[name.last] if c.kind == "person"][:MOST_OWNERS]
                same = [c for c in near if same_person(name, c.name) or _with_office(name, c.name)]
            return tuple(same[:1])
        near = [c for c in self._by_word[name.last][: 4 * MOST_OWNERS] if c.kind == "person"]
        same = [c for c in near if same_person(name, c.name)]
        parts = [c for c in near if part_of_person(name, c.name)]
        by_last = [c for c in parts if c.name.last == name.last]
        return tuple(same[:1] or by_last or parts) or self._misspelt(name)

    def _family(self, name: Name) -> tuple[Character, ...]:
        """Those whose last name stands in the plural."""
        if not name.last.endswith("s") or self._by_word.get(name.last):
            return ()
        for last in (name.last[:-1], name.last[:-2]):
            members = [c for c in self._by_word.get(last, ()) if c.kind == "person" and c.name.last == last]
            if len(members) > 1:
                return tuple(members)
        return ()

    def _misspelt(self, name: Name) -> tuple[Character, ...]:
        """Whose last name a word is but for one letter: "Sweeny" for Steve Sweeney."""
        if len(name.last) < LONG_ENOUGH:
            return ()
        near = {id(c): c for n in _one_off(name.last) for c in self._spelt[n]}
        return tuple(near.values()) if len(near) == 1 else ()

    def _new(self, form: Form) -> Character:
        kinds: dict[str, SpeakerKind] = {"account": "account", "person": "person"}
        kind = kinds.get(form.kind, "organization")
        people = OF_A_PEOPLE if form.kind == "other" else FROM_A_PLACE
        if form.kind in ("other", "place") and people.fullmatch(form.name.text):
            kind = "unnamed"  # "Democrats", "American": no name of anybody
        if form.kind == "person" and OF_A_PEOPLE.fullmatch(form.name.text) and self._always_determined(form):
            kind = "unnamed"  # "the Belgian"
        made = Character(kind, form.name, acts=form.kind in ("person", "organization", "account"))
        made.fullest = Span(*form.places[0])
        self.characters.append(made)
        self._by_ends[form.name.first, form.name.last].append(made)
        if kind == "person" and len(form.name.words) > 1 and len(form.name.last) >= LONG_ENOUGH - 1:
            for n in _one_off(form.name.last):
                self._spelt[n].append(made)
        keys = {form.name.last, form.name.first}
        if kind == "organization":
            keys |= initials(form.name)
        for k in sorted(keys):
            self._by_word[k].append(made)
        return made

    def _always_determined(self, form: Form) -> bool:
        return all(DETERMINED.search(self._text, max(0, a - 5), a) for a, _ in form.places)


def _defined(text: str, forms: dict[str, Form]) -> dict[str, str]:
    """What stands in brackets behind a body's name, by the name: "Southern Command (SOUTHCOM)"."""
    begins = {a: key for key, form in forms.items() for a, _ in form.places}
    out = {}
    for key, form in forms.items():
        if form.kind in ("person", "account") or len(form.name.words) < 2:
            continue
        for _, end in form.places:
            m = IN_BRACKETS.match(text, end)
            if m is None:
                continue
            short = begins.get(m.end())
            if short and len(forms[short].name.words) == 1 and text[m.end() : m.end() + 1].isupper():
                out[short] = key
    return out


def _with_office(short: Name, whole: Name) -> bool:
    """Whether a last name stands behind an office's initials: "MEC Marsh"."""
    return (
        len(short.words) == 2 and short.last == whole.last and len(whole.words) > 1 and bool(OFFICE.match(short.text))
    )


def _prefer(character: Character, form: Form, alone: bool) -> None:
    """Adds a form, and makes it the name where it is fuller and means nobody else."""
    character.forms[form.name.text] = None
    if alone and _fullness(form.name) > _fullness(character.name):
        character.name, character.fullest = form.name, Span(*form.places[0])


def _fullness(name: Name) -> tuple[int, bool, bool, bool]:
    return len(name.words), bool(name.initials), not name.text.isupper(), bool(name.generation)


def _one_off(word: str) -> set[str]:
    """A word without one of its letters, and the word; two words share one where they differ by one letter, or where
    two letters have changed places."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}
