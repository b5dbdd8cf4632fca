"""How a source stands to a content: spoken, written or only thought; asserted or not; or rejected.

Corpora of attributions do not label this. The cue and the sentence around it decide: the cue's head by a table
(`cues`), what the source is (a poll does not speak), and the auxiliaries and negations before the head.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import Act, Polarity
from onrecord.tagging.cues import lemma_of, lexicon, word_set
from onrecord.tagging.heads import Head, find_head
from onrecord.tagging.origins import Origin, origin_of
from onrecord.tagging.stances import polarity_of, rejects

Spans = Sequence[tuple[int, int]]
FAR = 160  # code points either side of the cue that are looked at
HIDDEN = "§"  # stands for the content's words, which must not be read as the cue's

WORD = re.compile(r"\d*[^\W\d_](?:[\w]|['’\-](?=\w))*|['’](?:s|d|ll|re|ve|m)\b|[,;:—–()]")
# "They met to discuss the harbour": what they are to talk of is a topic and a purpose, and nothing that was said.
PURPOSES = frozenset(("to", *verb.split()) for verb in ("discuss", "debate", "address", "talk about", "speak about"))
TITLES = ("Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "St", "Jr", "Sr", "Lt", "Col")
SENTENCE = re.compile(
    "[.?!…]" + "".join(rf"(?<!\b{t}\.)" for t in TITLES) + r"(?<![A-Z]\.)[\"”’')]*\s+(?=[\w“\"‘'§])|\n"
)
ASIDE = re.compile(r",? (?:as|and|while|which|who|even|but|when|after|because|making) ")  # another clause begins
WRITTEN = (
    "statement|letters?|e-?mails?|emailed|op-ed|tweets?|tweeted|tweetstorm|retweets?|memo|memoir|book|column|essay|"
    "editorial|blog|press release|news release|lawsuit|filing|complaint|affidavit|text message|report|article|post|"
    "posting|caption|newsletter|note|message|paper|document|documents|transcript|press statement|opinion piece|"
    "indictment|study|poll|survey|brief|motion|headline"
)
MEDIUM = re.compile(
    r"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Bb]y|[Uu]sing) "
    r"(?:(?:an?|his|her|its|their|the|this|that|another|one|written|prepared|several)\s+"
    r"(?:(?!(?:to|of|for|on|about|the|after|interview|from|at|said)\b)[\w.’'-]+\s+){0,4}?)?"
    rf"(?:{WRITTEN})\b"
    r"|\b(?:[Oo]n|[Vv]ia|[Oo]ver|[Tt]o|[Tt]hrough) (?:his |her |its |their |the )?(?:[\w’']+ )?"
    r"(?:Twitter|Facebook|Instagram|Medium|Tumblr|Reddit|Snapchat|LinkedIn|Telegram|Truth Social|Weibo|Bluesky|website"
    r"|blog|social media|web site)\b"
)
IN_CUE = re.compile(
    r"\b(?:statement|letter|e-?mails?|e-?mailed|op-ed|tweets?|tweeted|tweeting|twitter|facebook|instagram|blog|"
    r"press release|news release|lawsuit|petition|memo|text message|publish(?:ed|es|ing)|policy paper|headlined?|"
    r"website)\b",
    re.IGNORECASE,
)
SPOKEN_STATEMENT = re.compile(r"\b(?:mak(?:e|es|ing)|made)\b[^,]*\bstatements?\b", re.IGNORECASE)
CLAIMED = re.compile(
    r"\b(?:wrote|writes|tweet(?:ed|s)|post(?:ed|s)|e-?mailed|reads?)\b|\b(?:said|says|told|asked|added)\b"
)
SPOKEN = word_set("said says told asked added")
CONTINUING = word_set("add continue go on go_on conclude note explain finish")
PRONOUNS = word_set("he she it they")

# Of whom these are said, something was said; of what else, it only let something be seen.
EVIDENCE = word_set(
    "reveal suggest indicate imply highlight signal underscore hint confirm expose explain illustrate "
    "demonstrate "
    "describe contrast contradict cast capture detail cry_out"
)
VENTED = word_set("worry fume marvel rage exult despair wonder laugh rejoice grieve fret gush muse fear hope")
# Thoughts that a quotation shows to have been uttered.
ALOUD = word_set("remember conclude reflect estimate wonder agree recognize realize figure guess project understand")
SEEING = word_set("see view regard perceive treat look")
OPINION_PREPOSITIONS = word_set("to for")
PLAIN_MARKS = word_set(": - – — ― , .")


@dataclass(frozen=True, slots=True)
class Stance:
    """How a source stands to a content; the words are those of `onrecord.record`."""

    act: Act
    polarity: Polarity
    rejects: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What can be seen of one attribution: words of the cue in lower case, the sentence before and after it without
    the content's words, the source's words, the content's first ones, and how much of it is quoted."""

    cue: str
    words: tuple[str, ...]
    before: str
    after: str
    between: str | None  # from the source to the cue, where the source comes first
    ahead: str  # the sentence before source and cue
    source: str
    content: str
    gap: str  # from the cue to the content after it
    quoted: float


