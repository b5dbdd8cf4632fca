"""Who passed a statement on, where the text says so: "told CNN", "in an interview with the Herald", "as quoted by".

The words that say so are looked for in the statement's own sentence, never in what was said, and the names near them
only, so that the work for one statement does not grow with the article. Where a programme or a journalist is named
with the outlet ("CNN's State of the Union", "CNN's Ada Marsh"), the outlet is given.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from onrecord.article import Span
from onrecord.speakers.lexicon import NOT_NAMES, TITLES

Names: TypeAlias = Sequence[tuple[int, int, str]]  # sorted by start: start, end, kind

REACH = 400  # code points on either side of a statement in which its sentence begins and ends
LOOKS_AHEAD = 200  # code points after a content in which a post may be signed
LOOKS_BACK = 2500  # code points before a statement in which "the newspaper" or "the interview" may have been named
NO, MAYBE, SURE = 0, 1, 2  # is a name an outlet's?

MEDIUM = (
    r"(?:newspapers?|papers?|websites?|sites?|blogs?|magazines?|stations?|networks?|channels?|broadcasters?|outlets?|"
    r"programmes?|programs?|shows?|podcasts?|news agency|agency|news service|wire service|tabloids?|daily|weekly|"
    r"radio|television|TV|affiliate)"
)
JOURNALIST = r"(?:(?:co-)?hosts?|anchors?|correspondents?|reporters?|journalists?|columnists?|moderators?|presenters?)"
OUTLET = re.compile(
    r"\b(?:News|Post|Times?|Journal|TV|Radio|Magazine|Herald|Tribune|Telegraph|Gazette|Chronicle|Examiner|Observer|"
    r"Press|Mirror|Inquirer|Courier|Dispatch|Sentinel|Daily|Weekly|Guardian|Network|Television|Channel|Media|Podcast|"
    r"Broadcasting|Today|TODAY|News\w+|CNN|MSNBC|CNBC|NBC|ABC|CBS|BBC|NPR|PBS|AP|AFP|UPI|ITV|CBC|ESPN|"
    r"[A-Z]\w+(?:News|Post|Times))\b"
)
GENERIC = re.compile(r"TV|Radio|Television|Media|Networks?|Channel|Press|News|Internet|Daily|Weekly|Dispatch|Today")
NO_OUTLET = re.compile(  # institutions, and people by their party or land, that are told things but print nothing
    r"\b(?:Congress|Senate|House|Parliament|Commons|Lords|Court|Committee|Commission|Council|Board|Department|Ministry|"
    r"Office|Bureau|Police|Party|Union|University|College|School|Foundation|Society|Fund|Bank|Agency|Navy|Army|"
    r"Pentagon|Kremlin|Treasury|Twitter|Facebook|Instagram|YouTube|Snapchat|Reddit|LinkedIn|Tumblr|Medium|FBI|CIA|NSA|"
    r"DNC|RNC|GOP|UN|EU|NATO|IRS|PAC|MPs?|Secretary|Square|Nations|States|Club|Corporation|Company|Inc|Ltd|Summit|"
    r"Conference|Convention|Institute|Democrats?|Britons|Muslims?|Christians?|Jews|Conservatives?|Internet|Hill|"
    r"Security|Force|[A-Z]\w+(?:ians|cans|rats))\b"
)
AUDIENCE = re.compile(  # "told a Planned Parenthood gathering"
    r"\s(?:gathering|rally|audience|crowd|staff|members?|delegates|supporters|aides?|officials?|voters|viewers|readers|"
    r"listeners|investigators|agents|executives?|employees|debate|forum|dinner|conference|convention|event|leaders?)\b"
)
MONTH = "January|February|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
DAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{MONTH})"
NUMBER = re.compile(r"\s\d+\b")
HEAD = re.compile(r"(?:(?:In|On|At|By|From|During|For)\s)?(?:[Tt]he\s)?(?=[A-Z])")
TAIL = re.compile(rf"(?:\s(?:and|of|the|&))?\s+{DAY}$|[.\s]+$")
LEADING = re.compile(  # what may stand between "told" and the name
    rf"(?:[Tt]he|(?P<a>an?)|his|her|fellow)?\s*(?P<described>(?:[a-z][\w-]*,?\s+){{0,3}}?(?:{MEDIUM}|{JOURNALIST})"
    r"(?:,\s+the|,)?\s+)?(?:[Tt]he\s+)?[\"“‘'`]{0,2}"
)
CAPITALS = re.compile(
    r"@\w{1,30}|(?:[A-Z]|\d+\s+[A-Z])[\w&-]*(?:[’'][A-Z]\w*|\.[A-Z]\w*)*\.?"
    r"(?:\s(?:(?:of|the|of the|and|&|with the)\s)?[A-Z0-9][\w&-]*(?:[’'][A-Z]\w*|\.[A-Z]\w*)*)*"
)
PROGRAMME = re.compile(r"[’']s?\s+[\"“‘]\s?[A-Z]|[’']s?\s+(?:[A-Z0-9]\w*\s)+(?:programme|program|show)\b")
FOLLOWED = re.compile(rf"(?:[’']s?)?(?<!-language)\s+(?:{MEDIUM}|{JOURNALIST})\b")
OF_OUTLET = re.compile(r"\s*(?:,\s*(?:an?|the)\s[\w\s]{0,20}?)?(?:of|from|with|at)\s+(?:the\s+)?")
HOP = re.compile(r"(?P<own>[’']s?)?\s+(?:[a-z]\w*\s){0,3}[\"“]?")  # "Britain's public broadcaster "
NATIONAL = re.compile(r"[A-Z]\w+(?:ish|ese|ian|ican|eli|aqi)|French|Dutch|German|Greek|Welsh|Swiss")
MORE = re.compile(r",?\s(?:and|&)\s(?:[Tt]he\s)?|,\s(?:[Tt]he\s)?")
ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Rev|Prof|St|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|vs|"
    r"[A-Z]\.[A-Z])$"
)
BORDER = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n|[.!?][”\"]\s+")
CLOSED = re.compile(r"[.!?][\"”’']*$")
POSTED = re.compile(r"[—–-]\s*(?P<name>[^\n()—–]{1,60})\((?P<handle>@\w{1,30})\)")
CREDITED = re.compile(r"[.!?]?[\"”“]?\s?\[(?:The\s)?(?P<name>[A-Z0-9][\w ]{1,30})\.?\]")
CLAUSE = re.compile(r"[^.;:\n\"“”]{0,80}")


class _Rule(NamedTuple):
    """Words that lead to a relay's name, and what the name must be."""

    words: re.Pattern[str]  # they end where the name begins, or where `by` is looked for
    by: re.Pattern[str] | None = None  # the words just before the name, at some distance in the same clause
    least: int = SURE  # how sure an outlet
    also: str = ""  # person, title: they will do too; alone: nothing stands before it; cue: the statement's own words


