"""Sources to speakers: which speaker each source names, or why none can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.record import Speaker, Step, Unresolved
from onrecord.speakers.names import Named, name_in, surnames

PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|which|that)(?: (?:also|both|all))?", re.IGNORECASE)
POSTED = re.compile(r"[—–-]\s*(?P<name>[^\n()—–]{1,60})\((?P<handle>@\w{1,30})\)")
LOOKS_AHEAD = 200  # code points after a content in which a post may be signed


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one source gives: speakers by id or why there is none, who relayed it, the steps, and where it stands."""

    speakers: tuple[str, ...]
    unresolved: Unresolved | None
    relay: tuple[str, ...]
    trail: tuple[Step, ...]


class _Cast:
    """The speakers of one article, in the order in which they are first named."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.surnames = surnames(text)
        self._found: dict[str, tuple[Named, dict[str, None], set[Span]]] = {}
        self._ids: dict[str, str] = {}

    def add(self, named: Named) -> str:
        """The id of who is named, known or new."""
        key = named.name.casefold()
        _, roles, mentions = self._found.setdefault(key, (named, {}, set()))
        roles.update(dict.fromkeys(named.roles))
        mentions.add(Span(named.start, named.end))
        return self._ids.setdefault(key, f"p{len(self._ids) + 1}")

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody, as speakers of the record."""
        return tuple(
            Speaker(self._ids[key], named.kind, named.name, roles=tuple(roles), mentions=tuple(sorted(mentions)))
            for key, (named, roles, mentions) in self._found.items()
        )


def resolve(
    text: str, sources: Sequence[Sequence[Span]], contents: Sequence[Sequence[Span]]
) -> tuple[tuple[Speaker, ...], list[Resolution]]:
    """The article's speakers and, for each statement's source, what it gives. `sources` and `contents` run side by
    side, a statement each, spans in code points."""
    cast = _Cast(text)
    out = [_resolve(cast, source, content) for source, content in zip(sources, contents, strict=True)]
    return cast.speakers(), out


def _resolve(cast: _Cast, source: Sequence[Span], content: Sequence[Span]) -> Resolution:
    relay = _posted_by(cast, source, content)
    if not source:
        return Resolution((), Unresolved("the text names no source with these words"), relay, ())
    start, end = source[0].start, source[-1].end
    named = name_in(cast.text, start, end, cast.surnames)
    if named is None:
        pronoun = PRONOUN.fullmatch(cast.text[start:end].strip())
        return Resolution((), Unresolved(f"{'a pronoun' if pronoun else 'a description'}, not a name"), relay, ())
    who = cast.add(named)
    return Resolution((who,), None, relay, (Step(who, named.start, named.end, "named as the source"),))


def _posted_by(cast: _Cast, source: Sequence[Span], content: Sequence[Span]) -> tuple[str, ...]:
    """The account that signs a post just after the content, where the post passes on somebody else's words."""
    end = content[-1].end
    tail = cast.text[end : end + LOOKS_AHEAD].split("\n", 1)[0]
    signed = POSTED.search(tail)
    if not signed or '"' in tail[: signed.start()].strip(' "”'):
        return ()
    at, stop = end + signed.start(), end + signed.end()
    words = " ".join(cast.text[s.start : s.end] for s in source).casefold()
    if any(s.start < stop and s.end > at for s in source) or signed["name"].strip().casefold() in words:
        return ()  # they post their own words
    handle = end + signed.start("handle")
    return (cast.add(Named(handle, handle + len(signed["handle"]), signed["handle"], "account", ())),)
