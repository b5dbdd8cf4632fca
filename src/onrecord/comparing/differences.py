"""What kind of difference it is where a quotation and what was said part: from an editor's tidying to a reversal."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from onrecord.comparing.alignment import COMMON_WORDS, Block
from onrecord.comparing.lexicon import FILLERS, HEDGES, MONTHS, NEGATIONS, QUANTITIES, WEEKDAYS, opposite
from onrecord.comparing.numerals import digits
from onrecord.comparing.quoted import Quoted
from onrecord.comparing.sounds import sounds_like
from onrecord.comparing.words import Word

Kind = Literal["same", "tidied", "bracketed", "elided", "cut", "altered", "reversed", "figures"]
ORDER: tuple[Kind, ...] = ("same", "tidied", "bracketed", "elided", "cut", "altered", "reversed", "figures")
LONGEST_REVERSAL = 4  # words; a longer omission is a cut, whatever it holds
LONGEST_CHANGE = 5  # words on either side of a reversal; longer ones are other words altogether
LONGEST_START = 6  # words of a false start
RESTART = 8  # words within which somebody begins anew what was broken off
NEAR = 4  # words within which a negation was only moved
_BROKEN_OFF = re.compile(r"--|—|–|\s-\s|\.\.\.|…")
_OPENING = frozenset("\"“‘'([`#@")
_DOUBLED = re.compile(r"(.)\1")


class Difference(NamedTuple):
    """One block of the alignment and what it is; `why` in plain words, "" where the words are the same."""

    block: Block
    kind: Kind
    why: str


class Sides(NamedTuple):
    """A quotation and the words that it is laid along: the article's text and the transcript's, and their words."""

    article: str
    quoted: Quoted
    transcript: str
    said: Sequence[Word]


def differences(sides: Sides, blocks: Sequence[Block]) -> list[Difference]:
    """Each block with its kind. Words that were only moved are altered, whatever they are."""
    kept = frozenset(n for b in blocks if b.same for n in range(b.c, b.d))
    found = [_judged(sides, part, kept) for b in blocks for part in _parts(sides, b)]
    gone = {tuple(_forms(sides.said[d.block.c : d.block.d])): n for n, d in enumerate(found) if _one_sided(d, True)}
    for n, d in enumerate(found):
        moved = gone.get(tuple(_forms(sides.quoted.words[d.block.a : d.block.b]))) if _one_sided(d, False) else None
        if moved is not None:
            found[n] = d._replace(kind="altered", why="words were moved")
            found[moved] = found[moved]._replace(kind="altered", why="words were moved")
    return found


def worst(found: Sequence[Difference]) -> Difference:
    """The difference that counts: the last in the order of kinds."""
    return max(found, key=lambda d: ORDER.index(d.kind))


def _one_sided(d: Difference, gone: bool) -> bool:
    quoted, said = d.block.b > d.block.a, d.block.d > d.block.c
    return d.kind not in ("same", "tidied") and (said and not quoted if gone else quoted and not said)


def _parts(sides: Sides, block: Block) -> Iterator[Block]:
    """A block of equal words in runs that are written the same and runs that are not."""
    if not block.same:
        yield block
        return
    pairs = zip(sides.quoted.words[block.a : block.b], sides.said[block.c : block.d], strict=True)
    done = 0
    for _, run in groupby(pairs, key=lambda pair: pair[0].surface == pair[1].surface):
        length = len(list(run))
        yield Block(True, block.a + done, block.a + done + length, block.c + done, block.c + done + length)
        done += length


def _judged(sides: Sides, block: Block, kept: frozenset[int]) -> Difference:
    here, there = sides.quoted.words[block.a : block.b], list(sides.said[block.c : block.d])
    if block.same and here[0].surface == there[0].surface:
        return Difference(block, "same", "")
    if block.same:
        return Difference(block, "tidied", _tidied(sides, there, here))
    kind, why = _kind(sides, block, here, there, kept)
    return Difference(block, kind, why)


def _kind(
    sides: Sides, block: Block, here: Sequence[Word], there: list[Word], kept: frozenset[int]
) -> tuple[Kind, str]:
    q = sides.quoted
    ours = [w for n, w in enumerate(here, block.a) if n not in q.bracketed]
    if here and _forms(here) == _forms(there):
        return "same", ""  # the transcript has the same brackets
    in_brackets, gap = len(ours) < len(here), bool(q.gaps & _positions(sides, block))
    said, quoted = _forms(_without_slips(sides, block, there)), _forms(_less_fillers(ours))
    if not in_brackets and not (gap and not here) and (said == quoted or "".join(said) == "".join(quoted) != ""):
        return "tidied", _tidied(sides, there, here)
    one = len(said) == len(quoted) == 1 and not in_brackets
    if one and (_misspelt(said[0], quoted[0]) or _contracted(sides, block, here[0])):
        return "tidied", _tidied(sides, there, here)
    whole = _forms(_less_fillers([w for w in here if not _interjected(sides.article, w)]))
    told = f"“{_shown(sides.transcript, there)}”", f"“{_shown(sides.article, here)}”"
    moved = {sides.said[n].same for n in range(max(block.c - NEAR, 0), min(block.d + NEAR, len(sides.said)))
             if n not in kept and not block.c <= n < block.d}  # fmt: skip
    if _reversed(said, whole, moved, unmarked=not (in_brackets or gap)):
        return "reversed", _changed(*told, there, here)
    if _figures(sides, there, here, in_brackets):
        return "figures", _changed(*told, there, here)
    if not quoted:
        if in_brackets and not gap:
            return "bracketed", f"{told[1]} is the editor's" + (f", for {told[0]}" if there else "")
        return ("elided", f"{told[0]} left out, marked") if gap else ("cut", f"{told[0]} left out without a mark")
    changed = _changed(*told, there, here)
    return "altered", changed + ("; it may be one name, written by ear" if _renamed(sides, there, here) else "")


def _positions(sides: Sides, block: Block) -> set[int]:
    """The quoted words before which an ellipsis would mark the block. What is left out between two equal words may
    stand before the one or the other: *we can do, and we ought to do it* gives *we can do … it* as well."""
    found, said = set(range(block.a, block.b + 1)), sides.said
    if block.a < block.b:
        return found
    n = 0
    while block.d + n < len(said) and said[block.c + n].same == said[block.d + n].same:
        n += 1
        found.add(block.a + n)
    n = 1
    while block.c >= n and said[block.c - n].same == said[block.d - n].same:
        found.add(block.a - n)
        n += 1
    return found


def _interjected(text: str, word: Word) -> bool:
    """*No,* before a sentence answers somebody and denies nothing in it."""
    return word.same in ("no", "yes") and text[word.end : word.end + 1] in (",", ".", "!", ";")


def _changed(said: str, quoted: str, there: Sequence[Word], here: Sequence[Word]) -> str:
    if not there:
        return f"{quoted} was added"
    return f"{said} became {quoted}" if here else f"{said} was left out"


def _shown(text: str, found: Sequence[Word]) -> str:
    if not found:
        return ""
    # the word of a currency sign stands behind its amount
    return " ".join(text[min(w.start for w in found) : max(w.end for w in found)].split())


def _forms(found: Sequence[Word]) -> list[str]:
    return [w.same for w in found]


def _tidied(sides: Sides, there: Sequence[Word], here: Sequence[Word]) -> str:
    if not here:
        return f"“{_shown(sides.transcript, there)}” left out: a filler, a stutter or a false start"
    if not there:
        return f"“{_shown(sides.article, here)}”, a filler, was added"
    return f"“{_shown(sides.transcript, there)}” is written “{_shown(sides.article, here)}”"


def _without_slips(sides: Sides, block: Block, there: list[Word]) -> list[Word]:
    """What was said without fillers, stutters and false starts."""
    kept, forms = list(there), _forms(there)
    if not forms:
        return kept
    said, n = sides.said, len(forms)
    before, after = _forms(said[max(block.c - n, 0) : block.c]), _forms(said[block.d : block.d + n])
    if block.a == block.b and (forms in (before, after) or _repeats(forms, _forms(said[block.d : block.d + n + 2]))):
        return []
    if block.a == block.b and (_false_start(sides, block, forms) or _joins(sides, block, forms)):
        return []
    return _less_fillers(kept)


def _false_start(sides: Sides, block: Block, forms: list[str]) -> bool:
    """Whether somebody broke off and began anew. The words left out may stand a little to the right, where what was
    said twice allows it: of *wants to be -- he wants to be*, either half."""
    said, n = sides.said, len(forms)
    if n > LONGEST_START:
        return False
    after = _forms(said[block.d : block.d + n + RESTART])
    if n > 1 and any(after[i : i + n] == forms for i in range(len(after))):
        return True
    for c in range(block.c, min(block.c + LONGEST_START, len(said) - n)):
        gone = said[c : c + n]
        if _BROKEN_OFF.search(sides.transcript[gone[-1].end : said[c + n].start]):
            return not set(_forms(gone)) & (NEGATIONS | HEDGES) or _forms(gone)[:1] == _forms(said[c + n : c + n + 1])
        back = sides.transcript[said[c - 1].end : gone[0].start] if c else ""
        if c > block.c and _BROKEN_OFF.search(back):
            return True
        if said[c].same != said[c + n].same:
            break
    return False


def _joins(sides: Sides, block: Block, forms: list[str]) -> bool:
    """Whether an *and* that only began a sentence is gone, or *have* of *have got to*."""
    before = sides.transcript[: sides.said[block.c].start].rstrip()
    if forms in (["and"], ["so"]):
        return before[-1:] in (".", "!", "?", ",", ";", "-", "—")
    return forms == ["have"] and _forms(sides.said[block.d : block.d + 1]) == ["got"]


def _repeats(forms: list[str], after: list[str]) -> bool:
    """Whether the words are made of beginnings of what follows: *we, we have, we have to*."""
    i = 0
    while i < len(forms):
        run = 0
        while run < len(after) and i + run < len(forms) and forms[i + run] == after[run]:
            run += 1
        if not run:
            return False
        i += run
    return True


def _less_fillers(found: list[Word]) -> list[Word]:
    out, i = [], 0
    while i < len(found):
        length = _filler(_forms(found[i : i + 2]))
        if not length:
            out.append(found[i])
        i += length or 1
    return out


def _filler(forms: list[str]) -> int:
    return next((len(f) for f in FILLERS if tuple(forms[: len(f)]) == f), 0)


def _misspelt(a: str, b: str) -> bool:
    """Two spellings of one word: letters swapped or doubled, in a word too long for it to be another."""
    if min(len(a), len(b)) < 6 or digits(a) or digits(b):
        return False
    swapped = len(a) == len(b) and sorted(a) == sorted(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 2
    return swapped or _DOUBLED.sub(r"\1", a) == _DOUBLED.sub(r"\1", b)


def _contracted(sides: Sides, block: Block, here: Word) -> bool:
    """*Michael's been* for *Michael has been*."""
    said = _forms(sides.said[max(block.c - 1, 0) : block.d])
    marked = "'" in sides.article[here.start : here.end].replace("’", "'")
    return marked and len(said) > 1 and said[-1] in ("is", "has") and here.same == said[-2] + "s"