def judge(text: str, content: Spans, cue: Spans, source: Spans, quotations: Spans) -> Stance:
    """How the source stands to the content. Spans are code points into the text; all but `content` may be empty."""
    scene = _scene(text, content, cue, source, quotations)
    head = find_head(scene.words)
    origin = origin_of(scene.source)
    polarity = polarity_of(scene.words, head, scene.between, scene.before, scene.ahead, scene.source, scene.after)
    act = _act(scene, head, origin)
    if act == "speech" and _written(text, scene, head, origin, content, cue, source):
        act = "writing"
    if scene.words in PURPOSES and not quotations:
        act = "intention"
    return Stance(
        act, polarity, rejects(scene.words, head, polarity, scene.content, scene.gap, scene.quoted, bool(source))
    )


def _scene(text: str, content: Spans, cue: Spans, source: Spans, quotations: Spans) -> Scene:
    anchor = cue or source or content[:1]
    start, end = min(s for s, _ in anchor), max(e for _, e in anchor)
    hidden = sorted(content)
    before = _last_sentence(_without(text, max(0, start - FAR), start, hidden))
    after = SENTENCE.split(_without(text, end, min(len(text), end + FAR), hidden), maxsplit=1)[0] if cue else ""
    cue_text = " ".join(text[s : min(e, s + FAR)] for s, e in sorted(cue))
    between, ahead = None, before
    if cue and source:
        first, last = min(s for s, _ in source), max(e for _, e in source)
        if last <= start and start - last < len(before) + 1:
            between = before[len(before) - (start - last) :] if start > last else ""
            ahead = before[: max(0, len(before) - (start - first))]
    first = min(s for s, _ in content)
    after = ASIDE.split(after, maxsplit=1)[0]
    return Scene(
        cue_text,
        tuple(WORD.findall(cue_text.lower().replace("’", "'"))),
        before,
        after,
        between,
        ahead,
        " ".join(text[s : min(e, s + FAR)] for s, e in sorted(source)),
        text[first : min(first + FAR, max(e for _, e in content))],
        text[end:first] if cue and end <= first < end + 60 else "",
        _quoted(content, quotations),
    )


def _without(text: str, start: int, end: int, hidden: Spans) -> str:
    """A stretch of the text with the hidden spans blotted out, as long as it was."""
    parts, at = [], start
    for s, e in hidden:
        s, e = max(s, at), min(e, end)
        if e > s:
            parts += [text[at:s], HIDDEN * (e - s)]
            at = e
    return "".join((*parts, text[at:end]))


def _last_sentence(text: str) -> str:
    at = 0
    for boundary in SENTENCE.finditer(text):
        at = boundary.end()
    return text[at:]


