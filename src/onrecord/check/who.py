"""Whether a transcript's label and an article's name may be one person's."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    """mr mrs ms miss dr sir sen senator rep representative congressman congresswoman gov governor gen general col lt
    sgt pres president vice secretary judge justice mayor professor prof minister prime chancellor chairman chair rev
    reverend ambassador the former moderator host jr sr ii iii iv""".split()
)
_NOBODY = frozenset(
    """unidentified unknown audience crowd question questioner q a answer reporter speaker male female man woman voice
    moderator announcer operator interviewer host all both multiple several inaudible child member translator
    interpreter person people""".split()
)


def same_person(label: str | None, names: Iterable[str]) -> bool | None:
    """Whether a label is one of the names: the last words are the same, and the first ones where both are known.

    None where it cannot be told: there is no label, or it names nobody ("AUDIENCE MEMBER").
    """
    return _one_person(label, tuple(names))


@lru_cache(65536)
def _one_person(label: str | None, names: tuple[str, ...]) -> bool | None:
    if label is None or not (own := _words(label)) or set(own) <= _NOBODY:
        return None
    given = [other for other in map(_words, names) if other]
    full = {other[-1] for other in given if len(other) > 1}  # beside "Ivanka Trump", "Trump" alone is no other Trump
    return any(_fits(own, other) for other in given if len(other) > 1 or other[0] not in full)


@lru_cache(4096)
def _words(name: str) -> list[str]:
    plain = normalize("NFKD", name.replace("’", "'").replace("'s ", " ")).casefold()
    found = _WORD.findall("".join(c for c in plain if not combining(c)).replace("'", ""))
    return [w for w in found if w not in _TITLES] or found


def _fits(one: list[str], other: list[str]) -> bool:
    if one[-1] != other[-1]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    a, b = one[0], other[0]
    return a == b or (min(len(a), len(b)) <= 3 and (a.startswith(b) or b.startswith(a)))
