"""What an article's text says of itself: its date, byline, headline and credit.

Only the head and the tail of the text are looked at, line by line, so that the work is the same for every length.
A fact that may be something else is left open: better unknown than wrong.
"""

import re
from dataclasses import replace

from onrecord.article import Article
from onrecord.sources import dates

_HEAD, _TAIL = 6000, 3000  # characters
_HEADER_LINES, _CLOSING_LINES = 6, 6
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")

_LEADING_DATE = re.compile(r"[\s\ufeff]*date:?[ \t]+(?=\d{4}-\d\d-\d\d)")
_PUBLISHED = re.compile(r"(?:(?:(?:first|originally) )?(?:published|posted|released)|date)?(?: on| at)?", re.I)
_MODIFIED = re.compile(r"(?:last )?(?:updated|modified)(?: on| at)?", re.I)
_TIME = (
    r"(?:\b\d{1,2}(?:[:.]\d\d){1,2}\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*\(?\b(?-i:[A-Z]{1,3}T|UTC|GMT)\b\)?)?"
)
_CLOCK = re.compile(_TIME, re.I)
_AFTER_DATE = re.compile(rf"[\s,;|@•·–—-]*(?:at\s+)?(?:{_TIME})?", re.I)
_DATE_LABEL = re.compile(r"\b(?:(?:first|last)\s+)?(?:published|posted|updated|modified)(?:\s+on)?:?\s*$", re.I)

_AGENCY = re.compile(
    r"ap|(?:the )?(?:associated|canadian) press|(?:thomson )?reuters(?: foundation)?|afp|upi|cnn|dpa|pa|efe|ansa|ani|"
    r"pti|ians|xinhua|tass|kyodo(?: news)?|yonhap|bloomberg|aap|cp|bernama",
    re.I,
)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^()/\n–—]{1,80}?)\s*(?:\((?P<agency>[^\W\d_][\w .&’'-]{0,40})\)|/(?P<wire>[A-Z][\w ]{1,30})/)"
    r"\s*(?:[–—]|--?)"
)
_PLACE_ONLY = re.compile(r"[A-Z][A-Z.'’ -]+[A-Z.](?:,[^()–—\n]{1,40}?)?\s*(?:[–—]|--| - )")

_BY = re.compile(r"(?:by|written by|story by)\b:?\s+", re.I)
_AND = re.compile(r"\s*(?:,\s*and\s|,|;|\sand\s|&)\s*", re.I)
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:[^\W\d_a-z][\w.'’-]*|de|da|del|della|di|van|von|der|den|la|le|al|bin|ibn|ter|du|dos)){0,4}"
    r"\s+[^\W\d_a-z][\w.'’-]*"
)
_MC = re.compile(r"\bMc([a-z])")
_NO_NAME = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|editors?|press|news|columnist|contribut\w+|agency|special|desk|"
    r"service|bureau|journalist|producer|team|times|herald|tribune|gazette|reuters|afp|board|magazine|media|the|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight|night|morning)\b",
    re.I,
)

_ORIGINALLY = re.compile(
    r"[(\[]?(?:this |the )?(?:(?:article|story|piece|post|report|column|essay|interview)\s+)?(?:was\s+|has\s+)?"
    r"(?:originally|first)\s+(?:published|appeared|posted|reported|ran)\s+(?:\w+\s+){0,2}?(?:on|in|by|at|with)\s+(?P<who>.+)",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\))(?:\s*(?:copyright\b|©|\(c\)))?[\s,:]*[\d\s,–-]*(?:by\s+)?(?P<who>.*)", re.I
)
_RIGHTS = re.compile(r"\W*\ball rights\b.*", re.I)
_MONTH = re.compile(rf"(?:{dates.MONTHS})\b", re.I)
_DAY = re.compile(rf"(?:{dates.MONTHS})\s+\d", re.I)
_REPORTING = re.compile(r"\(?reporting (?:and writing )?by\s+(?P<who>[^;)]{3,160})", re.I)
_REPORTING_ENDS = re.compile(r"[,.]?\s+(?:additional|editing|writing|with)\b", re.I)
_CREDIT_ENDS = re.compile(
    r"\.\s|[,;:()\[\]|]|\s(?:and is|and was|is|was|under|as|here|on|with permission)\b|\shttps?:", re.I
)

