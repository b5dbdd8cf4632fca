"""Whether a text is English, told from its small words; and which language it is in where it is not.

py3langid (Lui and Baldwin 2012, "langid.py: An Off-the-shelf Language Identification Tool") names other languages and
judges paragraphs, which are too short for small words. It is loaded where a text shows few English words, not before.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.article import Article, Span

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

TOO_SHORT = 40  # words; below it nothing is told
_SAMPLE = 200_000  # characters
_NAMED_FROM = 5_000  # characters are enough to name a language
_PARAGRAPH = 12  # words; below it a paragraph is taken as its article's language
_ENGLISH_SHARE = 0.12  # of small words, from which on nothing more is asked
_DOUBT = 0.01  # how probable English may be at most in a paragraph of another language
_LINE = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# Words that are frequent in English and rare elsewhere: "in", "is", "was", "as", "an", "on" are left out on purpose.
_ENGLISH_WORDS = (
    "the and of to that for with from have has been were their they this these those which who whose would could "
    "should it its he she his him her at but not are be or by about will said had you your what when where there if "
    "more than our after into how because while against between through before being them other out it’s it's "
    "don’t don't"
)
# The same of the languages whose small words could be taken for English ones, and of their neighbours.
_FOREIGN_WORDS = (
    "der die das und den dem ein eine einer nicht mit von zu auf ist sich für auch als nach "  # German
    "het een van dat niet voor met zijn maar ook wordt deze hy sy nie vir wat n hulle aan ons "  # Dutch, Afrikaans
    "le la les des du et une est dans que qui pour sur pas au aux ce cette avec plus il elle "  # French
    "el los las del y en una por con para se su lo al como más pero o os um uma não da com em "  # Spanish, Portug.
    "di e che è un per della dei non sono gli nel alla ha "  # Italian
    "och att det som på är av til og ikke jeg er et var den til men fra havde om vi med "  # Swedish, Danish, Norwegian
    "w na się nie z że je ve bir bu "  # Polish, Czech, Turkish
    "ang ng sa mga yang dan di ini itu dengan untuk wa ya kwa ni"  # Tagalog, Indonesian, Swahili
)
_ENGLISH, _FOREIGN = frozenset(_ENGLISH_WORDS.split()), frozenset(_FOREIGN_WORDS.split())
NOT_ENGLISH = "not in English"


def is_english(text: str, declared: str | None = None) -> bool | None:
    """True or False where the text shows it, None where it does not (too short, or names and numbers only).

    `declared` is the language that a page claims for itself. It is often wrong, so that it only settles a doubt.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    latin = sum(map(_latin, sample))
    if letters >= TOO_SHORT and latin < letters / 2:
        return False  # told first: some scripts have no spaces and so hardly any words
    words = _WORD.findall(sample)
    if len(words) < TOO_SHORT:
        return None
    counts = Counter(w.lower() for w in words)
    kinds = sum(w in counts for w in _ENGLISH)  # Danish has "for" and "at" and "by", but not five different ones
    share = sum(counts[w] for w in _ENGLISH) / len(words)
    english = share if kinds >= 5 else 0.0
    foreign = sum(counts[w] for w in _FOREIGN) / len(words)
    if english >= 0.12 and english > foreign:
        return True
    prose = sum(w.islower() for w in words) >= 0.6 * len(words)  # a list of names has no small words in any language
    if (foreign >= 0.1 and foreign > 1.5 * english) or (prose and share < 0.03):
        return False
    return False if _foreign(declared) and english < 0.08 else None


def foreign_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs (lines) of an English article that are in another language; nothing should be read in them.

    Those of under 12 words, and those with as many small English words as English has, are taken as English.
    """
    found = []
    for match in _LINE.finditer(text):
        line = match[0][:_SAMPLE]
        words = [w.lower() for w in _WORD.findall(line)]
        letters = sum(map(str.isalpha, line))
        strange = letters >= TOO_SHORT and sum(map(_latin, line)) < letters / 2
        few = len(words) >= _PARAGRAPH and sum(w in _ENGLISH for w in words) < _ENGLISH_SHARE * len(words)
        if strange or (few and not line.isupper() and _prose(line) and _english(line) <= _DOUBT):
            found.append(Span(*match.span()))
    return tuple(found)


def readable(article: Article) -> str:
    """The article's text as it is to be read: "" where it is not, and blanks for paragraphs in another language, so
    that nothing is read in them and no place shifts."""
    text = "" if article.unread else article.text
    for start, end in foreign_paragraphs(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def with_language(article: Article) -> Article:
    """The article with `language` "en" where it is English or too short to tell, and with `unread` where it is not.

    An article in another language has the language that its page claims, else the ISO 639-1 code of the one it seems
    to be in.
    """
    verdict = is_english(article.text, article.language)
    if verdict is False:
        declared = article.language if _foreign(article.language) else None  # the text has shown a claim of "en" wrong
        language = declared or _name(article.text)
        return replace(article, language=language if language != "en" else None, unread=article.unread or NOT_ENGLISH)
    if verdict or not _foreign(article.language):
        return replace(article, language="en")
    return article


def _name(text: str) -> str:
    """The code of the language that a text seems to be in."""
    return str(_identifier().classify(text[:_NAMED_FROM])[0])


def _english(text: str) -> float:
    """How probable it is that a text is English, 0 to 1."""
    return next(float(share) for code, share in _identifier().rank(text[:_NAMED_FROM]) if code == "en")


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _latin(character: str) -> bool:
    return character.isalpha() and (character < "ɐ" or "Ḁ" <= character <= "ỿ")


def _prose(line: str) -> bool:
    """Whether most words are small: lists of names are in no language."""
    words: list[str] = _WORD.findall(line)
    return sum(map(str.islower, words)) >= 0.6 * len(words)


def _foreign(declared: str | None) -> bool:
    return declared is not None and not declared.lower().startswith("en")
