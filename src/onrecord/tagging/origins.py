"""What a source is, by its own words: somebody, a document, an outlet, or a thing that only lets something be seen."""

import re
from enum import Enum
from functools import lru_cache

from onrecord.tagging.cues import lemma_of, lexicon, word_set


class Origin(Enum):
    """What a source is. A document or an outlet speaks in writing; of a thing, only what it shows can be told."""

    SOMEBODY = "somebody"
    DOCUMENT = "document"
    OUTLET = "outlet"
    THING = "thing"


WORD = re.compile(r"[\w%]+(?:[.'’\-&][\w]+)*|[,(–—]")
ENDS_HEAD = word_set(
    "of for by in from at on to with about which that who whose whom where released published conducted taken "
    "obtained "
    "reviewed filed issued written seen posted commissioned against under , ( – —"
)
QUANTIFIERS = word_set(
    "one some several most many few all each any none both two three four five another other others number "
    "majority half "
    "series bulk rest more every copy version set host handful part lot percent % percentage average"
)
RESPONDENTS = word_set("percent % percentage respondents")
NOT_DOCUMENTS = word_set("feature sign text cover guide court platform brief minutes copy table")
NAMES = word_set("post page book bill brief law will note platform")  # of people and bodies, too
COMMON_OUTLETS = word_set("newspaper newspapers paper website magazine outlet outlets publication")
MORE_DOCUMENTS = word_set(
    "polls surveys findings records disclosures editorials accounts suit summary rules platform emails returns "
    "logs files papers warrant returns bio op-ed certificate "
    "affidavits notes results analysis audit caption captions amendment convention charter act order census "
    "postings "
    "complaint complaints statement database"
)
OUTLETS = word_set(
    "times post journal tribune herald gazette observer reuters politico politifact buzzfeed bloomberg ap "
    "press hill "
    "beast vox slate salon breitbart guardian globe chronicle examiner independent telegraph daily mail "
    "magazine "
    "review caller newsweek upi afp dispatch inquirer register sentinel intercept atlantic yorker economist "
    "axios "
    "propublica fivethirtyeight weekly standard huffpost gawker jezebel mediaite newspaper paper tabloid "
    "website outlet "
    "outlets newspapers publication"
)
# Of a thing, only what it shows can be told. Everything else is taken for somebody: news names people in many ways.
THINGS = word_set(
    "attack case clip debate debates decision drama event evidence example exchange experience film footage "
    "history image "
    "images incident joke life move movie night photo photos picture plan problem program race result reality "
    "scene sign "
    "signs show song speech speeches tape test theory trend video videos voice vote work world words answer "
    "answers "
    "appearance approach campaign's career crisis deal economy episode exercise fact facts idea issue moment "
    "outcome past "
    "pattern performance policy primary process proposal scandal section silence success system victory war "
    "win"
)
ABSTRACT = re.compile(r"(?:tion|ment|ness|ity|ence|ance|ism|sis|ship|age)s?$")
BODIES = word_set(
    "administration government organization organisation association coalition delegation commission "
    "institution "
    "foundation department university majority community authority minority city management leadership "
    "opposition "
    "corporation federation population generation nation faction parliament regiment constituency agency "
    "audience "
    "conference citizenship establishment village alliance intelligence personality celebrity charity "
    "majorities "
    "authorities communities universities cities charities celebrities"
)
FRACTION = re.compile(
    r"\b(?:in|out of) (?:10|ten|three|four|five)\b|\d%|\b(?:a|one|two|three)[ -](?:third|quarter|fifth)s?\b", re.I
)


@lru_cache(maxsize=4096)
def origin_of(source: str) -> Origin:
    """What a source's words name, by the head word of the phrase; somebody where nothing speaks against it."""
    words = WORD.findall(source[:200])
    if not words:
        return Origin.SOMEBODY
    head = _head(words)
    plain = head.lower().removesuffix("'s").removesuffix("’s").strip("'’")
    if plain in RESPONDENTS or FRACTION.search(source[:40]) or any(w in ("percent", "%") for w in words[:3]):
        return Origin.DOCUMENT
    lemma = lemma_of(plain)
    documents = lexicon().acts["noun"]
    named = head[:1].isupper() and head != words[0]
    written = plain in MORE_DOCUMENTS or (documents.get(lemma) == "writing" and lemma not in NOT_DOCUMENTS)
    if plain in OUTLETS and (head[0].isupper() or plain in COMMON_OUTLETS) and len(words) < 8:
        return Origin.OUTLET
    if written and not (named and ("National" in words or lemma in NAMES)):
        return Origin.DOCUMENT
    if head[0].islower() and (plain in THINGS or (ABSTRACT.search(plain) and plain not in BODIES)):
        return Origin.THING
    return Origin.SOMEBODY


def _head(words: list[str]) -> str:
    """The last word before the first that can only follow a head; past "one of", "some of the" and the like."""
    start = 0
    for _ in range(3):
        stop = next((i for i in range(start + 1, len(words)) if _ends(words, i)), len(words))
        head = words[max(start, stop - 1)]
        if head.lower() in QUANTIFIERS - RESPONDENTS and stop < len(words) and words[stop].lower() in ("of", "in"):
            start = stop + 1
            continue
        break
    return head


def _ends(words: list[str], at: int) -> bool:
    """Whether the head must stand before a word: a preposition, a relative, or a participle after a document's name."""
    if words[at].lower() in ENDS_HEAD:
        return True
    before = lemma_of(words[at - 1].lower())
    return words[at].endswith("ing") and (before in MORE_DOCUMENTS or lexicon().acts["noun"].get(before) == "writing")
