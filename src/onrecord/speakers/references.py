"""What the words of a source are: a name, several, a pronoun, a description of somebody, or the work of somebody."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.article import Span
from onrecord.speakers.cast import Called, Cast
from onrecord.speakers.gathering import TOKEN
from onrecord.speakers.lexicon import (
    BODIES,
    CAMPAIGNS,
    NOT_NAMES,
    PEOPLE,
    PLURAL_ENDS,
    PRONOUNS,
    RELATIVE,
    SAME_ROLE,
    SPOKEN,
    WORKS,
)
from onrecord.speakers.names import plain

Sort = Literal["name", "pronoun", "spoken", "relative", "person", "body", "work", "answer", "none"]
HEAD_ENDS = re.compile(r",\s(?!(?:Jr|Sr|II|III|IV)\b)|\s?[(\[]|\s?[–—]\s?|\s-\s|;|:|\s(?:who|which|that|whose|whom)\b")
PREPOSITION = re.compile(
    r"\s(?:of|for|at|in|from|by|with|to|on|about|against|near|into|inside|outside|under|over|between|among|after|before"
    r"|during|since|published|released|conducted|filed|obtained|reviewed|provided|posted|issued|sent|written|signed"
    r"|representing|including|close|familiar|based|commissioned|tracking|attributed|citing)\b"
)
OWNED = re.compile(r"['’]s?\s+\S")
MAKER = re.compile(r"\b(?:by|from|of|in|for|at)\s+(?:the\s+|both\s+)?$", re.IGNORECASE)
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\([^)\n]{1,40}\)\s*)?(?:[—–]|--?)\s")  # "PORT ELM (Wire) — "
ALONE = re.compile(
    r"(?P<word>[\w’']+)(?:[,\s]+(?:also|too|both|each|all|himself|herself|themselves|later|then|alone|never|once|now))*",
)
AND = re.compile(r"\s*,?\s*(?:and|or|&|as well as)\s+(?:the\s+)?|\s*,\s*(?:the\s+)?", re.IGNORECASE)
LEADS_ON = re.compile(
    r"\s+|['’]s?\s+(?:(?!and\b|or\b)[\w.-]+\s+){0,5}|\s+(?:(?!(?:and|or|of|for|in|at|by|to|with|who|from|on)\b)[\w.-]+\s+){1,6}"
)
GOES_ON = re.compile(
    r"\s(?:of|for|at|in|from|by|with|to|on|about|against|near|during|after|before|and|or|&|as well as|himself|herself"
    r"|itself|themselves|also|too|both|then|who|which)\b|\s\(|\s?,"
)
BESIDE = re.compile(r",\s+(?:(?!(?:and|or|but|of|for|in|at|by|to|with|from|on)\b)[\w’'-]+\s+){0,5}|\s*[–—]\s*")
INCLUDING = re.compile(
    r",?\s+(?:including|like|such as|among them)\s+(?:the\s+)?|,\s+(?:including|like|among them)\s+(?:[A-Z]\w+\s+)?"
)
BOTH_OF = re.compile(
    r"\s(?:and|or)\s(?!(?:his|her|their|its|other|others|several|many|some|a|an|the|has)\b)(?:[a-z][\w-]*\s?)+"
)
ANY_OF_MANY = re.compile(r"(?:some|several|many|most|few|no|any|two|three|four|both|\d+)\b", re.IGNORECASE)
FARTHEST = 90  # code points from a name to the one that "and" joins to it
APPOSED_AND = re.compile(r",\s[^,]{3,80},?\sand\s(?:the\s)?")
DEFINITE = re.compile(r"(?:the|this|that|these|those)\b", re.IGNORECASE)
OWNER = re.compile(r"^(?:his|her|their|its|my|our)\b|\S['’]s\s|s['’]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """sort: "work" is what somebody wrote, "body" an organization, "person" somebody described, "spoken" I, we or you,
    "answer" the A of an interview.
    called: the names that it consists of, or for a work its maker's. head: the main word of a description, in one
    form ("senator"), with the other words in `words`. named: a body's name that the words make up."""

    sort: Sort
    start: int
    end: int
    called: tuple[Called, ...] = ()
    head: str = ""
    words: frozenset[str] = frozenset()
    plural: bool = False
    definite: bool = False
    owned: bool = False
    named: str = ""