class _Found(NamedTuple):
    """A name, read where words lead to one."""

    start: int
    end: int
    sure: int = NO
    person: bool = False
    title: bool = False


def _rule(words: str, by: str = "", least: int = SURE, also: str = "") -> _Rule:
    first = re.compile(rf"(?<!\w)(?i:{words})" + (r"(?!\w)" if by else r"\s+"))
    return _Rule(first, re.compile(rf"\b(?:{by})\s+") if by else None, least, also)


SAID = "said|confirmed|reiterated|revealed|admitted|explained|e-?mails?|message|statements?|comments?|remarks?|letter"
PRINTED = "reported|quoted|cited|obtained|released|published|reviewed|seen|posted|aired|carried|leaked|relayed|provided"
AIRED = "broadcasts?|episodes?|editions?|appear(?:ances?|ed|ing)|meeting|podcast"
RULES = (
    _rule("told|tells?|telling", least=MAYBE, also="title cue"),
    _rule("interview(?:ed)?|sit-down|conversation|Q&A", "with|to", MAYBE, "person title"),
    _rule("interviews", "with|to", MAYBE, "title"),
    _rule("interviews?|interviewed|appear(?:ances?|ed|ing)", "on", MAYBE, "title"),
    _rule(f"interviews?|interviewed|{AIRED}", "on|of|by|for|from|in|with"),
    _rule("spoke|speaking|speaks|talked|talking", "to|with|on", also="title"),
    _rule(rf"(?:{SAID})(?: \w+){{0,2}}? to"),
    _rule("warned|assured|e-?mailed|informed|texted|wrote"),
    _rule(r"(?:reached|contacted|asked|pressed|questioned|interviewed)(?: \w+){0,3}? by", least=MAYBE),
    _rule("questions? (?:from|by)", least=MAYBE),
    _rule(r"(?:wrote|writes|writing)(?: \w+){0,3}? for", least=MAYBE),
    _rule(r"(?:wrote|writes|op-ed|column|essay|commentary|piece|article|said)(?: \w+){0,3}? (?:in|for)"),
    _rule(rf"(?:{PRINTED})(?: \w+){{0,2}}? (?:by|in|on|to)"),
    _rule("(?:as (?:reported|quoted|cited)|first reported|retweeted|tweeted|obtained|post|tweet) by", least=MAYBE),
    _rule(r"(?<!based )(?<!attack )(?<!attacks )(?<!focus )on", also="title alone"),
    _rule("according to"),
)
NAME_FIRST = re.compile(  # "a Herald interview", "the Herald reported"
    rf"(?P<name>{CAPITALS.pattern})(?:(?:[’']s|\s{MEDIUM})?\sinterview\b|"
    r"\s(?:(?:first|also|later|previously|earlier)\s)?(?:report(?:ed|s)|quot(?:ed|es)|cit(?:ed|es))\b(?! to\b))"
)
AGAIN = re.compile(
    rf"\b(?:(?P<told>told|tells|telling|to|in|on|by) the {MEDIUM}|"
    r"(?:[Ii]n|[Dd]uring|from|throughout) (?:the|that|the same) (?:interview|broadcast))\b(?!\s(?:with|on|by))"
)
NEXT = re.compile(r"[’']?s?\s(?:\w+\s)?interview")
SAYS = re.compile(r"\b(?:said|says|told|added|wrote|tweeted|asked|replied|claimed|insisted)\b")
AND = re.compile(r",\s(?:and|but|while|which|who|where)\b")
PRONOUN = re.compile(r"(?:he|she|they|it|who|i|we)(?: (?:also|both|all))?", re.IGNORECASE)