def _reversed(said: list[str], quoted: list[str], moved: set[str], unmarked: bool) -> bool:
    """`moved`: words close by that were said and not quoted there; what is among them did not come or go."""
    if not quoted and len(said) > (LONGEST_REVERSAL if unmarked else LONGEST_REVERSAL - 1):
        return False
    if max(len(said), len(quoted)) > LONGEST_CHANGE:
        return False
    quoted = [w for w in quoted if w not in moved]
    if any(opposite(a, b) for a in set(said) - set(quoted) for b in set(quoted) - set(said)):
        return True
    negations = sum(w in NEGATIONS for w in said), sum(w in NEGATIONS for w in quoted)
    hedges = {w for w in said if w in HEDGES}, {w for w in quoted if w in HEDGES}
    return negations[0] != negations[1] or hedges[0] != hedges[1]


def _figures(sides: Sides, there: Sequence[Word], here: Sequence[Word], in_brackets: bool) -> bool:
    """Whether a number, date or name stands where another, or none, was said. An omission changes no figure, and
    many other words with a number among them are other words."""
    if max(len(here), len(there)) > LONGEST_CHANGE:
        return False
    if any(w.same == "minus" for w in here) != any(w.same == "minus" for w in there):
        return True
    if not here:
        return False
    said, quoted = ({w.same for w in side if _is_figure(w.same)} for side in (there, here))
    if any(digits(w) for w in said ^ quoted):  # "one" is a number beside another number, and else a pronoun
        said |= {w.same for w in there if w.same == "1"}
        quoted |= {w.same for w in here if w.same == "1"}
    if quoted - said and said - quoted:
        return True
    plain = all(w.same in COMMON_WORDS or _is_figure(w.same) for w in (*here, *there))
    if quoted != said and plain and not in_brackets:
        return True
    renamed = _renamed(sides, there, here)
    return renamed is not None and not all(any(sounds_like(a, b) for b in renamed[0]) for a in renamed[1])


def _renamed(sides: Sides, there: Sequence[Word], here: Sequence[Word]) -> tuple[set[str], set[str]] | None:
    """The names that were said only and those that are quoted only; None where one of the two is empty."""
    said, quoted = _names(sides.transcript, there), _names(sides.article, here)
    return (said - quoted, quoted - said) if said - quoted and quoted - said else None


def _is_figure(form: str) -> bool:
    return (digits(form) and form != "1") or form in MONTHS or form in WEEKDAYS or form in QUANTITIES


def _names(text: str, found: Sequence[Word]) -> set[str]:
    """Capitalized words that do not begin a sentence."""
    return {w.same for w in found if text[w.start].isupper() and w.same != "i" and not _begins(text, w.start)}


def _begins(text: str, at: int) -> bool:
    if text[max(at - 1, 0) : at] in _OPENING:
        return True
    before = text[max(at - 4, 0) : at].rstrip(" \n")
    return not before or before[-1] in ".!?:\n-—–" or "\n" in text[max(at - 2, 0) : at]
