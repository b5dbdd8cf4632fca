"""What a sentence does to a part of it: denies it, makes it conditional, asks it, or gives it to somebody else.

A quotation whose own words are right may still be cropped out of "I never said …". What is looked at is the rest of
the transcript's sentence; where the article's own sentence does the same around the marks, nothing was cropped.
"""

import re
from typing import Literal

Sense = Literal["denied", "conditional", "asked", "another's"]
TOLD: dict[Sense, str] = {
    "denied": "the sentence denies it",
    "conditional": "the sentence makes it conditional",
    "asked": "the sentence asks it",
    "another's": "the sentence gives it to somebody else",
}

_NOT = r"(?:not|never|\w+n[’']t|cannot|no longer|nobody|no one|neither|hardly|nor|without)"
_VERB = (
    r"(?:sa(?:y|ys|id|ying)|think(?:s|ing)?|thought|believ(?:e|es|ed|ing)|claim(?:s|ed|ing)?|mean(?:s|t|ing)?|"
    r"suggest(?:s|ed|ing)?|tell(?:s|ing)?|told|ask(?:s|ed|ing)?|argu(?:e|es|ed|ing)|insist(?:s|ed|ing)?|"
    r"call(?:s|ed|ing)?|writ(?:e|es|ing)|wrote|report(?:s|ed|ing)?|stat(?:e|es|ed|ing)|mention(?:s|ed|ing)?|"
    r"promis(?:e|es|ed|ing)|agree(?:s|d|ing)?|announc(?:e|es|ed|ing)|alleg(?:e|es|ed|ing)|"
    r"accus(?:e|es|ed|ing)|pretend(?:s|ed|ing)?|imply|impl(?:ies|ied|ying)|feel(?:s|ing)?|felt)"
)
_FEW = r"(?:\s+[\w’']+){0,3}?"
_END = (  # "didn't mention that, but …" is closed by its comma
    r"(?:(?:\s+(?:you|him|her|them|me|us|people|anybody|anyone|everybody))?(?:\s+(?:that|to|it|there))*"
    r"[\s:\"“‘'—–-]*|\s*,[\s\"“‘']*)$"
)
_DENIED = re.compile(
    rf"\b{_NOT}{_FEW}\s+(?:{_VERB}|want(?:s|ed)?|know|knew){_END}|"
    r"\b(?:not|n[’']t)\s+(?:true|the case|right|correct|a fact|clear|saying)(?:\s+(?:that|to say))*\s*$|"
    r"\b(?:no (?:way|chance|reason|evidence|proof|sign)|false|untrue|a lie|a myth|wrong)(?:\s+(?:that|to|to say))+\s*$",
    re.I,
)
_DENIED_AT_ONCE = re.compile(
    rf"\b{_NOT}(?:\s+(?:to|going|gonna|want|wanted|be|been|being|have|had|even|ever|really|the|a|an|just|think|very|"
    r"necessarily|yet|all|actually)){0,3}\s*$",
    re.I,
)
_NOT_DENIED = re.compile(r"\bnot\s+(?:only|just|merely|simply)\s*$|\bwhy\s+(?:not|don[’']t)\b.*$|\bif not\s*$", re.I)
_CONDITION = re.compile(
    r"(?:^|[,;:—–-]\s*|\b(?:and|but|or|that|because|then|only|so|say|said|well|believe|think|know)\s+)"
    r"(?:if|unless|whether|suppose|supposing|assuming|provided|in case|were\s+\w+\s+to)\b(?P<rest>.*)$",
    re.I | re.S,
)
_CONDITION_AFTER = re.compile(
    r"^[\s,;—–-]*(?:(?:but )?only )?(?:if|unless|provided|as long as|so long as|assuming|in case|until)\b"
    r"(?P<rest>.*)",
    re.I | re.S,
)
_POLITE = re.compile(  # conditions of speaking, not of what is said
    r"^\s*(?:you(?:[’']ll|[’']d| would| will| can| could| ever| really)? "
    r"(?:look(?:ed|s|ing)?|think|remember|want to|will|know|like|noticed?|ask|read|"
    r"go back|listen|see|please|don[’']t mind|excuse|watch)|"
    r"i (?:may|can|could|might|remember|were you|am not mistaken)|"
    r"(?:i|we)(?:[’']m| am|[’']re| are| get| become| were)? (?:elected|president|win|won|your president)\b|elected\b|"
    r"anything|nothing else|possible|not\b|need be|so\b|any\b)",
    re.I,
)
_EVEN = re.compile(r"\b(?:even|as|what|only)\s+if\b", re.I)
_OTHER = (
    r"(?:she|he|they|people|some(?: people)?|many(?: people)?|others|everybody|everyone|somebody|someone|the media|"
    r"the press|critics|you|my opponents?|(?:[A-Z][\w’'.-]+\s+){1,3}|"
    r"(?:the|her|his|their|your)\s+(?:[\w’'-]+\s+){1,3}?)"
)
_ANOTHERS = re.compile(
    rf"(?:^|[\s,;:—–\"“-])(?P<who>{_OTHER})\s*(?:[’']s|[’']re|also|just|even|still|always|would|will|is|are|was|were|has|"
    rf"have|had|keeps?|kept|actually|then|once|both|all|like to|used to|\s)*\s*\b{_VERB}{_END}",
    re.S,
)
_NOT_ANOTHERS = re.compile(
    r"\b(?:you\s+(?:\w+\s+)?(?:know|mean|means|think|feel|see|say|tell|ask|call)|(?:that|which|it|this)\s+mean)", re.I
)
_ANOTHERS_AFTER = re.compile(  # "…, she said."
    rf"^[\s,\"”—–-]*(?:she|he|they|people|critics|(?:(?!I\b)[A-Z][\w.-]+\s+){{1,3}})\s*{_VERB}\s*(?:[,.;!?\"”—–-]|$)|"
    rf"^[\s,\"”]*{_VERB}\s+(?:she|he|they)\s*(?:[,.;!?\"”—–-]|$)"
)
_GOES_ON = re.compile(r"^[\s\"“‘']*(?:but|because|although|though|however|so that|which)\b", re.I)
_AND = re.compile(r"^\W*(?:and|or|so)\b", re.I)
_IF = re.compile(r"^\W*(?:if|unless|when)\b", re.I)
_ALL_THE_SAME = re.compile(r"^(?:\W*\w+\W+){0,4}?still\b", re.I)
_REASON = re.compile(r",\s*(?:because|since)\b", re.I)
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|in (?:her|his|their) (?:words|view|opinion))\b[^,]*,\s*$", re.I
)
_FACT = re.compile(
    r"\b(?:know|believe|see|hear|remember|realize|notice|imagine|understand|aware)\s+(?:that\s+)?[^?]*$", re.I
)
_TAG = re.compile(
    r"[,.—–-]\s*(?:right|okay|ok|huh|yes|no|correct|you know|folks|remember|do you (?:understand|know|see|remember)|"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|have|has|had)(?:n[’']t)?\s+(?:i|you|he|she|it|we|they|there)|"
    r"what|see|you know what i mean|believe it|who knows)\s*\?",
    re.I,
)


_DENIED_IN_WORDS = re.compile(
    r"\b(?:not|never|no|none|nobody|\w+n[’']t|nor|neither|cannot|lack\w*|without|den(?:y|ies|ied|ying)|doubt\w*|reject\w*|"
    r"refus\w*|dismiss\w*|against|oppos\w*|fail\w*|unable|far from|disput\w*|disagree\w*|rul\w+ out|question\w*)\b",
    re.I,
)
_CONDITION_IN_WORDS = re.compile(r"\b(?:if|unless|would|could|might|provided|in case|until|whether)\b", re.I)
_ASKED_IN_WORDS = re.compile(r"\b(?:ask(?:s|ed|ing)?|wonder\w*|question\w*|whether|inquir\w*|quer\w+)\b|\?", re.I)


def senses(before: str, inside: str, after: str) -> set[Sense]:
    """What a sentence, given as what stands before a part of it, the part, and what stands after, does to the part."""
    found: set[Sense] = set()
    goes_on = _GOES_ON.match(inside) or (_AND.match(inside) and before.rstrip().endswith((",", "-", "—", "–")))
    if not goes_on and _denies(before):
        found.add("denied")
    if not goes_on and not _ALL_THE_SAME.match(inside) and not _IF.match(inside) and _conditions(before, inside, after):
        found.add("conditional")
    if _asks(before, inside, after):
        found.add("asked")
    if not goes_on and _gives_away(before, after):
        found.add("another's")
    return found


def told(before: str, after: str) -> set[Sense]:
    """What an article's own sentence around the marks does to the words, in whatever way: *she lacks “the strength”* is
    no worse than *she doesn't have the strength*."""
    found = senses(before, "", after)
    if _DENIED_IN_WORDS.search(before):
        found.add("denied")
    if _CONDITION_IN_WORDS.search(before) or _CONDITION_IN_WORDS.search(after):
        found.add("conditional")
    if _ASKED_IN_WORDS.search(before) or _ASKED_IN_WORDS.search(after):
        found.add("asked")
    return found


def tells(words: str) -> bool:
    """Whether a cue does more than to say that something was said."""
    return bool(_DENIED_IN_WORDS.search(words) or _ASKED_IN_WORDS.search(words))


def _denies(before: str) -> bool:
    if _NOT_DENIED.search(before):
        return False
    return bool(_DENIED.search(before) or _DENIED_AT_ONCE.search(before))


def _conditions(before: str, inside: str, after: str) -> bool:
    ahead, behind = _CONDITION.search(before), _CONDITION_AFTER.search(after)
    if ahead and not _closed(ahead, inside) and not _POLITE.match(ahead["rest"]) and not _EVEN.search(before):
        return True
    return bool(behind and not _POLITE.match(behind["rest"]) and not _EVEN.match(after.lstrip(" ,;—–-")))


def _closed(condition: re.Match[str], inside: str) -> bool:
    """Whether the condition is over before the quotation begins: *whether it was they, we don't know, because …*,
    *if they are caught, it is bad -- and …*; *whether one or the other* is no condition at all."""
    rest = condition["rest"]
    if "whether" in condition[0][: -len(rest) or None].lower():
        return bool(rest.strip()) or bool(re.search(r"\bor (?:not|whether)\b", inside))
    return bool(_REASON.search(rest + inside[:12]) or re.search(r"--|—|–", rest + inside[:3]))


def _asks(before: str, inside: str, after: str) -> bool:
    whole = (inside + after).rstrip(" \"”’')")
    if not whole.endswith("?") or inside.rstrip(" \"”’'").endswith("?"):
        return False
    return not _TAG.search(after) and not (before and _FACT.search(before)) and not re.search(r"[,;—–]|--", after)


def _gives_away(before: str, after: str) -> bool:
    given = _ANOTHERS.search(before)
    if given and not _NOT_ANOTHERS.search(given[0]) and not re.search(r"\bI\b", given["who"]):
        return True
    return bool(_ACCORDING.search(before) or _ANOTHERS_AFTER.match(after))
