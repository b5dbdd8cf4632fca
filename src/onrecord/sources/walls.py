"""Why a page is no article: a front page, a wall before the text, a video, a notice to turn scripts on."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.sources.metadata import PageFacts, is_root

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_LITTLE = 120  # words: a wall's page has hardly any text beside it, an article's preview has more
_SENTENCE_WORDS = 20  # a paragraph of an article; the headlines and teasers of a front page are shorter
_SCRIPT = re.compile(
    r"(?:enable|turn(?:ed)? on|activate|allow|requires?|needs?|without|disabled?|support)\b.{0,40}\bjava ?script"
    r"|java ?script\b.{0,40}\b(?:enabled?|required|disabled|turned (?:on|off)|needed|not available)",
    re.I | re.S,
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|sign ?up|subscribe|register|create (?:an?|your) (?:free )?account|become a member"
    r"|become a subscriber|start your (?:free )?trial)\b.{0,80}"
    r"\b(?:to (?:continue|read|access|view|unlock|see)|reading|full access|this (?:article|story))\b"
    r"|\b(?:to (?:continue|keep) reading|to read (?:this|the (?:full|rest)))\b"
    r"|(?:this|the full) (?:article|story|content) is (?:only |exclusively )?(?:for|available to|reserved for)\b"
    r"|\b(?:subscriber|member)s?[- ](?:only|exclusive)\b|\balready (?:a (?:subscriber|member)|subscribed)\b",
    re.I | re.S,
)
_COOKIES = re.compile(r"\bcookies?\b", re.I)
_CONSENT = re.compile(
    r"\b(?:accept|agree|consent|reject|manage|preferences|privacy|partners|personal data|personali[sz]ed)\b", re.I
)
_ROBOT = re.compile(
    r"are you (?:a robot|human)|not a robot|verify(?:ing)? (?:that )?you are (?:a )?human|unusual (?:traffic|activity)"
    r"|access (?:to this page has been )?denied|checking your browser|complete the captcha",
    re.I,
)
_MISSING = re.compile(
    r"\b(?:page|article|story) (?:you (?:requested|are looking for) )?(?:could |can)?(?:not|no longer)(?: be)? "
    r"(?:found|exists?|available)|\berror 404\b|\b404\b.{0,20}\bnot found",
    re.I,
)
_VIDEO_KINDS = {"VideoObject", "Clip", "Movie", "TVEpisode", "BroadcastEvent"}
_LIST_KINDS = {"CollectionPage", "SearchResultsPage"}
_SHOWN = 20_000  # characters of the page's text that are looked at


def why_no_article(tree: "HtmlElement", facts: PageFacts, body: Sequence[str]) -> str | None:
    """What the page is instead of an article, in words for its reader; None where it may be one.

    `body` is what was found as the article's text. A page with some paragraphs before its wall is an article.
    """
    words = [len(_WORD.findall(line)) for line in body]
    total, whole = sum(words), sum(n >= _SENTENCE_WORDS for n in words)
    if _is_list(tree, facts, whole):
        return "a front page or a list of articles, not one article; give the articles' own pages"
    if total >= 3 * _LITTLE:
        return None
    shown = _shown(tree) if total < _LITTLE else ""
    text = " ".join(body)
    if _is_consent(text if total >= 15 else shown, facts):
        return "a notice about cookies stands before the article (a cookie wall); save the page once it is answered"
    if total >= _LITTLE or whole >= 3:
        return None
    if _ROBOT.search(shown):
        return "the site asked whether a person was reading and sent no article"
    if _SCRIPT.search(shown) and whole <= 1:
        return "the page shows its text only with JavaScript; save it from a browser"
    if _is_video(facts) and whole <= 2:
        return "a video's page, with no article text"
    if (_LOGIN.search(shown) or _password(tree)) and whole <= 1:
        return "the article stands behind a login or a subscription; save the page where you are logged in"
    if _MISSING.search(shown) and whole <= 1:
        return "the site says that there is no such page"
    return None


def _is_list(tree: "HtmlElement", facts: PageFacts, whole: int) -> bool:
    """Whether a page leads to many articles: headlines that are links, and hardly two paragraphs together."""
    if facts.schema and not is_root(facts.url):
        return False
    links = sum(1 for tag in ("h2", "h3", "h4") for h in tree.iter(tag) if _linked(h))
    if (is_root(facts.url) or facts.kinds & _LIST_KINDS) and links >= 8 and whole < max(4, links / 4):
        return True
    return not facts.is_article and links >= 15 and _together(tree) < 2


def _together(tree: "HtmlElement") -> int:
    """The most paragraphs of an article's length that stand in one element."""
    long = (id(p.getparent()) for p in tree.iter("p") if len(_WORD.findall(p.text_content())) >= _SENTENCE_WORDS)
    return max(Counter(long).values(), default=0)


def _is_consent(text: str, facts: PageFacts) -> bool:
    """Whether a text asks for leave to set cookies; an article about cookies names them less often."""
    cookies, total = len(_COOKIES.findall(text)), max(15, len(_WORD.findall(text)))
    asks = len(set(map(str.lower, _CONSENT.findall(text))))
    return cookies >= 2 and asks >= 2 and cookies * (20 if facts.is_article else 60) >= total


def _linked(heading: "HtmlElement") -> bool:
    parent = heading.getparent()
    return heading.find(".//a") is not None or (parent is not None and parent.tag == "a")


def _is_video(facts: PageFacts) -> bool:
    return (facts.meta("og:type") or "").lower().startswith("video") or (
        bool(facts.kinds & _VIDEO_KINDS) and not facts.schema
    )


def _password(tree: "HtmlElement") -> bool:
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


def _shown(tree: "HtmlElement") -> str:
    """The beginning of the page's visible text, what it shows without scripts included."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for piece in (element.text if element.tag not in ("script", "style", "template") else None, element.tail):
            if piece and piece.strip():
                parts.append(" ".join(piece.split()))
                size += len(parts[-1])
        if size > _SHOWN:
            break
    return " ".join(parts)
