"""Numbers in words and in digits as one value: *two thousand and sixteen*, *2,016*, *twenty sixteen*."""

from collections.abc import Sequence
from fractions import Fraction

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth",
    "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth", "11th": "eleventh", "12th": "twelfth",
}  # fmt: skip


def digits(same: str) -> bool:
    """Whether a word's compared form is a number's."""
    return same[:1].isdigit()


def may_begin(word: str) -> bool:
    """Whether a number can begin with this word."""
    return word in _UNITS or word in _TENS or word == "a" or word[:1].isdigit()


def number_words(words: Sequence[str]) -> tuple[int, str]:
    """How many of the first words are one number, and its value as digits; (0, "") where the first word is none.

    *one* alone is a number as well: *1* is compared with it, and it is the same word in both texts else.
    """
    if words and words[0] in _ORDINALS:
        return 1, _ORDINALS[words[0]]
    total, part, length = Fraction(0), Fraction(0), 0
    last = ""  # what came last: unit, tens, scale, digits
    in_words = bool(words) and not words[0][:1].isdigit()  # "2.2 billion two-year" is no 2,200,000,002
    for i, word in enumerate(words):
        kind, value = _read(word)
        if kind == "and" and last == "scale" and i + 1 < len(words) and _read(words[i + 1])[0] in ("unit", "tens"):
            continue
        if kind == "a" and not length and i + 1 < len(words) and _read(words[i + 1])[0] == "scale":
            part, last, length = Fraction(1), "unit", 0
            continue
        joined = _join(total, part, last, kind, value, bool(length) or last == "unit", in_words)
        if joined is None:
            break
        (total, part), last, length = joined, kind, i + 1
    return (length, _shown(total + part)) if length else (0, "")


def _read(word: str) -> tuple[str, Fraction]:
    if word in _UNITS:
        return "unit", Fraction(_UNITS[word])
    if word in _TENS:
        return "tens", Fraction(_TENS[word])
    if word in _SCALES or word in _SHORT:
        return "scale" if word in _SCALES else "short", Fraction(_SCALES.get(word) or _SHORT[word])
    if word in ("and", "a"):
        return word, Fraction(0)
    plain = word.replace(",", "")
    if plain and plain[0].isdigit() and plain.replace(".", "", 1).isdigit() and plain.isascii():
        return "digits", Fraction(plain)
    return "", Fraction(0)


def _join(
    total: Fraction, part: Fraction, last: str, kind: str, value: Fraction, begun: bool, in_words: bool
) -> tuple[Fraction, Fraction] | None:
    """The number with one more word, as (what is closed by a scale, what is open); None where the word begins anew."""
    if kind in ("unit", "tens", "digits"):
        if not begun:
            return total, value
        if last == "scale" and value < 1000 and kind != "digits" and in_words:
            return total, part + value
        if last == "tens" and kind == "unit" and 0 < value < 10:
            return total, part + value
        if last in ("tens", "unit") and not total and 10 <= part <= 20 and 10 <= value <= 99 and kind != "digits":
            return total, part * 100 + value  # years: nineteen ninety, twenty sixteen
        return None
    if kind in ("scale", "short") and begun and last:
        if kind == "short" and last != "digits":
            return None
        if value == 100:
            return (total, part * 100) if 0 < part < 100 else None
        return (total + part * value, Fraction(0)) if part else None
    return None


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6f}".rstrip("0")