def _quoted(content: Spans, quotations: Spans) -> float:
    """The part of the content that stands in quotation marks, 0 to 1."""
    whole = sum(e - s for s, e in content)
    inside = sum(max(0, min(e, b) - max(s, a)) for s, e in content for a, b in quotations)
    return inside / whole if whole else 0.0


def _act(scene: Scene, head: Head | None, origin: Origin) -> Act:
    written: Act = "writing" if origin in (Origin.DOCUMENT, Origin.OUTLET) else "speech"
    if head is None:
        return _act_without_head(scene, origin, written)
    act = head.act
    if origin in (Origin.DOCUMENT, Origin.OUTLET) and act not in ("feeling", "intention"):
        return "writing"
    if head.lemma in SEEING and (act == "perception" or head.lemma != "see"):
        act = _seen(scene, head, act)
    if head.lemma in EVIDENCE and origin is Origin.THING and not scene.quoted:
        return "other"
    if act is None:
        return "speech" if scene.quoted else "other"
    if head.verb and scene.quoted > 0.97 and (act in ("other", "intention") or head.lemma in VENTED):
        return "speech"
    if act == "thought" and head.verb and scene.quoted > 0.5 and head.lemma in ALOUD:
        return "speech"
    return _by_content(scene, head, act)


def _by_content(scene: Scene, head: Head, act: Act) -> Act:
    """The act of those verbs whose object tells what was done: "offered loans", "offered advice", "felt that"."""
    first = scene.content.split(maxsplit=1)[:1]
    if head.lemma == "offer" and first != ["to"] and not scene.quoted:
        nouns = lexicon().acts["noun"]
        told = [nouns.get(lemma_of(w)) for w in (*scene.words[head.end :], *scene.content.lower().split()[:7])]
        return "speech" if {"speech", "thought", "feeling"} & set(told) else "other"
    if head.lemma == "feel" and first in (["that"], ["like"]):
        return "thought"
    if head.lemma == "agree" and first == ["to"]:
        return "intention"
    return act


def _seen(scene: Scene, head: Head, act: Act | None) -> Act:
    """Seeing something as something is an opinion; so is being seen."""
    if head.lemma == "see" and " as " not in f" {scene.cue} {scene.content[:80]} " and not _passive(scene, head):
        return act or "perception"
    return "other" if head.lemma in ("treat", "look") else "thought"


def _passive(scene: Scene, head: Head) -> bool:
    return (
        head.start < len(scene.words)
        and scene.words[head.start] == "seen"
        and not ({"have", "has", "had", "'ve"} & set(scene.words[: head.start]))
    )


def _act_without_head(scene: Scene, origin: Origin, written: Act) -> Act:
    words = [w for w in scene.words if w not in PLAIN_MARKS]
    if not words or scene.words[:2] == ("according", "to"):
        return written
    if scene.quoted or scene.cue.rstrip().endswith(":") or written == "writing":
        return written
    if len(words) == 1 and words[0] in OPINION_PREPOSITIONS:
        return "thought"
    if len(words) <= 2 and words[-1] in ("in", "of", "from", "by", "to", "says", "per", "with", "via"):
        return "speech" if origin is Origin.SOMEBODY else "other"
    return "other"


def _written(
    text: str, scene: Scene, head: Head | None, origin: Origin, content: Spans, cue: Spans, source: Spans
) -> bool:
    """Whether words that were "said" were said in writing: in a statement, on a site, or going on what was written."""
    if origin in (Origin.DOCUMENT, Origin.OUTLET):
        return True
    if IN_CUE.search(scene.cue) and not SPOKEN_STATEMENT.search(scene.cue):
        return True
    if MEDIUM.search(scene.before) or MEDIUM.search(scene.cue + scene.after):
        return True
    if head is None or head.lemma not in CONTINUING or scene.source.lower() not in PRONOUNS:
        return False
    start = min(s for spans in (content, cue, source) for s, _ in spans)
    claimed = CLAIMED.findall(text, max(0, start - 3 * FAR), start)
    return bool(claimed) and claimed[-1] not in SPOKEN