def relays(
    text: str, source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span], names: Names
) -> tuple[tuple[int, int], ...]:
    """Places (code points, start and end) of the names of those who passed a statement on; mostly none or one.

    `names` are those of the whole text, sorted by start, each with its kind: person, organization, place or other.
    """
    if not content or (not source and cue and text.startswith(("asked", "pressed"), cue[0].start)):
        return ()  # whoever passes the answer on put the question
    signed = _posted_by(text, source, content) or _credited(text, content, names)
    if signed:
        return (signed,)
    low = min(s.start for s in (*source, *cue, *content))
    high = max(s.end for s in (*source, *cue, *content))
    anchor = cue[0].start if cue else low
    pieces = _outside(*_sentence(text, low, high), content)
    found = [
        (not low <= at <= high, abs(at - anchor), name)
        for a, b in pieces
        for at, rule, name in _led_to(text, a, b, names)
        if not (name.end > b and text[b : name.start].strip(' "“Tthe'))  # but "telling | CNN that" will do
        and not _themselves(text, at, rule, name, source)
        and _counts(text, rule, at, low, high, source)
    ]
    if found:
        return _with_others(text, min(found)[2], names, content)
    again = _named_before(text, pieces, names) or _broadcast(text, source, content, names)
    return ((again.start, again.end),) if again else ()


