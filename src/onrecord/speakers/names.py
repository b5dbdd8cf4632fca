"""Whether a source's words are a name, and whose: a person's, an organization's, an account's.

Where the words could mean somebody else than the one that they name ("a spokesman for Ada Marsh"), or several, there
is no name: a statement under the wrong name is worse than one under none.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from onrecord.record import SpeakerKind

TITLES = frozenset(
    """mr mrs ms mx dr sen sens rep reps gov gen lt col maj capt cpl sgt cmdr adm prof rev fr hon pres supt det
    insp senator representative congressman congresswoman governor president secretary general colonel major
    captain judge justice mayor professor minister chancellor sergeant lieutenant admiral premier councillor
    cllr deputy vice prime chief police attorney former acting detective inspector superintendent ambassador
    bishop archbishop cardinal pope rabbi imam sheriff constable staff director chairman chairwoman chair
    commissioner commander spokesman spokeswoman spokesperson assistant state treasurer leader officer
    magistrate coach manager candidate nominee""".split()
)
LONE_TITLES = frozenset(("sir", "dame", "lord", "lady"))  # part of the name where one word follows
BODIES = frozenset(
    """agency assembly association authority bank board bureau campaign center centre club college commission
    committee command company congress corporation corp corps council court department dynamics electric
    enterprise farm federation force foundation government group guard house inc institute institution journal
    league ltd llc mills ministry motors museum network news office organization organisation parliament party
    police post press school senate service society star telegraph times tribune trust union university herald
    gazette guardian observer courier daily""".split()
)
PRONOUNS = frozenset(
    """he she they it we i you who which that this these those his her their its our my your one both some many
    most several all no q a the officials critics police authorities sources experts reports analysts democrats
    republicans people others monday tuesday wednesday thursday friday saturday sunday""".split()
)
JOINERS = frozenset("""de del della der den van von la le bin al el da dos du ter ten""".split())
PREPOSITIONS = frozenset(["of", "for", "to", "in", "at", "from", "by", "with", "on", "about", "against"])
SUFFIXES = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
ACCOUNT = re.compile(r"@\w{1,30}")
TOKEN = re.compile(r"\S+")
HEAD_ENDS = re.compile(r"(?!,? (?:Jr|Sr)\b),\s|\s[(–—-]\s?|\swho\b")
LAST_OF_TWO = re.compile(r"\b[^\W\d_a-z][\w.'’-]*\s+(?=([^\W\d_a-z][\w'’-]+))")


@dataclass(frozen=True, slots=True)
class Named:
    """A name within a source: where it stands, without titles, and the roles around it."""

    start: int
    end: int
    name: str
    kind: SpeakerKind
    roles: tuple[str, ...]


def surnames(text: str) -> frozenset[str]:
    """Words that follow another capitalised word: what a lone last name must be found among."""
    return frozenset(m[1] for m in LAST_OF_TWO.finditer(text))


def name_in(text: str, start: int, end: int, known: Set[str] = frozenset()) -> Named | None:
    """The name that a source (code points start..end) consists of, titles and apposition aside; None where it is a
    pronoun, a description, somebody who speaks for the one named, or several people. `known`: the text's `surnames`."""
    source = text[start:end].rstrip(" \t\r\n:,.)\"”’'")
    skipped = len(source) - len(source.lstrip(" \t\r\n(\"“'‘"))
    source = source[skipped:]
    head = HEAD_ENDS.split(source, maxsplit=1)[0].rstrip(" :")
    if account := ACCOUNT.match(head):
        return Named(start + skipped, start + skipped + account.end(), account[0], "account", ())
    tokens = list(TOKEN.finditer(head))
    if not tokens or _several(head, source[len(head) :]) or re.search(r"[’']s?\s+[^\W\d_A-Z]", head):
        return None
    article = tokens[0][0].casefold() in ("the", "a", "an")
    span = _body(tokens[article:]) or _person(tokens[article:], article)
    if span is None:
        return None
    name = re.sub(r"[’']s?$", "", head[span[0] : span[1]].rstrip(" ,"))
    kind = _kind(name, article, span[2], known)
    if kind is None:
        return None
    at = start + skipped + span[0]
    lead = head[tokens[0].end() if article else 0 : span[0]].strip()
    return Named(at, at + len(name), " ".join(name.split()), kind, _roles(source, head, lead))