_SENTENCE_END = re.compile(r"[.…;:,][\"'”’)\]]*$")
_SAID_END = re.compile(r"[.…!?][\"'”’)\]]*$")
_LABEL = re.compile(r"[A-Z][\w .,'’()-]{0,40}:\s")
_NO_HEADLINE = re.compile(r"[-*•▪@#]|\d+[.)]\s|https?:|(?:dear|advertisement|photo|image|by|click|subscribe)\b", re.I)
_OPENS, _CLOSES = "\"“‘'«„", "\"”’'»“"


def with_facts(article: Article) -> Article:
    """The article with what its text says of itself in the fields that are still None. The text is unchanged."""
    lines, facts = _opening(article.text[:_HEAD])
    _headline(article.text[:_HEAD], lines, facts)
    _closing(article.text[-_TAIL:], facts)
    if "originally" in facts:
        facts["credit"] = facts.pop("originally")
    elif "holder" in facts:
        facts.setdefault("credit", facts["holder"])
    facts.pop("holder", None)
    if article.outlet and facts.get("credit", "").casefold() == article.outlet.casefold():
        del facts["credit"]  # an outlet's own copyright line credits nobody else
    new = {name: value for name, value in facts.items() if getattr(article, name) is None}
    return replace(article, **new) if new else article  # type: ignore[arg-type]  # all of them are strings


def _opening(head: str) -> tuple[list[tuple[int, str]], dict[str, str]]:
    """(where it starts, its words) of each line from the first that is no date line or byline on, and the facts."""
    facts: dict[str, str] = {}
    start = 0
    leading = _LEADING_DATE.match(head)
    if leading and (found := dates.find(head[: leading.end() + 40], leading.end())) and found[1] == leading.end():
        facts["published"], start = found[0], found[2]
    lines = [
        (m.start() + len(m[0]) - len(m[0].lstrip()), m[0].strip())
        for m in _LINE.finditer(head, start)
        if not m[0].isspace()
    ]
    kept = []
    for n, (at, line) in enumerate(lines):
        if n >= _HEADER_LINES or len(line) > 250 or len(line.split()) > 25:  # here the body has begun
            kept += lines[n:]
            break
        said = _date_line(line) or _byline(line)
        for name, value in said.items():
            facts.setdefault(name, value)
        if not said:
            kept.append((at, line))
    for _, line in kept[:_HEADER_LINES]:
        if dateline := _dateline(line[:200]):
            facts |= {k: v for k, v in dateline.items() if k not in facts}
            break
    return kept, facts


def _date_line(line: str) -> dict[str, str]:
    """The dates of a line that holds nothing but dates, clock times and words like "Updated"."""
    facts: dict[str, str] = {}
    position = 0
    while len(line) <= 160 and (hit := dates.find(line, position)):
        found, start, end = hit
        label = _CLOCK.sub("", line[position:start]).strip(" \t:|•·,;-–—()")
        if _PUBLISHED.fullmatch(label):
            facts.setdefault("published", found)
        elif _MODIFIED.fullmatch(label):
            facts.setdefault("modified", found)
        else:
            return {}
        clock = _AFTER_DATE.match(line, end)
        position = clock.end() if clock else end
    return {} if line[position:].strip(" .|)") else facts