def _themselves(text: str, at: int, rule: _Rule | None, name: _Found, source: Sequence[Span]) -> bool:
    """Whether the name is the source's own, and not in words about it: "a memo obtained by the Herald"."""
    surname = text[name.start : name.end].split()[-1] if name.person else ""
    return any(
        (s.start <= name.start < s.end and (not rule or at <= s.start))
        or (
            0 <= s.start - name.end < 4 and text[s.start : s.end] in ("which", "who", "that")
        )  # "the Herald, which seeks"
        or (surname and surname in text[s.start : s.end])
        for s in source
    )


def _counts(text: str, rule: _Rule | None, at: int, low: int, high: int, source: Sequence[Span]) -> bool:
    """Whether words at `at` speak of this statement and not of another one in its sentence."""
    if at > high:
        if rule and "cue" in rule.also:  # "Claiming that …, Marsh told CNN"
            return any(s.end == high for s in source) and not text[high:at].strip()
        return not SAYS.search(text, high, at) and not AND.search(text, high, at)
    if at < low and rule and "cue" in rule.also:
        return not source or bool(PRONOUN.fullmatch(" ".join(text[s.start : s.end] for s in source)))
    return True


def _led_to(text: str, a: int, b: int, names: Names) -> Iterator[tuple[int, _Rule | None, _Found]]:
    """The names in a piece of text that words lead to: where the words stand, by which rule, the name."""
    for rule in RULES:
        for m in rule.words.finditer(text, a, b):
            places = [m.end()]
            if rule.by:
                clause = CLAUSE.match(text, m.end(), b)
                places = [p.end() for p in rule.by.finditer(text, m.end(), clause.end() if clause else b)]
            for place in places:
                name = _read(text, place, names)
                if name and _fits(text, rule, place, name):
                    yield m.start(), rule, name
                    break
    for m in NAME_FIRST.finditer(text, a, b):
        name = _judged(text, *_cut(text, *m.span("name"), names), names)
        if name.end == m.end("name") and name.sure and not name.person:
            yield m.start(), None, name


def _fits(text: str, rule: _Rule, place: int, name: _Found) -> bool:
    """Whether a name is what a rule asks for."""
    if "alone" in rule.also and text[place : name.start].strip("\"“'‘") and not _aired(text, name):
        return False
    will_do = (name.person and "person" in rule.also) or (name.title and "title" in rule.also)
    return will_do or name.sure >= rule.least


def _read(text: str, at: int, names: Names) -> _Found | None:
    """The name that stands at a place, an article or a description before it aside."""
    lead = LEADING.match(text, at)
    described = bool(lead and lead["described"])
    at = lead.end() if lead else at
    owner = None
    for _ in range(3):
        name = _name_at(text, at, names, described)
        if not name:
            break
        if name.person:
            of = OF_OUTLET.match(text, name.end)
            outlet = _name_at(text, of.end(), names) if of else None
            if outlet and outlet.sure == SURE:
                return outlet
            if _works_for(text, name):
                return name._replace(sure=SURE)
        words, hop = text[name.start : name.end], HOP.match(text, name.end)
        national = bool(NATIONAL.fullmatch(words)) and not OUTLET.search(words)
        if not hop or not (national or (hop["own"] and name.sure < SURE and not name.title)):
            indefinite = lead and lead["a"] and not described and not _aired(text, name)  # "a Herald lunch group"
            return None if national or indefinite else name
        owner, at = None if national else name, hop.end()
    return owner if owner and owner.sure else None


def _name_at(text: str, at: int, names: Names, described: bool = False) -> _Found | None:
    run = CAPITALS.match(text, at)
    return _judged(text, *_cut(text, *run.span(), names), names, described) if run else None


