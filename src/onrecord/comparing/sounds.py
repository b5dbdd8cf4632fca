"""Whether two spellings may be one name that somebody wrote by ear."""

import re

_ONE_SOUND = str.maketrans("bpfvcgjkqsxzdtlmnr", "111122222222334556")  # Soundex (Russell 1918), of any length
_SILENT = re.compile(r"[^1-6]")
_DOUBLED = re.compile(r"(.)\1+")
_FIRST = ({"c", "k", "q"}, {"c", "s", "z"}, {"g", "j"}, {"f", "p"})


def sounds_like(a: str, b: str) -> bool:
    """Whether the consonants sound the same, or one has one more at its end: *Curio* and *Curiel*, *Kathy* and *Cathy*,
    not *Martin* and *Marvin*. Both in small letters."""
    if a[:1] != b[:1] and not any({a[:1], b[:1]} <= first for first in _FIRST):
        return False
    if a[:1] != b[:1] and "p" in (a[:1], b[:1]) and not any(w.startswith("ph") for w in (a, b)):
        return False
    short, long = sorted((_sounds(a), _sounds(b)), key=len)
    return short == long or (len(short) > 1 and long[:-1] == short)


def _sounds(name: str) -> str:
    name = name[:1] + name[1:].replace("ph", "f").replace("gh", "")
    return _DOUBLED.sub(r"\1", _SILENT.sub("", _DOUBLED.sub(r"\1", name).translate(_ONE_SOUND)))
