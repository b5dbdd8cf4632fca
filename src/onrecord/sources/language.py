"""Whether a text is English, told from its small words alone."""

import re
from collections import Counter
from dataclasses import replace

from onrecord.article import Article

TOO_SHORT = 40  # words; below it nothing is told
_SAMPLE = 200_000  # characters
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
    latin = sum(c.isalpha() and (c < "ɐ" or "Ḁ" <= c <= "ỿ") for c in sample)
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


def with_language(article: Article) -> Article:
    """The article with `language` "en" where it is English or too short to tell, and with `unread` where it is not."""
    verdict = is_english(article.text, article.language)
    if verdict is False:
        declared = article.language if _foreign(article.language) else None  # the text has shown a claim of "en" wrong
        return replace(article, language=declared, unread=article.unread or NOT_ENGLISH)
    if verdict or not _foreign(article.language):
        return replace(article, language="en")
    return article


def _foreign(declared: str | None) -> bool:
    return declared is not None and not declared.lower().startswith("en")