def refer(text: str, source: Sequence[Span], cast: Cast) -> Reference:
    """What a source's words are. The first of its spans tells; none at all gives the sort "none"."""
    if not source:
        return Reference("none", 0, 0)
    start, end = source[0].start, source[-1].end
    if (start == 0 or text[start - 1] == "\n") and (dateline := DATELINE.match(text, start, end)):
        start = dateline.end()
    while start < end and text[start] in " \t\r\n(\"“'‘«,.:;-–—":
        start += 1
    while end > start and text[end - 1] in " \t\r\n:,;\"”’'»-–—)" and not text[start:end].endswith(("s'", "s’")):
        end -= 1
    if start == end:
        return Reference("none", 0, 0)
    if alone := ALONE.fullmatch(text, start, end):
        word = plain(alone["word"])
        if word in ("a", "answer") and text[end : end + 1] in (":", "."):
            return Reference("answer", start, end, head=word)
        if word in PRONOUNS:
            return Reference("pronoun", start, alone.end("word"), head=PRONOUNS[word], plural=PRONOUNS[word] == "they")
        if word in RELATIVE:
            return Reference("relative", start, end, head=word)
        if word in SPOKEN:
            return Reference("spoken", start, end, head=word)
    places = cast.places
    first = bisect_left(places, start, key=lambda c: c.end - 1)
    inside = []
    while first < len(places) and places[first].start < end:
        if any(c.kind != "unnamed" for c in places[first].who):
            inside.append(places[first])
        first += 1
    if not inside and first < len(places) and places[first].role <= start and end <= places[first].start:
        inside, end = [places[first]], places[first].end  # the source is cut short before the name: "Mr."
    inside = [c for c in inside if not any(d.role <= c.start < d.start for d in inside)]  # part of another's role
    return _named(text, start, end, inside) or _described(text, start, end, inside)


def head_end(text: str, start: int, end: int, names: Sequence[Called]) -> int:
    """Where a source's main part ends: before an apposition, a relative clause or a bracket, but in no name."""
    for m in HEAD_ENDS.finditer(text, start + 1, end):
        if not any(c.start < m.start() < c.end for c in names):
            return m.start()
    return end


def _named(text: str, start: int, end: int, names: Sequence[Called]) -> Reference | None:
    """The reference where a name, or several, are the source."""
    if not names:
        return None
    stop = head_end(text, start, end, names)
    lead = names[0]
    if lead.start >= stop:
        return _apposed(text, start, stop, end, names)
    before = text[start : lead.role]
    if PREPOSITION.search(f" {before}") and not before.rstrip().endswith(("’s", "'s", "s’", "s'")):
        return _apposed(text, start, stop, end, names)
    current = _led(text, start, end, names, lead)
    rest = text[current.end : stop]
    if OWNED.match(rest) or (re.match(r"\s+[\w(“\"]", rest) and not GOES_ON.match(rest)) or BOTH_OF.fullmatch(rest):
        return _apposed(text, start, stop, end, names)
    return _joint(text, end, names, current)


def _apposed(text: str, start: int, stop: int, end: int, names: Sequence[Called]) -> Reference | None:
    """The name that stands beside a description: "her lawyer, Ada Marsh,"."""
    lead = next((c for c in names if c.start >= stop and c.who and c.who[0].acts), None)
    words = text[start:stop].split()
    if lead is None or not words or plain(words[-1]).strip(".,'’") in NOT_NAMES:
        return None
    between = text[stop : lead.role]
    if INCLUDING.fullmatch(between):
        return _joint(text, end, names, lead, including=True)
    if not BESIDE.fullmatch(between):
        return None
    if ANY_OF_MANY.match(text[start:stop]) and plain(words[-1]).endswith("s"):
        return None
    return _joint(text, end, names, _led(text, stop, end, names, lead))


def _led(text: str, start: int, end: int, names: Sequence[Called], lead: Called) -> Called:
    """The name that another leads to: "Marsh campaign manager Olu Vries", "Carrow's Ada Marsh"."""
    stop = head_end(text, max(start + 2, lead.start), end, names)
    for c in names[names.index(lead) + 1 :]:
        if c.start >= stop or not LEADS_ON.fullmatch(text[lead.end : c.start]):
            break
        lead = c
    return lead