def _several(head: str, rest: str) -> bool:
    """Whether more than one is named: "Marsh and Vries", "Marsh, Vries and Lee"."""
    if re.search(r"\s(?:and|or|&)\s+(?:\w+\.? )?[^\W\d_a-z]", head) and not _body(list(TOKEN.finditer(head))):
        return True
    after = re.split(r",\s*", rest.lstrip(", "))[0].split()
    if not after or not after[0][:1].isupper() or SUFFIXES.match(f" {after[0]}"):
        return False
    plain = [w.strip(".,").casefold() for w in after]
    told = any(w in TITLES or w in BODIES or w in PREPOSITIONS for w in plain)
    return not told and (len(after) > 1 or " and " in rest) and all(w[:1].isupper() or w == "and" for w in after)


def _body(tokens: list[re.Match[str]]) -> tuple[int, int, bool] | None:
    """An organization as the whole of a source's head: "Harbour Commission", "Bank of Carrow"."""
    words = [t[0] for t in tokens]
    names = [w for w in words if w.casefold() not in ("of", "and", "for", "the", "on", "&")]
    if not names or not all(w[:1].isupper() for w in names) or not words[-1][:1].isupper():
        return None
    before = words[: words.index("of")] if "of" in words else words
    last = before[-1].strip(".,").casefold() if before else ""
    if last not in BODIES or (len(words) == len(before) and len(words) == 1):
        return None
    return tokens[0].start(), tokens[-1].end(), False


def _person(tokens: list[re.Match[str]], article: bool) -> tuple[int, int, bool] | None:
    """The name at the end of a head, or just before "of", "for" and the like: start, end, whether a title leads it."""
    words = [t[0].strip(".,").casefold() for t in tokens]
    cut = next((i for i, w in enumerate(words) if w in PREPOSITIONS), len(words))
    run = _run(tokens, words, 0, cut)
    if run is None and cut < len(words) and words[cut] == "of" and cut and words[cut - 1] in TITLES:
        run = _run(tokens, words, cut + 1, len(words))  # "chief of staff Ada Marsh"
        if run and not run[2]:
            return None
    if run is None or (run[0] == 0 and words[0] in PRONOUNS and not article and run[1] - run[0] == 1):
        return None
    a, b, titled = run
    return tokens[a].start(), tokens[b - 1].end(), titled


def _run(tokens: list[re.Match[str]], words: list[str], low: int, high: int) -> tuple[int, int, bool] | None:
    """The capitalised words that end at `high`, without the titles that lead them."""
    begin = high
    while begin > low and (tokens[begin - 1][0][:1].isupper() or (words[begin - 1] in JOINERS and begin < high)):
        begin -= 1
    while begin < high and words[begin] in JOINERS and not tokens[begin][0][:1].isupper():
        begin += 1
    first = begin
    titles = [i for i in range(begin, high) if words[i] in TITLES]
    if titles:
        begin = titles[-1] + 1
    elif high - begin > 2 and words[begin] in LONE_TITLES:
        begin += 1
    if begin >= high:
        return None
    before = words[first - 1] if first > low else ""
    return begin, high, bool(titles) or before in TITLES


def _kind(name: str, article: bool, titled: bool, known: Set[str]) -> SpeakerKind | None:
    """What a name is of; None where an article makes it a description ("the Democrat", "an Ohio Republican")."""
    words = name.split()
    if titled:
        return "person"
    if words[-1].strip(".,").casefold() in BODIES or (" of " in name and not article):
        return "organization"
    if re.fullmatch(r"[A-Z][A-Z&.]{1,9}", name) and name not in known:
        return "organization"
    if article:
        return "organization" if any(w.casefold() in BODIES for w in words) else None
    return "person" if len(words) > 1 or name in known else "organization"


def _roles(source: str, head: str, lead: str) -> tuple[str, ...]:
    after = re.match(r",\s*(?:the |a |an )?([^,;()]{3,80})", source[len(head) :])
    return tuple(r for r in (lead, after[1].strip() if after else "") if r)
