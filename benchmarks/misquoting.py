"""Quotations that were tampered with in a known way, set into news sentences, for benchmarks/check.py.

Each planter takes a sentence that was said and gives the words of a quotation and what must be found, or None where
the sentence does not lend itself. What makes a sentence fit is told by patterns of this module's own and not by the
engine's, which would only agree with itself.
"""

# ruff: noqa: E501 (patterns and tables that read better unbroken)

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.article import Article, Span
from onrecord.check import Transcript
from onrecord.record import Confidence, ModelId, Record, Speaker, Statement

SHAPES = (  # <q> the words with their end mark, <b> the words without it, <w> who, <s> their last name, <d> the day
    "“<q>,” <w> said in <d>’s debate.",
    "<w> said in <d>’s debate: “<q>.”",
    "“<q>,” said <w>, who spoke for some minutes.",
    "The hall fell silent when <w> told the moderator, “<q>.”",
    "According to <w>, “<b>”, and that was all that came of it.",
    "In one of the night’s harder moments, <w> argued that “<b>.”",
    "“<q>,” <s> told the audience at one point. The evening went on.",
    "Asked about it, <s> replied: “<q>.” There was applause.",
    "It was late when <w> put it this way: “<q>.”",
    "<s> declared on <d> that “<b>,” and the other side shook their heads.",
    "“<q>.”\n\n<w> said so in the debate.",
    "Viewers heard <w> say “<b>” before the break.",
    "<w>: “<q>.”",
    "Supporters cheered as <s> said, “<q>,” and opponents did not.",
)
PEOPLE = {"Donald J Trump": ("Donald Trump", "Trump"), "Hillary R Clinton": ("Hillary Clinton", "Clinton")}
STRANGERS = (("Angela Merkel", "Merkel"), ("Justin Trudeau", "Trudeau"), ("Theresa May", "May"))
CUE = re.compile(r"According to|told|sa(?:id|y)|argued|replied|put it this way|declared")
_SENTENCE = re.compile(r"[A-Z](?:[^.?!\n]|\.(?=\w)|(?<=Mr)\.|(?<=Mrs)\.|(?<=\b[A-Z])\.)*[.?!]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z0-9$%'’.,-]+")
NOT_OR_IF = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nor|neither|without|cannot|if|unless|may|might|could|maybe|perhaps|"
    r"possibly|probably|whether|hardly|barely|seems?|likely|fail\w*|den\w+|refus\w+|unable|\w+n[’']t)\b",
    re.I,
)
SLIPS = re.compile(
    r"--|—|–|\b(\w+)[,.]? \1\b|\b(?:you know|i mean|you see|uh|um|well|okay|yeah|oh|ah)\b|\.\.\.|…|[\"“”\[\]()]", re.I
)
FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundred|thousand|\w+illion)\b"
)
CONTRACTED = {
    "don't": "do not", "can't": "cannot", "it's": "it is", "I'm": "I am", "we're": "we are", "they're": "they are",
    "doesn't": "does not", "didn't": "did not", "I've": "I have", "we've": "we have", "she's": "she is",
    "that's": "that is", "you're": "you are", "won't": "will not", "isn't": "is not", "I'll": "I will",
}  # fmt: skip
IN_WORDS = {
    "10": "ten", "20": "twenty", "30": "thirty", "15": "fifteen", "5": "five", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "ten": "10", "2,000": "two thousand",
}  # fmt: skip
OPPOSED = {
    "always": "never", "never": "always", "more": "less", "better": "worse", "worse": "better", "good": "bad",
    "bad": "good", "everything": "nothing", "best": "worst", "worst": "best", "up": "down", "right": "wrong",
    "great": "terrible", "all": "none", "most": "least", "higher": "lower", "lower": "higher", "strong": "weak",
    "increase": "decrease", "agree": "disagree", "possible": "impossible", "before": "after",
}  # fmt: skip
OTHER_WORDS = (
    "harbour orchard lantern violin pasture bakery theatre carpet garden village kitchen museum painter winter bottle "
    "forest ribbon saddle candle pebble"
).split()
OTHER_NAMES = "Denmark Portugal Wisconsin Baltimore Hawaii Norway Peru Thompson".split()
MONTHS = "January February March April May June July August September October November December".split()
INVENTED = tuple(
    f"{a} {b}, {c}"
    for a in ("The fishermen of this coast deserve", "Every lighthouse keeper ought to have", "My grandmother's farm had",
              "We shall paint the town hall and buy", "Our grandchildren will thank us for", "The violinist asked me for",
              "I visited four bakeries and found", "The Danish ambassador sent me")
    for b, c in (("a pier of their own", "and they shall get it by Easter"), ("two pairs of woollen gloves", "as winters go"),
                 ("an orchard behind the chapel", "where the bees come in June"), ("seven crates of marmalade", "bless her"),
                 ("a brass lantern from the museum", "polished every Thursday"), ("better umbrellas", "and sturdier boots"),
                 ("a fair share of the herring", "salted or smoked"), ("the oldest violin in Cremona", "wrapped in silk"))
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A sentence of a transcript, its speaker's label, the day, and the rest of its turn from it on."""

    text: str
    speaker: str
    day: date
    onwards: str


@dataclass(frozen=True)
class Plant:
    """The words of a quotation, the verdict that must be found, who is named for it, on which day's debate."""

    words: str
    verdict: str
    who: tuple[str, str]
    day: date
    what: str = ""


def sentences(transcripts: Sequence[Transcript]) -> list[Said]:
    """The candidates' sentences."""
    out = []
    for t in transcripts:
        for turn in t.turns:
            if turn.speaker in PEOPLE and t.day:
                body = t.text[turn.start : turn.end]
                out += [Said(m[0], turn.speaker, t.day, body[m.start() :]) for m in _SENTENCE.finditer(body)]
    return out


def planted(transcripts: Sequence[Transcript], each: int, seed: int) -> list[Plant]:
    """So many plants of each kind, as far as the transcripts yield them."""
    rng = random.Random(seed)
    pool, whole = sentences(transcripts), " ".join(t.text for t in transcripts)
    out: list[Plant] = []
    for kind, make in PLANTERS.items():
        rng.shuffle(pool)
        found: dict[str, Plant] = {}
        ways: dict[str, int] = {}
        for said in pool:
            plant = make(said, rng, pool)
            if plant and plant.words not in found and _single(said, whole):
                if plant.what and ways.get(plant.what, 0) >= max(each // 2, 1):
                    continue
                found[plant.words] = plant
                ways[plant.what] = ways.get(plant.what, 0) + 1
            if len(found) == each:
                break
        assert all(p.verdict == kind for p in found.values())
        out += found.values()
    return out


def _single(said: Said, whole: str) -> bool:
    """Said once only: of a sentence said twice, the other one may make a planted change right."""
    return whole.count(said.text) == 1


def set_in_news(plants: Sequence[Plant]) -> Iterator[tuple[Plant, Record, Span]]:
    """Each plant in an article of the next shape, as a record without a reader's errors, and the place of its marks."""
    for n, plant in enumerate(plants):
        shape = SHAPES[n % len(SHAPES)]
        text, places = _filled(shape, plant)
        article = Article(text, published=(plant.day + timedelta(days=1)).isoformat(), label=f"plant {n}")
        mark, who = places["quote"], places["who"]
        speaker = Speaker("p1", "person", plant.who[0], (plant.who[1],), mentions=(who,))
        statement = Statement(
            "s1", "speech", "direct", (mark,), (mark,), _cue(text, mark), (who,), ("p1",), None, (), "asserted", False,
            Confidence(1.0, 1.0),
        )  # fmt: skip
        yield plant, Record(article, (speaker,), (statement,), ModelId("none", "0", "")), mark


def _cue(text: str, mark: Span) -> tuple[Span, ...]:
    return tuple(Span(*m.span()) for m in CUE.finditer(text) if m.end() <= mark.start or m.start() >= mark.end)[:1]


def _filled(shape: str, plant: Plant) -> tuple[str, dict[str, Span]]:
    bare = plant.words.rstrip()
    ends = bare[-1] if bare[-1] in "?!" else ""
    bare = bare.rstrip(".!? ")
    weekday = plant.day.strftime("%A")
    if ends:  # a question keeps its sign, where the shape has a comma or a full stop
        shape = shape.replace("<q>,", f"<q>{ends}").replace("<q>.", f"<q>{ends}").replace("<b>", f"<b>{ends}")
    text, places = "", {}
    for part in re.split(r"(<\w>)", shape):
        new = {"<q>": bare, "<b>": bare, "<w>": plant.who[0], "<s>": plant.who[1], "<d>": weekday}.get(part, part)
        if part in ("<w>", "<s>") and "who" not in places:
            places["who"] = Span(len(text), len(text) + len(new))
        text += new
    places["quote"] = Span(text.index("“"), text.index("”") + 1)
    return text, places


def _plain(said: Said, least: int = 7, most: int = 40) -> bool:
    """A statement without slips, of a fitting length, that stands on its own."""
    return said.text.endswith(".") and least <= len(said.text.split()) <= most and not SLIPS.search(said.text)


def _plant(said: Said, words: str, verdict: str, what: str = "") -> Plant:
    return Plant(words, verdict, PEOPLE[said.speaker], said.day, what)


def _verbatim(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if len(said.text.split()) < 6:
        return None
    if rng.random() < 0.4 and (run := re.match(r"(?:[^.?!\n]+[.?!]\s+){2,3}", said.onwards)):
        return _plant(said, run[0].strip(), "verbatim", "a run of sentences")
    return _plant(said, said.text, "verbatim", "a sentence")


def _tidied(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if not 7 <= len(said.text.split()) <= 45:
        return None
    ways = [
        ("a filler left out", re.sub(r"(?<=\w), (?:you know|I mean|uh|well|okay),", "", said.text, count=1)),
        ("a stutter left out", re.sub(r"\b(\w+(?: \w+)?),? \1\b", r"\1", said.text, count=1)),
        ("a contraction", _once(said.text, CONTRACTED)),
        ("written in full", _once(said.text, {v: k for k, v in CONTRACTED.items()})),
        ("a numeral", _once(said.text, IN_WORDS)),
    ]  # fmt: skip
    changed = [(what, words) for what, words in ways if words != said.text]
    if not changed:
        return None
    what, words = rng.choice(changed)
    return _plant(said, words, "tidied", what)


def _once(text: str, table: dict[str, str]) -> str:
    for old, new in table.items():
        found = re.sub(
            rf"(?<![\w'$.,]){re.escape(old)}(?![\w'%]|[.,]\d| (?:hundred|thousand|[mbt]illion))", new, text, count=1
        )
        if found != text:
            return found
    return text


def _bracketed(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if not _plain(said):
        return None
    pronouns = list(re.finditer(r"(?<=\s)(?:she|he|they|it|them|him|her|this|that)(?=\s)", said.text))
    if pronouns and rng.random() < 0.5:
        m = rng.choice(pronouns)
        return _plant(
            said, f"{said.text[: m.start()]}[the committee]{said.text[m.end() :]}", "bracketed", "for a pronoun"
        )
    spaces = [m.start() for m in re.finditer(r" ", said.text)]
    at = rng.choice(spaces[2:-1])
    return _plant(said, f"{said.text[:at]} [the actual]{said.text[at:]}", "bracketed", "put in")


def _left_out(said: Said, rng: random.Random, mark: str) -> str | None:
    words = said.text.split()
    if len(words) < 15 or not _plain(said, 15, 60):
        return None
    size = rng.randrange(4, min(10, len(words) - 10))
    at = rng.randrange(5, len(words) - 4 - size)
    gone, kept = words[at : at + size], words[:at] + [mark] * bool(mark) + words[at + size :]
    if NOT_OR_IF.search(" ".join(gone)) or words[at].lower() == words[at + size].lower() or words[at - 1] == gone[-1]:
        return None
    return " ".join(kept)


def _elided(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    words = _left_out(said, rng, rng.choice(("…", "...", "[…]", ". . .")))
    return _plant(said, words, "elided") if words else None


def _cut(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    words = _left_out(said, rng, "")
    return _plant(said, words, "cut") if words else None


_CROPS = (
    ("denied", re.compile(r"\bI (?:do not|don't|didn't|never) (?:think|believe|say|said|want|mean) (?:that )?(.+)\.$")),
    ("denied", re.compile(r"\b(?:is|was|are|were|am|do|does|did|would|could|should|will|'s|'re)(?:n't| not) (?!only|just)(\w+ .+)\.$")),
    ("conditional", re.compile(r"\bIf (?!you )[^,]+, (?!you|I think)(.+)\.$")),
    ("conditional", re.compile(r"^(?:And |But |So )?[Ii]f ((?!you|I may)[^,]+), .+\.$")),
    ("asked", re.compile(r"^(?:And |But |So )?(?:[Dd]o|[Dd]oes|[Dd]id|[Ii]s|[Aa]re|[Ww]hy did|[Ww]hy do) ([^,]+)\?$")),
    ("another's", re.compile(r"\b(?:[Ss]he|[Hh]e|[Tt]hey|[Ss]ome people|people|Hillary|Donald) (?:says?|said|thinks?|thought|"
                             r"believes?|claims?|claimed) (?:that )?(?!to|so)(.+)\.$")),
)  # fmt: skip


def _cropped(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if SLIPS.search(said.text):
        return None
    for what, pattern in rng.sample(_CROPS, len(_CROPS)):
        found = pattern.search(said.text)
        if found and 5 <= len(found[1].split()) <= 25 and not re.match(r"(?:it|that|so)[,.]", found[1]):
            return _plant(said, found[1], "cropped", what)
    return None


def _altered(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if not _plain(said, 8):
        return None
    words = said.text.split()
    content = [n for n in range(1, len(words) - 1) if re.fullmatch(r"[a-z]{5,}", words[n])
               and not NOT_OR_IF.search(words[n]) and not FIGURE.search(words[n]) and words[n] not in OPPOSED]  # fmt: skip
    if not content:
        return None
    way, at = rng.choice(("replaced", "added", "moved")), rng.choice(content)
    if way == "moved":
        if len(words) < 12 or NOT_OR_IF.search(" ".join(words[:4])):
            return None
        words = [*words[4:-1], words[-1].rstrip("."), *words[:3], words[3] + "."]
        return (
            None
            if re.search(r"[A-Z0-9]", "".join(words[-4:]).replace("I", ""))
            else _plant(said, " ".join(words), "altered", way)
        )
    words[at : at + (way == "replaced")] = [rng.choice(OTHER_WORDS)]
    return _plant(said, " ".join(words), "altered", way)


def _reversed(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if not _plain(said):
        return None
    ways = [
        ("a not left out", re.sub(r"\b(is|was|are|were|do|does|did|would|could|should|will|have)(?:n't| not)\b", r"\1", said.text, count=1)),
        ("a not put in", re.sub(r"\b(is|was|are|were|should|will|would) (?!not)", r"\1 not ", said.text, count=1)),
        ("a hedge put in", re.sub(r"\b(we|they|she|he|I|you) ((?:have|had|did|want|know|went|will|are) )", r"\1 maybe \2", said.text, count=1)),
        ("an opposite", _once(said.text, OPPOSED)),
        ("a hedge left out", re.sub(r"\b(?:maybe|probably|perhaps) ", "", said.text, count=1)),
    ]  # fmt: skip
    changed = [(what, words) for what, words in ways if words != said.text]
    if not changed:
        return None
    what, words = rng.choice(changed)
    return _plant(said, words, "reversed", what)


def _figures(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if SLIPS.search(said.text) or not 7 <= len(said.text.split()) <= 45:
        return None
    ways = []
    if m := re.search(r"(?<=\s)\$?\d[\d,.]*\d|(?<=\s)\d(?=\s)", said.text):
        new = m[0][:-1] + str((int(m[0][-1]) + rng.randrange(1, 9)) % 10)
        ways.append(("a number", said.text[: m.start()] + new + said.text[m.end() :]))
    if m := re.search(r"\b(million|billion|trillion)\b", said.text):
        other = "million" if m[0] != "million" else "billion"
        ways.append(("a quantity", said.text[: m.start()] + other + said.text[m.end() :]))
    if m := re.search(r"\b(?:" + "|".join(x for x in MONTHS if x != "May") + r")\b", said.text):
        ways.append(("a date", said.text.replace(m[0], MONTHS[MONTHS.index(m[0]) - 5], 1)))
    if m := re.search(r"(?<=[a-z] )(?!I\b)[A-Z][a-z]{3,}(?= [a-z]|\.$)", said.text):
        ways.append(("a name", said.text[: m.start()] + rng.choice(OTHER_NAMES) + said.text[m.end() :]))
    if not ways:
        return None
    what, words = rng.choice(ways)
    return _plant(said, words, "figures", what)


def _spliced(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if not _plain(said, 7, 20):
        return None
    others = [o for o in pool if o.speaker == said.speaker and o.day == said.day and _plain(o, 7, 20)]
    other = rng.choice(others)
    if other.text in said.onwards and len(said.onwards[: said.onwards.index(other.text)].split()) < 90:
        return None
    if said.text in other.onwards and len(other.onwards[: other.onwards.index(said.text)].split()) < 90:
        return None
    return _plant(said, f"{said.text} {other.text}", "spliced") if other is not said else None


def _misattributed(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    if len(said.text.split()) < 9 or SLIPS.search(said.text):
        return None
    other = next(p for p in PEOPLE if p != said.speaker)
    return replace(_plant(said, said.text, "misattributed"), who=PEOPLE[other])


def _not_found(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    return _plant(said, rng.choice(INVENTED) + ".", "not found")


def _not_checkable(said: Said, rng: random.Random, pool: Sequence[Said]) -> Plant | None:
    way = rng.choice(("another speaker", "another day", "few words"))
    plant = _plant(said, rng.choice(INVENTED) + ".", "not checkable", way)
    if way == "another speaker":
        return replace(plant, who=rng.choice(STRANGERS))
    if way == "another day":
        return replace(plant, day=said.day + timedelta(days=rng.choice((-60, 60, 200))))
    few = re.search(
        r"\b(?:a lot of|I think that|the people|our country|the world|very important|going to be)\b", said.text
    )
    return replace(plant, words=few[0]) if few else None


PLANTERS: dict[str, Callable[[Said, random.Random, Sequence[Said]], Plant | None]] = {
    "verbatim": _verbatim, "tidied": _tidied, "bracketed": _bracketed, "elided": _elided, "cropped": _cropped,
    "cut": _cut, "altered": _altered, "reversed": _reversed, "figures": _figures, "spliced": _spliced,
    "misattributed": _misattributed, "not found": _not_found, "not checkable": _not_checkable,
}  # fmt: skip