def _joint(text: str, end: int, names: Sequence[Called], lead: Called, including: bool = False) -> Reference:
    """The name, with those that "and" joins to it; of "critics, including Ada Marsh", those included."""
    chain = [lead]
    joined = including
    for c in names[names.index(lead) + 1 :]:
        gap = text[chain[-1].end : c.role]
        if not AND.fullmatch(gap):
            if len(gap) > FARTHEST:
                break
            if not APPOSED_AND.fullmatch(gap):  # a name in the apposition: "Marsh, Mayor of Carrow, and Vries"
                continue
            joined = True
        joined |= bool(re.search(r"\band\b|&|\bor\b", gap))
        chain.append(c)
    called = tuple(chain) if joined else (lead,)
    return Reference("name", called[0].start, called[-1].end, called, plural=len(called) > 1, owned=including)


def _described(text: str, start: int, end: int, names: Sequence[Called]) -> Reference:
    """The reference where the source is a description: what it is of."""
    stop = head_end(text, start, end, names)
    cut = next(
        (
            m.start()
            for m in PREPOSITION.finditer(text, start, stop)
            if not any(c.start <= m.start() < c.end for c in names)
        ),
        stop,
    )
    core = text[start:cut]
    tokens = list(TOKEN.finditer(text, start, cut))
    if not tokens:
        return Reference("person", start, end)
    head = plain(tokens[-1][0]).strip(".,'’\"”)")
    head = re.sub(r"['’]s?$", "", head)
    single, plural = _singular(head)
    words = frozenset(plain(t[0]).strip(".,'’\"”“") for t in tokens[:-1])
    definite, owned = bool(DEFINITE.match(core)), bool(OWNER.search(core))
    shared = {
        "head": SAME_ROLE.get(single, single),
        "words": words,
        "plural": plural,
        "definite": definite,
        "owned": owned,
    }
    first = plain(tokens[0][0])
    if single in WORKS and first in ("his", "her", "its", "their"):
        return Reference("pronoun", start, tokens[0].end(), head=PRONOUNS[first], plural=first == "their")
    if single in WORKS:
        return Reference("work", start, cut, tuple(_makers(text, start, end, cut, names)), **shared)  # type: ignore[arg-type]
    inside = [c for c in names if c.start < cut]
    if single in CAMPAIGNS and inside and text[inside[-1].end : cut].split() == [tokens[-1][0]]:
        return Reference("body", start, cut, (), named=text[inside[0].start : cut].strip(), **shared)  # type: ignore[arg-type]
    body = single in BODIES and single not in PEOPLE
    return Reference("body" if body else "person", start, cut, (), **shared)  # type: ignore[arg-type]


def _makers(text: str, start: int, end: int, cut: int, names: Sequence[Called]) -> list[Called]:
    """Whose a work is: the name in front of it, or behind "by", "from" and the like."""
    names = [c for c in names if c.who and c.who[0].acts]
    within = [c for c in names if c.end < cut]
    if within:
        last = within[-1]
        between = text[last.end + 2 : cut]  # "the board's inspector's report" is the inspector's
        letters = text[last.start : last.end]
        return [last] if not OWNER.search(between + " ") and not (letters.isupper() and len(letters) < 3) else []
    stop = head_end(text, start, end, names)
    for c in names:
        apart = c.start >= stop and text[stop : stop + 2].strip() not in ("–", "—", "-")
        if apart or OWNED.match(text, c.end) or not MAKER.search(text[cut - 1 : c.role]):
            continue
        chain = [c]
        for d in names[names.index(c) + 1 :]:
            if not re.fullmatch(r"\s*,?\s*and\s+(?:the\s+)?", text[chain[-1].end : d.role]):
                break
            chain.append(d)
        return chain
    return []


def _singular(word: str) -> tuple[str, bool]:
    """A noun in the singular, and whether it was in the plural."""
    if word.endswith("men"):
        return word[:-2] + "an", True
    if word in PLURAL_ENDS:
        return word, True
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y", True
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")):
        return word[:-1], True
    return word, False
