"""One reading of a scene from its start to its end: who each name, pronoun and description is, and who speaks.

The scene is read twice. What the first reading makes of the pronouns tells whom the article calls "he" and whom
"she", and the second goes by it (expectation and maximization, a step of each).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.speakers.antecedents import State, chances, counted, kinds_of, sort_of
from onrecord.speakers.cast import TOLD, Called
from onrecord.speakers.gathering import Character
from onrecord.speakers.lexicon import OF_A_MAN, OF_A_WOMAN, PEOPLE
from onrecord.speakers.names import Name, parse
from onrecord.speakers.scene import Occurrence, Scene

Chances = list[tuple[Character | None, float]]
READINGS = 2
ADJACENT = 3  # code points between a name and its "who"
ANSWERS = 0.8  # how sure it is that whoever is named most before an interview answers in it
ECHOED = 0.93  # how sure it is that the same words are the same speaker's
PERHAPS = 0.15
SEEN = 0.4  # a pronoun less sure than this brings nobody back to mind
TOGETHER = 4  # sentences after which "they" are no longer those who spoke together
AS_ONE = 0.8  # how sure "they" are those who spoke together
MAIN = 1.5  # how much the more often named of two with one last name is likelier to be meant
HERE = 4.0  # likewise, who was named in this sentence or the one before
OF_MANY = re.compile(  # "delegates who": whoever they are, they are not named just there
    r"\b(?!(?:is|was|as|has|does|this|says|else|perhaps|his|hers|its|ours|theirs|yes|us|thus)\s)(?:[a-z][\w-]*[^s\W]s|people|[a-z]*men)\s\Z"
)
BARE_POLICE = re.compile(r"(?:the |local )?police", re.IGNORECASE)
Watch = Callable[[Occurrence, Scene, State], Character | bool | None]


@dataclass(slots=True)
class Voice:
    """Who speaks in a statement: of each speaker the chances, the likeliest first. via: where the likeliest was last
    named. unnamed: whoever a source without a name describes."""

    chances: tuple[Chances, ...]
    joint: tuple[Called, ...] = ()
    via: Occurrence | None = None
    unnamed: Character | None = None


def read(scene: Scene, watch: Watch | None = None) -> list[Voice]:
    """The voice of each statement. `watch` is told of every occurrence before it is read, and may give whom it truly
    refers to (True where that is not known), for training."""
    voices: list[Voice] = []
    for n in range(READINGS):
        reading = _Reading(scene, watch if n == READINGS - 1 else None)
        voices = reading.run()
        scene.said_by = {i: v.chances[0][0][0] for i, v in enumerate(voices) if v.chances and v.chances[0][0][0]}
        for c in scene.cast.characters:
            c.called_he = c.called_she = 0.0
        for o in scene.occurrences:
            if o.reference and o.reference.head in ("he", "she"):
                for who, share in counted(o):
                    who.called_he += share * (o.reference.head == "he")
                    who.called_she += share * (o.reference.head == "she")
    return voices


class _Reading:
    def __init__(self, scene: Scene, watch: Watch | None) -> None:
        self._scene, self._watch = scene, watch
        self._state = State()
        self._unnamed: dict[str, Character] = {}
        self._last: Occurrence | None = None
        self._named: dict[Character, Occurrence] = {}
        self._together: tuple[Occurrence, tuple[Character, ...]] | None = None
        self._voices: list[Voice | None] = [None] * len(scene.statements)

    def run(self) -> list[Voice]:
        for o in self._scene.occurrences:
            found = self._of(o)
            told: Character | bool | None = True
            if self._watch:
                told = self._watch(o, self._scene, self._state)
            if o.statement >= 0:
                self._speak(o, found)
            o.chances = found if o.sort in ("pronoun", "relative") else []
            best = found[0] if found else (None, 0.0)
            who = best[0] if best[1] >= SEEN else None
            if best[0] is None and o.sort == "pronoun" and len(found) > 1 and found[1][1] >= PERHAPS:
                who = found[1][0]  # brought to mind, though not sure enough to be named
            if who and who.kind == "unnamed" and o.statement >= 0:
                self._voice(o).unnamed = who
            if told is not True:
                who = told if isinstance(told, Character) else None
            if who is None and o.sort in ("noun", "person", "work", "body"):
                who = self._nameless(o)
                if o.statement >= 0:
                    self._voice(o).unnamed = who
            o.who = who
            if who:
                self._state.see(o, who)
                if o.called:
                    self._named[who] = o
                if o.statement >= 0:
                    self._state.hear(o.statement, who)
                self._last = o
        return [v or Voice(()) for v in self._voices]

    def _of(self, o: Occurrence) -> Chances:
        """Whom an occurrence may refer to."""
        ref = o.reference
        if o.called and (ref is None or ref.sort in ("name", "work")):
            return self._called(o, o.called)
        assert ref is not None
        if ref.sort == "body" and ref.named:
            return [(self._body(ref.named, o), 0.97)]
        last = self._last
        near = last is not None and 0 <= o.start - last.end <= ADJACENT
        if ref.sort == "relative" and near and last and last.who and last.who.kind in kinds_of(sort_of(o)):
            return [(last.who, 0.97), (None, 0.03)]
        if ref.sort == "relative" and OF_MANY.search(self._scene.text, max(0, o.start - 30), o.start):
            return [(None, 1.0)]
        if ref.sort == "answer":
            answers = self._scene.interviewee()
            return [(answers, ANSWERS), (None, 1 - ANSWERS)] if answers else [(None, 1.0)]
        if ref.sort == "spoken":
            who = self._scene.said_by.get(o.inside) if o.inside >= 0 else None
            return [(who, 0.9), (None, 0.1)] if who else [(None, 1.0)]
        if o.sort == "noun":
            return self._noun(o)
        if ref.head in ("police", "poll") and (who := self._namesake(o)):
            return [(who, 0.97), (None, 0.03)]
        if ref.sort == "none" and (who := self._scene.said_by.get(self._scene.echoed(o.statement))):
            return [(who, ECHOED), (None, 1 - ECHOED)]
        return chances(o, self._scene, self._state)

    def _called(self, o: Occurrence, called: Called) -> Chances:
        """A name's owner; of several, by the title, by how often each was named, and by who was named just now."""
        who = called.who
        if len(who) == 1:
            return [(who[0], 0.99)]
        if called.sign:
            who = tuple(c for c in who if c.gender() * called.sign >= 0) or who
            clear = [c for c in who if c.gender() * called.sign > 0]
            who = tuple(clear) if len(clear) == 1 else who
        recent, counts = self._state.recent, self._state.counts
        weigh = [
            (counts[c] + 0.5) ** MAIN * (HERE if c in recent and recent[c].sentence >= o.sentence - 1 else 1.0)
            for c in who
        ]
        shares = [(c, 0.97 * w / sum(weigh)) for c, w in zip(who, weigh, strict=True)]
        return sorted(shares, key=lambda x: -x[1])

    def _noun(self, o: Occurrence) -> Chances:
        """A description outside of sources: whoever has the role, where just one does."""
        ref = o.reference
        assert ref is not None
        if ref.definite:
            who = [c for c in self._scene.by_role(ref.head) if c in self._state.counts]
            if len(who) == 1:
                return [(who[0], 0.8), (None, 0.2)]
        return [(None, 1.0)]

    def _namesake(self, o: Occurrence) -> Character | None:
        """The only body whose name says what a description says: "police" where one force is named, "the new poll"
        where one poll is. Of several polls the last one that was named."""
        ref = o.reference
        assert ref is not None
        named = [c for c in self._scene.bodies_like(ref.head) if ref.head in c.name.words[-2:]]
        if ref.head == "police":
            source = " ".join(self._scene.text[s.start : s.end] for s in self._scene.statements[o.statement].source)
            return named[0] if len(named) == 1 and BARE_POLICE.fullmatch(source) else None
        if ref.plural or not (ref.definite or "new" in ref.words):
            return None
        seen = [c for c in self._state.recent if c in named]
        return named[0] if len(named) == 1 else seen[-1] if seen else None

    def _group(self, o: Occurrence) -> tuple[Character, ...]:
        """Those who spoke together just before, for "they"."""
        ref = o.reference
        they = ref and ref.sort == "pronoun" and ref.head == "they"
        described = ref and ref.sort == "person" and ref.plural and ref.definite
        if ref and (they or described) and self._together:
            before, group = self._together
            if they and o.sentence - before.sentence <= TOGETHER:
                self._together = (o, group)
                return group
            if described and all(c.kind == "person" and ref.head in c.heads for c in group):
                self._together = (o, group)
                return group
        return ()

    def _nameless(self, o: Occurrence) -> Character:
        """Somebody without a name: a new one for "a woman", the one before for "the woman"."""
        ref = o.reference
        assert ref is not None
        key = ref.head
        if key not in self._unnamed or not ref.definite:
            made = Character("unnamed", Name(self._scene.text[o.start : o.end], (key,), "", ""))
            made.heads.add(key)
            made.several = ref.plural or key in PEOPLE
            made.he, made.she = TOLD * (key in OF_A_MAN), TOLD * (key in OF_A_WOMAN)
            self._unnamed[key] = made
        return self._unnamed[key]

    def _body(self, named: str, o: Occurrence) -> Character:
        name = parse(named)
        for c in self._scene.cast.characters:
            if c.kind == "organization" and c.name.words == name.words:
                return c
        return self._scene.cast.add(name, o.start, o.end)

    def _speak(self, o: Occurrence, found: Chances) -> None:
        """Notes who speaks in a statement."""
        ref = o.reference
        assert ref is not None
        family = ref.called[0].who if len(ref.called) == 1 and ref.called[0].family else ()
        if len(ref.called) > 1 or family:
            each = tuple(self._called(o, c) for c in ref.called)
            if family:
                each = tuple([(c, AS_ONE), (None, 1 - AS_ONE)] for c in family)
            group = tuple(c[0][0] for c in each if c[0][0])
            for who in group[1:]:
                self._state.see(o, who)
            self._together = (o, group)
            self._voices[o.statement] = Voice(each, () if family else ref.called)
        elif group := self._group(o):
            rest: Chances = [(None, 1 - AS_ONE)]
            self._voices[o.statement] = Voice(tuple([(who, AS_ONE), *rest] for who in group))
        else:
            best = found[0][0] if found else None
            if self._together and ref.sort in ("name", "person", "body", "work") and best not in self._together[1]:
                self._together = None  # somebody else has spoken since
            self._voices[o.statement] = Voice((found,), via=self._named.get(best) if best else None)

    def _voice(self, o: Occurrence) -> Voice:
        voice = self._voices[o.statement]
        assert voice is not None
        return voice
