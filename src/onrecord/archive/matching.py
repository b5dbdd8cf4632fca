"""Where the words of a query stand in a statement, and how well a statement fits them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")
_K, _B = 1.2, 0.75  # as FTS5 and most search engines set them


@lru_cache(65536)
def _plain(word: str) -> str:
    """A word as the index has it: lower case, no accents."""
    lower = word.lower()
    return lower if lower.isascii() else "".join(c for c in normalize("NFKD", lower) if not combining(c))


class Wanted:
    """The words and phrases that were asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.phrases = [found for text in texts if (found := [_plain(w) for w in _WORD.findall(text)])]

    def scores(self, contents: Sequence[str]) -> list[float]:
        """How well each content fits, the more the better: BM25 (Robertson and Zaragoza 2009) without the weights of
        words, which say nothing here: what is found has all of them. The mean length is that of the contents given."""
        told = [_words(content) for content in contents]
        mean = sum(map(len, told)) / max(len(told), 1) or 1
        return [self._score(words, mean) for words in told]

    def _score(self, words: list[str], mean: float) -> float:
        norm = _K * (1 - _B + _B * len(words) / mean)
        times = [max(_times(phrase, words), 1) for phrase in self.phrases]
        return round(sum(n * (_K + 1) / (n + norm) for n in times), 6)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in a text: start and end of each word that is one of them or of one of their phrases."""
        words = _placed(text)
        found = {words[k][:2] for i, n in self._runs(words) for k in range(i, i + len(self.phrases[n]))}
        return sorted(found)

    def runs(self, text: str) -> list[tuple[int, int, int, int]]:
        """Where each phrase stands in a text, in order: the number of its first word, its start, its end, and which of
        the phrases it is."""
        words = _placed(text)
        return [(i, words[i][0], words[i + len(self.phrases[n]) - 1][1], n) for i, n in self._runs(words)]

    def _runs(self, words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        for i, (_, _, word) in enumerate(words):
            for n, phrase in enumerate(self.phrases):
                if word == phrase[0] and [w for _, _, w in words[i : i + len(phrase)]] == phrase:
                    yield i, n


def _placed(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), _plain(m[0])) for m in _WORD.finditer(text)]


def _words(text: str) -> list[str]:
    found = _WORD.findall(text.lower())
    return found if text.isascii() else [w if w.isascii() else _plain(w) for w in found]


def _times(phrase: list[str], words: list[str]) -> int:
    if len(phrase) == 1:
        return words.count(phrase[0])
    return sum(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))
