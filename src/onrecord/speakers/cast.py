"""Who is named in an article: its names, gathered into characters with their forms, roles and where they stand."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.record import Mention, SpeakerKind
from onrecord.speakers.gathering import TOKEN, Character, Gathering, forms_of
from onrecord.speakers.lexicon import BEFORE_ROLE, NOT_NAMES, OF_A_MAN, OF_A_WOMAN, SAME_ROLE, TITLES
from onrecord.speakers.names import Name, gendered, plain

APPOSITION = re.compile(
    r"(?:\s\([^()\n]{1,30}\))?(?:(?:,|\s[–—-])\s|\s(?:is|was|became)\s(?=an?\s|the\s))"
    r"(?P<role>(?:(?:a|an|the|one of the|who is an?|his|her|its|their) )?[^\n,;()“”\"–—]{3,90}?)"
    r"(?=[,;–—)“\"\n]|(?<!\b[A-Z])(?<!\.[A-Z])\.(?:\s|\Z)|\Z)"
)
OF_ANOTHER = re.compile(  # "a spokesman for Mayor Marsh" is not the mayor
    r"\b(?:spokes\w+|aides?|advis[eo]rs?|lawyers?|attorneys?|strategists?|assistants?|counsel)\s\Z", re.IGNORECASE
)
WHENCE = re.compile(
    r"\s(?:of|from)\s(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)|,?\s\((?P<party>[DRI])-(?P<state>[A-Z][\w. ]{1,14})\)"
)
PARTIES = {
    "D": frozenset(("democrat", "democratic")),
    "R": frozenset(("republican",)),
    "I": frozenset(("independent",)),
}
WORD = re.compile(r"[^\W\d_]{2,}")
DETERMINER = re.compile(r"(?:a|an|the|one of the|who is an?|who is the)\s+", re.IGNORECASE)
MAIN_WORD = re.compile(r"(?:[\w’'.-]+\s+)*?([a-z]+)(?=\s+(?:of|for|at|in|from|who|with|to|on|whose)\b|$)")
TOLD = 4.0  # a title or a role tells as much of "he" or "she" as so many pronouns
ROLE_OF = re.compile(  # "secretary of state" and the like, just in front of a name
    r"\b(?:secretary|chief|minister|speaker|chair(?:wo)?man|director|head|leader)\s+of\s+(?:the\s+)?"
    r"(?:(?!of\b|for\b|to\b|and\b)[\w-]+\s+){1,2}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Called:
    """A name at a place, and whom it may mean. role: where the titles before it begin. sign: above 0 where a title
    is of a man, below where it is of a woman. family: it means all of them ("the Marshes")."""

    start: int
    end: int
    who: tuple[Character, ...]
    role: int
    sign: float = 0.0
    family: bool = False


class Cast:
    """The characters of an article by name. `places`: each name with whom it may mean, in the text's order."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.nouns = frozenset(m.end for m in mentions if m.kind == "person noun")
        forms = forms_of(text, mentions)
        gathered = Gathering(text, forms)
        self.characters = gathered.characters
        self._people = sorted(place for f in forms.values() if f.kind == "person" for place in f.places)
        self.places: list[Called] = []
        self.told: list[tuple[int, int]] = []  # where it is told what somebody is, beside their name
        for key, form in forms.items():
            who, family = gathered.owners[key], key in gathered.families
            for start, end in form.places:
                role = self._titled(start, who)
                self.places.append(Called(start, end, who, role, _sign(text[role:start]), family))
        self.places.sort(key=lambda c: c.start)
        for called in self.places:
            if len(called.who) == 1:
                self._enter(called, called.who[0])
        self.told.sort()

    def add(self, name: Name, start: int, end: int, kind: SpeakerKind = "organization") -> Character:
        """One whom words in the text make up: "the Marsh campaign"."""
        made = Character(kind, name)
        made.forms[name.text] = None
        made.fullest = Span(start, end)
        made.mentions.append(made.fullest)
        self.characters.append(made)
        return made

    def _titled(self, start: int, who: Sequence[Character]) -> int:
        """Where the titles and roles in front of a name begin; `start` where there are none."""
        if who and who[0].kind != "person":
            return start
        k = bisect_left(self._people, (start, 0)) - 1
        low = max(0, start - 120, self._people[k][1] if k >= 0 else 0)
        of = ROLE_OF.search(self.text, low, start)
        begin = of.start() if of else start
        for m in reversed(list(TOKEN.finditer(self.text, low, start))):
            if m.start() >= begin:
                continue
            word, at = m[0], m.start()
            key = plain(word).strip(".'’")
            if re.search(r"[,;:!?)\]”\"]$", word) or "\n" in self.text[m.end() : m.end() + 1]:
                break
            opening = re.match(r"[(\[“\"‘'—–-]+", word)
            if opening:
                at, key = at + opening.end(), plain(word[opening.end() :]).strip(".'’")
            is_role = key in TITLES or m.end() in self.nouns or key.split("-")[-1] in TITLES
            if key in ("for", "to") and OF_ANOTHER.search(self.text, max(0, at - 20), at):
                break
            small = key in ("of", "and", "for", "to") and begin < start
            capital = self.text[at : at + 1].isupper() and key not in NOT_NAMES
            if word.endswith(".") and not (key in TITLES or len(key) <= 2 or "." in key):
                break
            if is_role:
                begin = at
            elif begin == start or not (capital or small or key in BEFORE_ROLE or ("-" in key and key[:1].isalpha())):
                break
            elif not small:
                begin = at
            if opening:
                break
        return begin

    def _enter(self, called: Called, who: Character) -> None:
        """Writes a place, and the roles beside it, to a character."""
        who.mentions.append(Span(called.start, called.end))
        if who.kind != "person":
            return
        if called.role < called.start:
            role = self.text[called.role : called.start].strip(' (“"—–-')
            last = plain(role.split()[-1]).strip(".,") if role.split() else ""
            self._add_role(who, role, self._heads(role, -1) | {SAME_ROLE.get(last, last)}, {last})
        if whence := WHENCE.match(self.text, called.end):
            who.told |= {plain(w) for w in (whence["place"] or whence["state"]).replace(".", "").split()}
            who.told |= PARTIES.get(whence["party"] or "", frozenset())
        after = APPOSITION.match(self.text, called.end)
        if after and self._tells(after):
            self.told.append(after.span("role"))
            begin = DETERMINER.match(after["role"])
            role = " ".join(after["role"][begin.end() if begin else 0 :].split())
            heads = self._heads(after["role"], after.start("role"))
            if begin and (main := MAIN_WORD.match(plain(role))):
                heads |= {SAME_ROLE.get(main[1], main[1])}
            self._add_role(who, role, heads, set(plain(role).split()))

    def _tells(self, after: re.Match[str]) -> bool:
        """Whether an apposition tells what somebody is: it begins as a description and its main word is a role."""
        words = after["role"].split()
        at = after.start("role")
        determined = DETERMINER.match(after["role"]) or words[0].casefold() in ("his", "her", "its", "their")
        heads = self._heads(after["role"], at)
        if determined and MAIN_WORD.match(plain(after["role"])) and after[0].startswith(","):
            return True
        if not heads:
            return False
        first = plain(words[0]).strip(".")
        return bool(determined) or first in TITLES or first in BEFORE_ROLE or (at + len(words[0])) in self.nouns

    def _heads(self, role: str, at: int) -> set[str]:
        """The main words of a role: those that name what somebody is, before "of" and the like."""
        found: set[str] = set()
        for m in TOKEN.finditer(role):
            key = plain(m[0]).strip(".,'’")
            if key in ("of", "for", "at", "in", "from", "who", "with", "to", "on", "whose") and found:
                break
            if key in TITLES or key in OF_A_MAN or key in OF_A_WOMAN or (at >= 0 and at + m.end() in self.nouns):
                found.add(SAME_ROLE.get(key, key))
        return found

    def _add_role(self, who: Character, role: str, heads: set[str], main: set[str]) -> None:
        who.heads |= heads - {""}
        who.told |= {plain(m[0]) for m in WORD.finditer(role)}
        who.he += TOLD * bool(main & OF_A_MAN)
        who.she += TOLD * bool(main & OF_A_WOMAN)
        if role and not all(plain(w).strip(".") in ("mr", "mrs", "ms", "mx", "miss") for w in role.split()):
            who.roles.setdefault(role)


def _sign(title: str) -> float:
    return gendered(plain(title.split()[-1]).strip(".")) if title.split() else 0.0