def _byline(line: str) -> dict[str, str]:
    """The names of "By Jane Doe and John Roe, Staff Writer", and the date where one closes the line."""
    if not (by := _BY.match(line)) or len(line) > 200:
        return {}
    facts: dict[str, str] = {}
    rest = line[by.end() :]
    if hit := dates.find(rest):
        label = _DATE_LABEL.search(rest[: hit[1]])
        cut = label.start() if label else hit[1]
        if not (facts := _date_line(rest[cut:])):
            return {}
        rest = rest[:cut].rstrip(" \t|•·,–—-")
    if names := _names(re.split(r"\s[|•·–—-]\s", rest)[0]):
        return {"byline": names, **facts}
    return {}


def _names(words: str) -> str | None:
    """The people in "JANE DOE and John Roe, Staff Writer"; None where a part is neither a name nor a role."""
    names: list[str] = []
    for piece in _AND.split(words.strip(" .")):
        if _NO_NAME.search(piece):
            continue  # a role or an outlet
        if not _NAME.fullmatch(piece):
            return None
        names.append(_MC.sub(lambda m: "Mc" + m[1].upper(), piece.title()) if piece.isupper() else piece)
    return ", ".join(names) or None


def _dateline(line: str) -> dict[str, str] | None:
    """What a dateline tells: its agency, and its day where the year is there. None where the line opens with none."""
    if not (match := _DATELINE.match(line)):
        return {} if _PLACE_ONLY.match(line) else None
    place, agency = match["place"], (match["agency"] or match["wire"]).strip()
    capitals = place.split(",")[0].isupper() and len(place) > 2
    if not capitals and not (place[0].isupper() and len(place.split()) <= 6 and _AGENCY.fullmatch(agency)):
        return None
    facts = {"credit": agency}
    if hit := dates.find(place):
        facts["published"] = hit[0]
    return facts


def _headline(head: str, lines: list[tuple[int, str]], facts: dict[str, str]) -> None:
    """Adds `title` where the first line can be nothing but a headline: short, set off, longer sentences after it."""
    if len(lines) < 2 or len(lines[0][1]) > 250:
        return
    at, line = lines[0]
    count = len(line.split())
    unquoted = line[0] not in _OPENS or (line[-1] not in _CLOSES and not re.search(r",[\"”’']", line))
    if not 3 <= count <= 25 or not unquoted or _SENTENCE_END.search(line) or _NO_HEADLINE.match(line):
        return
    if _dateline(line) is not None or _credit_line(line) or _DAY.match(line):
        return
    after = [words for _, words in lines[1:5]]
    if _LABEL.match(line) and any(_LABEL.match(words) for words in after):
        return  # the first turn of a transcript
    gap = head[at + len(line) : lines[1][0]]
    if len(gap.splitlines()) < 2 and not gap.strip():
        return  # no blank line and no byline or date between: it may be the first line of a wrapped paragraph
    if any(len(words.split()) > max(count, 12) and (_SAID_END.search(words) or len(words) > 400) for words in after):
        facts["title"] = line


def _closing(tail: str, facts: dict[str, str]) -> None:
    for line in reversed([m[0].strip() for m in _LINE.finditer(tail) if not m[0].isspace()][-_CLOSING_LINES:]):
        if len(line) > 400:
            continue
        for name, value in _credit_line(line).items():
            facts.setdefault(name, value)
        if (reporting := _REPORTING.match(line)) and "byline" not in facts:
            who = _REPORTING_ENDS.split(reporting["who"].strip(" ."), maxsplit=1)[0]
            who = re.sub(r"\s+in\s+[A-Z][\w. ]{1,30}?(?=,|\s+and\s|$)", "", who)
            if names := _names(who):
                facts["byline"] = names


def _credit_line(line: str) -> dict[str, str]:
    for name, pattern in (("originally", _ORIGINALLY), ("holder", _COPYRIGHT)):
        if match := pattern.match(line):
            who = _CREDIT_ENDS.split(_RIGHTS.sub("", match["who"]), maxsplit=1)[0].strip(" .\"'“”‘’*_")
            if who and len(who.split()) <= 7 and (who[0].isupper() or "." in who) and not _MONTH.match(who):
                return {name: who}
    return {}