def _works_for(text: str, name: _Found) -> bool:
    """Whether the text before has called a person a journalist: "Ada Marsh of Fox News … told Marsh"."""
    surname = re.escape(text[name.start : name.end].split()[-1])
    said = rf"\b{surname},? (?:of|from|an? \w+ (?:at|for|with)) (?:the )?(?P<of>[A-Z]\w+(?: [A-Z]\w+)*)"
    said += rf"|(?P<at>[A-Z]\w+(?: [A-Z]\w+)*)(?:[’']s?| {JOURNALIST}) (?:[A-Z]\w+ ){{0,2}}{surname}\b"
    before = re.compile(said).finditer(text, max(0, name.start - LOOKS_BACK), name.start)
    return any(OUTLET.search(m["of"] or m["at"]) for m in before)


def _aired(text: str, name: _Found) -> bool:
    """Whether a programme, a medium or a journalist of its own follows on a name."""
    return bool(FOLLOWED.match(text, name.end) or PROGRAMME.match(text, name.end))


def _titled(text: str, start: int, end: int) -> bool:
    """Whether words are a title: in quotation marks of their own."""
    return start > 0 and text[start - 1] in "\"“'‘" and bool(re.match(r"[,.]?[\"”'’]", text[end : end + 2]))


def _cut(text: str, start: int, end: int, names: Names) -> tuple[int, int]:
    """A run of capitals cut to the one name that it begins with."""
    if _titled(text, start, end):
        return start, end
    i = bisect_right(names, start, key=lambda n: n[0])
    following = names[i][0] if i < len(names) and names[i][0] < end else end
    if i and start < names[i - 1][1]:
        known = names[i - 1][1]
        if names[i - 1][2] != "place" and not OUTLET.search(text, known, following):
            number = NUMBER.match(text, known)  # "Channel 4"
            end = min(end, number.end() if number else known)
    elif following < end and not OUTLET.search(text, following, end) and re.search(r"\w\s$", text[start:following]):
        end = following
    if lead := HEAD.match(text, start, end):
        start = lead.end()
    return start, start + len(TAIL.sub("", text[start:end]))


def _judged(text: str, start: int, end: int, names: Names, described: bool = False) -> _Found:
    """A name with how sure it is an outlet's."""
    words = text[start:end]
    if words.startswith("@") or re.fullmatch(DAY, words):
        return _Found(start, end, MAYBE if words[0] == "@" else NO)
    i = bisect_right(names, start, key=lambda n: n[0])
    kind = names[i - 1][2] if i and start < names[i - 1][1] else None
    title = _titled(text, start, end)
    surely = described or bool(FOLLOWED.match(text, end))
    if kind != "person" and " " not in words and not OUTLET.search(words):
        near = names[max(0, i - 40) : i + 40]  # a surname that was misread
        kind = "person" if any(k == "person" and text[a:b].endswith(words) for a, b, k in near) else kind
    if kind == "person" and not re.search(r"\b(?:News|CNN|Times)\b", words):
        return _Found(start, end, SURE if surely else NO, True, title)
    last, first = words.split()[-1], words.split()[0].rstrip(".").casefold()
    if title and not NO_OUTLET.fullmatch(last):
        return _Found(start, end, SURE if OUTLET.search(words) else NO, False, True)
    refused = GENERIC.fullmatch(words) or NO_OUTLET.fullmatch(last) or AUDIENCE.match(text, end)
    if refused or first in NOT_NAMES or first in TITLES:
        return _Found(start, end)
    if surely or OUTLET.search(words) or PROGRAMME.match(text, end):
        return _Found(start, end, SURE)
    return _Found(start, end, NO if kind == "place" or NO_OUTLET.search(words) else MAYBE)


