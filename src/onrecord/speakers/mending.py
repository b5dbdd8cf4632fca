"""Names as the model reads them, mended by the text: whole words, initials, what a title or a bracket makes plain.

The model tags words one by one, and errs at their edges; how names are written is known.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.record import Mention, Statement
from onrecord.speakers.gathering import OF_A_PEOPLE, TOKEN
from onrecord.speakers.lexicon import BODIES, DROPPED, NOT_NAMES, PEOPLE, TITLES, WORKS
from onrecord.speakers.names import JOINERS, plain

REST_OF_WORD = re.compile(r"(?:[\w&]|(?<=[A-Z])\.(?=[A-Z])|(?<=\.[A-Z])\.|\.(?=[a-z]{2,3}\b)|-(?=\w)|['’](?=[A-Z]))+")
INITIAL_AND_LAST = re.compile(r"(?<=\b[A-Z])\.?\s(?=[A-Z])|(?<=\b[A-Z])\.\s?(?=[A-Z]\.)")
GENERATION = re.compile(r",?\s(?:Jr\.?|Sr\.?|III?|IV)(?![\w’'])")
CAPITAL_WORD = r"[^\W\d_a-z][\w’'-]*"
TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Prof|Rev|Adm|Maj|Cmdr|Supt|Det)\b\.?(?:\s(?:Col|Gen|Cmdr|Gov|Adm|Sgt)\b\.?)?\s"
    rf"(?P<name>{CAPITAL_WORD}(?:\s(?:[A-Z]\.|{CAPITAL_WORD}|(?:de|van|von|al|bin|la|le|der)(?=\s))){{0,3}})"
)
COMMON_NOUN_NEXT = re.compile(
    r"\s(?!(?:of|for|at|in|from|by|with|to|on|and|or|who|which|himself|herself|itself|also)\b)[^\W\d_A-Z]"
)
LONGEST_BODY = 8  # words
LONGEST_NAME = 5  # words that two names side by side may have to be one
TITLE_SHARE = 0.85  # of a headline's longer words that begin with a capital
LONGEST_PLACE = 40  # code points of a dateline before its last word
SURE = 0.7
APART = "\"“”‘’'«»()[]/–—,;:@-"
BEFORE_BODY = re.compile(
    r"(?<![.!?]\s)(?<!\n)\b(?!(?:The|A|An|This|That|His|Her|Our|Their|Its)\b)(?:[A-Z][\w’-]+ ){1,4}\Z"
)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
COMPANY = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Bros)\Z")
DATELINE = re.compile(r"[^\n—–]{0,30}?\s(?:[—–]|--?)\s")
PARTICLES = re.compile(r" (?:(?:de|del|della|der|den|van|von|la|le|bin|ibn|al|el|da|dos|du|ter|ten)[ -])+")
PARTICLE_BEFORE = re.compile(  # "Idris bin |Suhaim"
    rf"(?:\A|[\s(\"“‘'—–])"
    rf"(?P<name>{CAPITAL_WORD} (?:(?:de|del|della|der|den|van|von|bin|ibn|al|dos|du|ter|ten)[ -])+)\Z"
)
APPOSED = re.compile(r", [A-Z][^\W\d_]+ [A-Z]")
SPACED_DASH = re.compile(r"\s[–—-]\s")
POLL = re.compile(
    r"(?<![\w/])(?:[A-Z][\w.&’']*\s)*(?:[A-Z][\w.&’']*/|(?:Post|Times|Journal|Tribune|Herald|News)-(?=[A-Z]))[A-Z][\w.&’'-]*"
    r"(?:\s(?:[A-Z][\w.&’']*|the(?=\s[A-Z])))*\s(?:[a-z]+\s)?(?:poll|survey)\b"
)
FORCE = re.compile(r" [Pp]olice(?: (?:[Dd]epartment|[Ff]orce))?\b")
BEFORE_HYPHEN = re.compile(r"\b[A-Z][\w’']+-\Z")
BRACKETED = re.compile(r"\s\(\"?“?(?:the\s)?(?P<letters>[A-Z][A-Za-z&]{1,9})\"?”?\)")
SOURCE_NAME = re.compile(
    rf"{CAPITAL_WORD}\.?(?:\s(?:{CAPITAL_WORD}\.?|(?:of|de|van|von|al|bin|der|la|le|for|and)(?=\s[A-Z])))*"
)


def mended(text: str, mentions: Sequence[Mention], statements: Sequence[Statement]) -> list[Mention]:
    """The mentions with whole names, and with names that the text itself makes plain, in order and without overlap."""
    nouns = [m for m in mentions if not m.is_name]
    names = [whole for m in mentions if m.is_name and (whole := _whole(text, m))]
    names = _without_headlines(text, names)
    names = _with(names, _bodies(text, statements))
    for more in (_bracketed(text), _titled(text), _polls(text)):
        names = _with(names, more)
    names = _joined(text, _with(names, _police(text, names)))
    names = _joined(text, [*names, *_sources(text, statements, names)])
    names = _joined(text, [*names, *_elsewhere(text, names)])
    return sorted([*nouns, *names], key=lambda m: (m.start, m.end))


def _whole(text: str, m: Mention) -> Mention | None:
    """A name to the ends of its words, with the mark of a generation; None for a title alone."""
    start, end = m.start, m.end
    if dash := SPACED_DASH.search(text, start, end):
        end = dash.start()
    if (rest := REST_OF_WORD.match(text, end)) and (text[end - 1].isalnum() or text[end - 1] == "-"):
        end = rest.end()
    while start > 0 and not text[start - 1].isspace() and text[start - 1] not in APART:
        start -= 1
    if m.kind in ("organization", "place") and (hyphen := BEFORE_HYPHEN.search(text, max(0, start - 30), start)):
        start = hyphen.start()
    if (
        m.kind == "organization"
        and plain(text[start:end]) in BODIES
        and (more := BEFORE_BODY.search(text, max(0, start - 60), start))
    ):
        start = more.start()
    if before := PARTICLE_BEFORE.search(text, max(0, start - 40), start):
        return Mention(before.start("name"), end, "person", m.probability)
    if m.kind == "person" and (generation := GENERATION.match(text, end)):
        end = generation.end()
    line = text.rfind("\n", max(0, start - LONGEST_PLACE), start) + 1
    if (line or start <= LONGEST_PLACE) and text[line:end].isupper() and DATELINE.match(text, end):
        return Mention(start, end, "place", m.probability)
    words = [plain(w).strip(".,'’") for w in text[start:end].split()]
    if all(w in DROPPED or (len(w) == 1 and len(words) == 1) for w in words):
        return None
    return Mention(start, end, m.kind, m.probability)


def _without_headlines(text: str, names: list[Mention]) -> list[Mention]:
    """Names without those of three words or more that only a headline in title case has: its every word is a name's."""
    out = []
    titled: dict[int, bool] = {}
    for m in names:
        if len(text[m.start : m.end].split()) > 2:
            begin = text.rfind("\n", 0, m.start) + 1
            if begin not in titled:
                end = text.find("\n", begin)
                titled[begin] = _title_case(text[begin : end if end >= 0 else len(text)])
            if titled[begin] and text.count(text[m.start : m.end]) < 2:
                continue
        out.append(m)
    return out


