"""Words as they are compared: each with its place, its form as it stands, and one form for all ways of writing it.

*don't* and *do not*, *twenty per cent* and *20%*, *$5 million* and *five million dollars*, *colour* and *color* have
the same words here; whether they also stand the same is kept beside, so that an editor's silent changes show as such.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from onrecord.comparing.numerals import digits, may_begin, number_words

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?<!\w)['’](?:cause|em|til)(?!\w)|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*['’]?"
    r"|(?<![^\s(\"“‘'])[-−](?=[$£€]?\d)|\d+(?:,\d{3})*(?:\.\d+)?(?:(?:st|nd|rd|th|s)\b)?|[$£€%&]|\d"
)
BETWEEN = frozenset(
    (" ", "-", "\u2010", "\u2011", "\n", "", "  ", "\u00a0", "\u202f", "\u2009")
)  # the words of one number
LONGEST_NUMBER = 20  # words
_CURRENCY = {"$": "dollar", "£": "pound", "€": "euro"}
_SIGNS = {"%": "percent", "&": "and", "-": "minus", "−": "minus"}
_WHOLE = {  # contractions that do not follow the rules below, with and without their mark
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "y'all": "you all", "o'clock": "oclock", "ma'am": "madam", "gonna": "going to",
    "wanna": "want to", "gotta": "got to", "kinda": "kind of", "sorta": "sort of", "lemme": "let me",
    "gimme": "give me", "dunno": "do not know", "outta": "out of", "cuz": "because", "'cause": "because",
    "cause": "cause", "'em": "them", "em": "them", "'til": "until", "til": "until", "till": "until", "ok": "okay",
    "yeah": "yes", "yep": "yes", "'re": "are", "alot": "a lot", "percents": "percent", "mr": "mr", "mister": "mr",
    "dont": "do not", "cant": "can not", "wont": "will not", "didnt": "did not", "doesnt": "does not",
    "isnt": "is not", "wasnt": "was not", "arent": "are not", "im": "i am", "ive": "i have", "youre": "you are",
    "theyre": "they are", "thats": "that is", "gov": "governor", "sen": "senator", "dr": "doctor",
}  # fmt: skip
_ENDS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = frozenset(  # after these, 's is a verb and no possessive
    "it he she that what who where there here how when why this everybody everyone somebody someone nobody".split()
)
_DROPPED_G = re.compile(r"^([a-z]{2,}in)['’]$")
_SPELLINGS = (  # British to American, where the stem is long enough to be safe
    (re.compile(r"^(.{2,})(?<!ex)(?<!pr)our(s|ed|ing|able|ite|ites|al|ful|less|er|ers)?$"), r"\1or\2"),
    (re.compile(r"^(.{4,})is(e|es|ed|ing|er|ers|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"^(.{3,})ys(e|es|ed|ing)$"), r"\1yz\2"),
    (re.compile(r"^(cent|theat|met|lit|fib|spect|lust|meag|calib)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(.{3,}[aeiou])ll(ed|ing|er|ers)$"), r"\1l\2"),
    (re.compile(r"^(def|off|pret|lic)en[cs]e(s?)$"), r"\1ense\2"),
    (re.compile(r"^(.{4,})ogue(s?)$"), r"\1og\2"),
    (re.compile(r"^(.+)wards$"), r"\1ward"),
)
_SAME = {
    "grey": "gray", "programme": "program", "programmes": "programs", "cheque": "check", "tyre": "tire",
    "aluminium": "aluminum", "jewellery": "jewelry", "mum": "mom", "whilst": "while", "amongst": "among",
    "learnt": "learned", "burnt": "burned", "dreamt": "dreamed", "spelt": "spelled", "toward": "toward",
    "judgement": "judgment", "ageing": "aging", "adviser": "advisor", "advisers": "advisors", "ax": "axe",
    "sceptical": "skeptical", "practise": "practice", "practised": "practiced", "per-cent": "percent",
}  # fmt: skip


class Word(NamedTuple):
    """One word of a text: its place, its form with only case and marks taken away, and the form that is compared."""

    start: int
    end: int
    surface: str
    same: str


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a text, or of a part of it, with places in the whole text. A contraction gives two words of one
    place; a number in words gives one word over several places."""
    raw = [(m.start(), m.end(), _plain(m[0])) for m in TOKEN.finditer(text, start, len(text) if end is None else end)]
    return list(_money(_joined(_numbers(text, raw))))


@lru_cache(65536)
def _plain(word: str) -> str:
    found = normalize("NFKD", word.replace("’", "'").replace("ʼ", "'")).casefold()
    if found.endswith(".") and not found[0].isdigit():
        found = found.replace(".", "")  # U.S., a.m.
    return "".join(c for c in found if not combining(c))


def _numbers(text: str, raw: list[tuple[int, int, str]]) -> Iterator[Word]:
    """Numbers in digits and in words as one word each; all other words in the forms they share."""
    i = 0
    while i < len(raw):
        length, value = 0, ""
        if may_begin(raw[i][2]):
            run = 1  # a number does not go on behind a comma
            while (
                run < LONGEST_NUMBER and i + run < len(raw) and text[raw[i + run - 1][1] : raw[i + run][0]] in BETWEEN
            ):
                run += 1
            length, value = number_words([w for _, _, w in raw[i : i + run]])
        if length:
            surface = " ".join(w for _, _, w in raw[i : i + length])
            yield Word(raw[i][0], raw[i + length - 1][1], surface, value)
            i += length
        else:
            start, end, word = raw[i]
            surface = word.replace("'", "")
            for same in _forms(word):
                yield Word(start, end, surface, same)
            i += 1


@lru_cache(65536)
def _forms(word: str) -> tuple[str, ...]:
    if word in _CURRENCY or word in _SIGNS:
        return (_SIGNS.get(word) or word,)
    if word in _WHOLE:
        return tuple(_WHOLE[word].split())
    if dropped := _DROPPED_G.match(word):
        return (dropped[1] + "g",)
    word = word.rstrip("'")
    for mark, full in _ENDS.items():
        if word.endswith(mark) and len(word) > len(mark):
            return (*_forms(word.removesuffix(mark)), full)
    if word.endswith("'s") and word[:-2] in _IS:
        return (word[:-2], "is")
    return (_spelling(word.replace("'", "")),)


def _spelling(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    for pattern, american in _SPELLINGS:
        if pattern.match(word):
            return pattern.sub(american, word)
    return word


def _joined(found: Iterator[Word]) -> Iterator[Word]:
    """*per cent* as one word, and *percent* after a number."""
    before: Word | None = None
    for word in found:
        if before and before.same == "per" and word.same == "cent":
            before = Word(before.start, word.end, "per cent", "percent")
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


def _money(found: Iterator[Word]) -> Iterator[Word]:
    """*$5* as *5 dollars*: the sign's word behind the amount. *dollars* and *dollar* are one word."""
    sign: Word | None = None
    for word in found:
        if word.surface in _CURRENCY:
            sign = word
            continue
        if sign and digits(word.same):  # both words have the place of sign and amount, as those of a contraction do
            yield word._replace(start=sign.start)
            yield Word(sign.start, word.end, sign.surface, _CURRENCY[sign.surface])
        else:
            yield word if word.same not in ("dollars", "pounds", "euros") else word._replace(same=word.same[:-1])
        sign = None