def _with_others(text: str, name: _Found, names: Names, content: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """A relay with those that are named beside it: "CNN and the Herald"."""
    out = [(name.start, name.end)]
    while more := MORE.match(text, out[-1][1]):
        other = _name_at(text, more.end(), names)
        if not other or other.sure < SURE or any(s.start <= other.start < s.end for s in content):
            break
        out.append((other.start, other.end))
    return tuple(out)


def _named_before(text: str, pieces: Sequence[tuple[int, int]], names: Names) -> _Found | None:
    """The relay that "the newspaper" or "the interview" means: the last one named before."""
    again = next((m for a, b in pieces for m in AGAIN.finditer(text, a, b)), None)
    if not again:
        return None
    told = bool(again["told"])
    earlier = _led_to(text, max(0, again.start() - LOOKS_BACK), again.start(), names)
    fit = (n for _, rule, n in earlier if told or (rule and rule.by) or NEXT.match(text, n.end))
    return max((n for n in fit if not n.person), default=None)


def _broadcast(text: str, source: Sequence[Span], content: Sequence[Span], names: Names) -> _Found | None:
    """The programme whose transcript an article gives, for the turns of whom its opening calls the guest."""
    turn = re.fullmatch(r"(?:.*\s)?([A-Z’'-]{2,}):\s*", text[source[0].start : content[0].start]) if source else None
    head = text.find("ranscript", 0, min(LOOKS_BACK, source[0].start)) if turn else -1
    if not turn or head < 0:
        return None
    for _, rule, name in _led_to(text, 0, head, names):
        if rule and not name.person:
            start, _ = _sentence(text, name.start, name.end)
            said = SAYS.search(text, start, head)
            guest = text[start : said.start() if said else head]
            return name if re.search(rf"\b{re.escape(turn[1])}\b", guest, re.IGNORECASE) else None
    return None


def _sentence(text: str, low: int, high: int) -> tuple[int, int]:
    """Where the sentence begins in which a statement does, and where the one ends in which it ends."""
    start, stop = max(0, low - REACH), min(len(text), high + REACH)
    before = (m.end() for m in BORDER.finditer(text, start, low + 2) if m.end() <= low and _ends(text, m))
    after = (m.start() for m in BORDER.finditer(text, high, stop) if _ends(text, m))
    closed = CLOSED.search(text, max(0, high - 4), high)
    return max(before, default=start), high if closed else next(after, stop)


def _ends(text: str, m: re.Match[str]) -> bool:
    """Whether a border is one: "U.S. The" is, "Gov. Marsh" is not."""
    at = m.start()
    if text[at] == "\n" or not ABBREVIATED.search(text, max(0, at - 8), at):
        return True
    following = re.match(r"\W*(\w*)", text[m.end() : m.end() + 20])
    return text[at - 2] == "." and following is not None and following[1].casefold() in NOT_NAMES


def _outside(start: int, end: int, content: Sequence[Span]) -> list[tuple[int, int]]:
    """A stretch of text without what was said in it, and without what is far from that."""
    pieces = []
    for span in sorted(content):
        if span.start > start:
            pieces.append((start, min(span.start, start + 2 * REACH)))
        start = max(start, span.end)
    return [*pieces, (start, end)] if end > start else pieces


def _credited(text: str, content: Sequence[Span], names: Names) -> tuple[int, int] | None:
    """The outlet that a digest credits after the content: "…, she said. [Herald.]"."""
    m = CREDITED.match(text, content[-1].end)
    if not m:
        return None
    i = bisect_right(names, m.start("name"), key=lambda n: n[0])
    kind = names[i - 1][2] if i and names[i - 1][:2] == m.span("name") else None
    named = kind in ("organization", "other") or OUTLET.search(m["name"]) or re.search(r"\d|[a-z][A-Z]", m["name"])
    return m.span("name") if named else None


def _posted_by(text: str, source: Sequence[Span], content: Sequence[Span]) -> tuple[int, int] | None:
    """The account that signs a post just after the content, where the post passes on somebody else's words."""
    end = content[-1].end
    tail = text[end : end + LOOKS_AHEAD].split("\n", 1)[0]
    signed = POSTED.search(tail)
    if not signed or '"' in tail[: signed.start()].strip(' "”'):
        return None
    at, stop = end + signed.start(), end + signed.end()
    words = " ".join(text[s.start : s.end] for s in source).casefold()
    if any(s.start < stop and s.end > at for s in source) or signed["name"].strip().casefold() in words:
        return None  # they post their own words
    return end + signed.start("handle"), end + signed.end("handle")
