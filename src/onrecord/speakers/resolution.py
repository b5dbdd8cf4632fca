"""Statements to speakers: who said each, how sure that is, the way from the words to the name, or why none is given."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.article import Span
from onrecord.record import Candidate, Mention, Speaker, Statement, Step, Unresolved, named_from
from onrecord.speakers import wording
from onrecord.speakers.anonymity import described
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.cast import Called, Cast
from onrecord.speakers.gathering import Character
from onrecord.speakers.mending import mended
from onrecord.speakers.names import Name
from onrecord.speakers.reading import Chances, Voice, read
from onrecord.speakers.relays import relays
from onrecord.speakers.scene import Occurrence, Scene

KEPT = 5  # candidates that are kept where nobody is named
HARDLY = 0.02  # who is less probable is no candidate


def resolve(
    text: str, statements: Sequence[Statement], mentions: Sequence[Mention], least: float
) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    """The article's speakers, and its statements with theirs. Statements come without speakers, in the text's order;
    `mentions` are the names and descriptions that the model found; `least`: nobody is named who is less probable."""
    scene = stage(text, statements, mentions)
    roll = _Roll(scene, [(m.start, m.end, m.kind) for m in scene.mentions if m.is_name])
    voices = read(scene)
    sources = {o.statement: o for o in scene.occurrences if o.statement >= 0}
    told = [roll.told(s, sources[n], voices[n]) for n, s in enumerate(statements)]
    return roll.speakers(), tuple(named_from(s, least) for s in told)


def stage(text: str, statements: Sequence[Statement], mentions: Sequence[Mention]) -> Scene:
    """The scene of an article."""
    known = mended(text, mentions, statements)
    return Scene(text, statements, known, Cast(text, known))


class _Roll:
    """The speakers of the record, in the order in which statements need them."""

    def __init__(self, scene: Scene, names: Sequence[tuple[int, int, str]]) -> None:
        self._scene, self._names = scene, names
        self._ids: dict[Character, str] = {}
        self._places = {c.start: c for c in scene.cast.places}

    def told(self, s: Statement, o: Occurrence, voice: Voice) -> Statement:
        """A statement with its speakers, as if every name were sure enough."""
        relay = tuple(dict.fromkeys(self._id(self._relayer(a, b)) for a, b in self._relays(s)))
        shares = [calibrated(found, o) for found in voice.chances]
        best = [found[0] if found else (None, 0.0) for found in shares]
        named = [(who, p) for who, p in best if who is not None and who.kind != "unnamed"]
        if named and len(named) == len(best):
            sure = min(p for _, p in named)
            trail = tuple(
                step
                for (who, _), n in zip(named, range(len(named)), strict=True)
                for step in self._way(who, o, voice, n)
            )
            others = () if len(named) > 1 else self._candidates(shares[0])
            speakers = tuple(dict.fromkeys(self._id(who) for who, _ in named))
            unresolved = Unresolved(wording.why(self._scene.text, s, o, shares[0]), others)
            return self._with(s, speakers, unresolved, relay, sure, trail)
        if voice.unnamed is not None and _nameless(shares[0]) >= 0.5:
            voice.unnamed.described += described(self._scene.text, s)
            who = self._id(voice.unnamed)
            return self._with(s, (who,), None, relay, None, (Step(who, o.start, o.end, "described, and not named"),))
        candidates = self._candidates(shares[0]) if len(shares) == 1 else ()
        return self._with(
            s, (), Unresolved(wording.why(self._scene.text, s, o, shares[0]), candidates), relay, None, ()
        )

    def _with(
        self,
        s: Statement,
        speakers: tuple[str, ...],
        unresolved: Unresolved | None,
        relay: tuple[str, ...],
        sure: float | None,
        trail: tuple[Step, ...],
    ) -> Statement:
        confidence = replace(s.confidence, speaker=None if sure is None else round(sure, 3))
        return replace(
            s, speakers=speakers, unresolved=unresolved, relay=tuple(r for r in relay if r not in speakers),
            confidence=confidence, trail=trail,
        )  # fmt: skip

    def _candidates(self, found: Chances) -> tuple[Candidate, ...]:
        likely = [(who, p) for who, p in found if who and who.kind != "unnamed" and p >= HARDLY][:KEPT]
        return tuple(Candidate(self._id(who), round(p, 3)) for who, p in likely)

    def _way(self, who: Character, o: Occurrence, voice: Voice, n: int) -> list[Step]:
        """The steps from a source's words to the fullest name."""
        scene, key = self._scene, self._id(who)
        called = voice.joint[n] if voice.joint else o.called
        steps: list[tuple[int, int, str]] = []
        if called:
            steps.append((called.start, called.end, "named as the source"))
        else:
            if o.end > o.start:
                steps.append((o.start, o.end, wording.step(o)))
            if voice.via:
                steps.append(
                    (
                        voice.via.start,
                        voice.via.end,
                        "the last name that fits" if o.end > o.start else "who spoke or was named last",
                    )
                )
        full = self._places.get(who.fullest.start)
        if full and (not steps or steps[-1][:2] != (full.start, full.end)):
            shown = scene.text[steps[-1][0] : steps[-1][1]] if steps else ""
            if shown != scene.text[full.start : full.end] or full.role < full.start:
                steps.append((full.role, full.end, "in full"))
        return [Step(key, a, b, why) for a, b, why in steps]

    def _relays(self, s: Statement) -> tuple[tuple[int, int], ...]:
        return relays(self._scene.text, s.source, s.cue, s.content, self._names)

    def _relayer(self, start: int, end: int) -> Character:
        """Who a relay's name means."""
        places = self._scene.cast.places
        k = bisect_right(places, start, key=lambda c: c.start)
        near = [c for c in places[max(0, k - 1) : k + 1] if c.start < end and start < c.end]
        called = self._places.get(start) or (near[0] if near else None)
        if called and called.who:
            return called.who[0]
        text = self._scene.text[start:end]
        name = Name(text, tuple(text.casefold().split()), "", "")
        made = self._scene.cast.add(name, start, end, "account" if text.startswith("@") else "organization")
        self._places[start] = Called(start, end, (made,), start)
        return made

    def _id(self, who: Character) -> str:
        return self._ids.setdefault(who, f"p{len(self._ids) + 1}")

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who was asked for."""
        return tuple(
            Speaker(
                i,
                c.kind,
                None if c.kind == "unnamed" else c.name.text,
                aliases=() if c.kind == "unnamed" else tuple(f for f in c.forms if f != c.name.text),
                roles=tuple(c.roles),
                described=_merged(c.described) if c.kind == "unnamed" else (),
                mentions=tuple(sorted(set(c.mentions))),
            )
            for c, i in self._ids.items()
        )


def _nameless(found: Chances) -> float:
    """How probable it is that nobody with a name is meant."""
    return sum(p for who, p in found if who is None or who.kind == "unnamed")


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, each word once."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