def _title_case(line: str) -> bool:
    words = [w for w in line.split() if w[:1].isalpha() and len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= TITLE_SHARE * len(words)


def _with(names: list[Mention], more: Iterator[Mention]) -> list[Mention]:
    """Names with more of them. Of two that overlap the longer stands, of equals the one that was there."""
    out: list[Mention] = []
    ranked = [(m.start, n, m) for n, found in enumerate((names, more)) for m in found]
    for _, _, m in sorted(ranked, key=lambda r: (r[0], r[1])):
        while out and out[-1].end > m.start and out[-1].end - out[-1].start < m.end - m.start:
            out.pop()
        if not out or out[-1].end <= m.start:
            out.append(m)
    return out


def _joined(text: str, names: list[Mention]) -> list[Mention]:
    """Names without overlap, with those in one that only an initial's full stop parts."""
    out: list[Mention] = []
    for m in sorted(names, key=lambda m: (m.start, -m.end)):
        if out and m.start < out[-1].end:
            continue
        last = out[-1] if out else None
        if last and last.kind == m.kind == "person" and INITIAL_AND_LAST.fullmatch(text, last.end, m.start):
            out[-1] = Mention(last.start, m.end, "person", min(last.probability, m.probability))
            continue
        if last and (joined := _one_body(text, last, m)):
            out[-1] = joined
            continue
        out.append(m)
    return out


def _one_body(text: str, a: Mention, b: Mention) -> Mention | None:
    """Two names in one: "Idris" and "bin Suhaim", "Association" and "Harbour Pilots", "Ports" and "Tides
    Commission", and what the model took for two of different kinds, unsure of either."""
    gap = text[a.end : b.start]
    words = text[a.start : b.end].split()
    if gap == " " and a.kind != b.kind and min(a.probability, b.probability) < SURE and (kind := _torn(text, a, b)):
        return Mention(a.start, b.end, kind, max(a.probability, b.probability))
    if (
        gap == " "
        and a.kind == b.kind
        and a.kind in ("person", "organization")
        and len(words) <= LONGEST_NAME
        and len({*words}) == len(words)
    ):
        return Mention(a.start, b.end, a.kind, min(a.probability, b.probability))
    if a.kind == b.kind == "person":
        if not PARTICLES.fullmatch(gap) and not (gap == " " and PARTICLES.match(" " + text[b.start : b.end].lower())):
            return None
    elif a.kind in ("organization", "other") and b.kind in ("organization", "place", "other"):
        last = plain(text[b.start : b.end].split()[-1])
        if gap not in (" of ", " of the ", " for ", " at ") or (b.kind == "place" and gap not in (" of ", " at ")):
            if not (gap == " and " and _of_a_body(last) and " " not in text[a.start : a.end]):
                return None
        elif a.kind == "other":
            return None
    else:
        return None
    return Mention(a.start, b.end, a.kind, min(a.probability, b.probability))


def _torn(text: str, a: Mention, b: Mention) -> str | None:
    """The kind of a name that was torn in two: "Ada" (a body) and "Marsh" (a person). None where it is rather two
    names, or a description and a name."""
    first, last = (plain(text[m.start : m.end]).strip(".,'’") for m in (a, b))
    whole = text[a.start : b.end]
    # "the mayor of Port Elm, Elena Ruiz": whose office is told is named behind the comma
    of_a_place = a.kind == "place" and text.endswith(" of ", 0, a.start) and APPOSED.match(text, b.end) is not None
    if (
        " " in last
        or (" " in first and first.split()[-1] not in JOINERS)
        or not whole.replace(" ", "").replace("-", "").replace("’", "").replace("'", "").isalpha()
        or {first, last} & (TITLES | NOT_NAMES | WORKS | PEOPLE)
        or not text[b.start].isupper()
        or any(OF_A_PEOPLE.fullmatch(text[m.start : m.end]) for m in (a, b) if m.kind in ("other", "place"))
        or (a.kind == "place" and b.kind == "person" and not of_a_place)
    ):
        return None
    if of_a_place:
        return "place"
    if first.split()[-1] in JOINERS and a.kind == "person":
        return "person"
    return "person" if b.kind == "person" else "organization"


def _of_a_body(word: str) -> bool:
    """Whether a word, in the singular or the plural, says that a name is a body's."""
    return word in BODIES or (word.endswith("s") and word[:-1] in BODIES)


def _titled(text: str) -> Iterator[Mention]:
    """Whoever stands behind a title is a person: "Mr. Marsh"."""
    for m in TITLED.finditer(text):
        yield Mention(*m.span("name"), "person", 0.9)


def _bracketed(text: str) -> Iterator[Mention]:
    """A body whose initials stand in brackets behind it: "Harbour Board of Carrow (HBC)"."""
    for m in BRACKETED.finditer(text):
        letters = [c for c in m["letters"] if c.isupper()]
        words = list(re.finditer(r"[^\W_][\w’'.-]*|&", text[max(0, m.start() - 100) : m.start()]))
        offset = max(0, m.start() - 100)
        k, at = len(letters) - 1, len(words) - 1
        while at >= 0 and k >= 0 and len(words) - at <= len(letters) + 4:
            word = words[at][0]
            if word[0].upper() == letters[k] and (word[0].isupper() or k > 0):
                k -= 1
            elif word[0].isupper() and word[0] != letters[k]:
                break
            at -= 1
        if k < 0 and len(letters) > 1:
            yield Mention(offset + words[at + 1].start(), m.start(), "organization", 0.95)
            yield Mention(*m.span("letters"), "organization", 0.95)


def _bodies(text: str, statements: Sequence[Statement]) -> Iterator[Mention]:
    """Bodies in a source: capitalised words of which the main one says what they are ("Human Rights Council",
    "Association of Flight Attendants")."""
    for s in statements:
        if not s.source:
            continue
        for m in SOURCE_NAME.finditer(text, s.source[0].start, s.source[-1].end):
            start = m.start() + (4 if m[0].startswith("The ") else 0)
            words = [plain(w[0]).strip(".,'’") for w in TOKEN.finditer(text, start, m.end())]
            main = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
            if (
                1 < len(words) <= LONGEST_BODY
                and _of_a_body(main)
                and words[0] not in NOT_NAMES
                and not TITLES.intersection(words)
                and "and" not in words
            ):
                yield Mention(start, m.end(), "organization", 0.9)


def _polls(text: str) -> Iterator[Mention]:
    """Polls that are called by those who made them together: "the Herald/Keel opinion poll" is one body."""
    for m in POLL.finditer(text):
        start = m.start() + (4 if m[0].startswith(("The ", "New ")) else 2 if m[0].startswith("A ") else 0)
        yield Mention(start, m.end(), "organization", 0.9)


def _police(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """Forces by their place: "Carrow police", "the Carrow-Vale Police Department"."""
    for m in names:
        if (
            m.kind != "person"
            and not OF_A_PEOPLE.fullmatch(text[m.start : m.end])
            and (force := FORCE.match(text, m.end))
        ):
            yield Mention(m.start, force.end(), "organization", m.probability)


def _sources(text: str, statements: Sequence[Statement], names: Sequence[Mention]) -> Iterator[Mention]:
    """Sources that are written as names, and have none in them by the model."""
    begins = [n.start for n in names]
    for s in statements:
        if not s.source:
            continue
        start, end = s.source[0].start, s.source[-1].end
        k = bisect_left(begins, end) - 1
        if k >= 0 and names[k].end > start:
            continue
        for m in SOURCE_NAME.finditer(text, start, end):
            words = list(TOKEN.finditer(text, m.start(), m.end()))
            keys = [plain(w[0]).strip(".,'’") for w in words]
            skip = max((i + 1 for i, k in enumerate(keys) if k in TITLES or (k in NOT_NAMES and i == 0)), default=0)
            words, keys = words[skip:], keys[skip:]
            if not words or len(words) > 6 or keys[0] in NOT_NAMES:
                continue
            begin = words[0].start()
            if keys[-1] in WORKS | PEOPLE or COMMON_NOUN_NEXT.match(text, m.end(), end):
                break
            name = text[begin : m.end()]
            if len(words) == 1 and (len(name) < 3 or re.search(rf"\b{re.escape(plain(name))}\b", text)):
                continue
            yield Mention(begin, m.end(), "person" if len(words) > 1 else "other", 0.5)
            break


def _elsewhere(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """Names that are read in one place, where they stand unread in another. A last name alone counts where no other
    capitalised word stands beside it."""
    known: dict[tuple[str, ...], Mention] = {}
    for m in names:
        words = [plain(w[0]) for w in WORD.finditer(text, m.start, m.end)]
        if m.kind not in ("person", "organization") or (len(words) < 2 and m.probability < SURE):
            continue
        for form in {tuple(words), tuple(words[-1:]) if m.kind == "person" else tuple(words)}:
            if form and len(form[-1]) > 2 and form[0] not in NOT_NAMES:
                known.setdefault(form, m)
    lengths = sorted({len(form) for form in known}, reverse=True)
    taken = sorted((m.start, m.end) for m in names)
    found = list(WORD.finditer(text))
    plain_words = [w.casefold() if w.isascii() else plain(w) for w in (m[0] for m in found)]
    done = 0
    for i, w in enumerate(found):
        if w.start() < done or not w[0][0].isupper():
            continue
        form = next((f for n in lengths if (f := tuple(plain_words[i : i + n])) in known), ())
        if not form:
            continue
        start, end = w.start(), found[i + len(form) - 1].end()
        k = bisect_left(taken, (end, 0)) - 1
        if k >= 0 and taken[k][1] > start:
            continue
        if len(form) == 1 and (_capital_beside(text, found, i - 1, i) or _capital_beside(text, found, i + 1, i)):
            continue
        done = end
        yield Mention(start, end, known[form].kind, SURE)


def _capital_beside(text: str, words: Sequence[re.Match[str]], i: int, beside: int) -> bool:
    """Whether a word beside another is capitalised, no title, and parted from it by a space alone."""
    if not 0 <= i < len(words):
        return False
    low, high = sorted((i, beside))
    word = words[i][0]
    gap = text[words[low].end() : words[high].start()]
    return word[0].isupper() and gap == " " and plain(word) not in TITLES and plain(word) not in NOT_NAMES
