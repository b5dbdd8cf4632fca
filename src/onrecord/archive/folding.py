"""Names and words in the form in which they are compared: lower case, no accents, no marks."""

import re
from functools import lru_cache
from hashlib import blake2b
from unicodedata import combining, normalize

_WORD = re.compile(r"\w+")
_MARKS = str.maketrans("“”…–—", "     ", "’'")  # what stands in most contents: without it, most are plain ASCII


@lru_cache(65536)
def fold(text: str) -> str:
    """`Ana María O’Neill-Díaz` → `ana maria oneill diaz`; "" where there is no letter or digit."""
    plain = normalize("NFKD", text.translate(_MARKS))
    if not plain.isascii():
        plain = "".join(c for c in plain if not combining(c)).replace("’", "").replace("'", "")
    return " ".join(_WORD.findall(plain.casefold()))


def wording(content: str) -> int:
    """63 bits that say which words these are, whatever their case and marks."""
    return int.from_bytes(blake2b(fold(content).encode(), digest_size=8).digest(), "big") >> 1
