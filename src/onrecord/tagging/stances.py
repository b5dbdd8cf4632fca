"""Whether what a cue says was done: asserted, negated, or only thought of; and whether the content was rejected."""

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.record import Polarity
from onrecord.tagging.cues import lemma_of, lexicon, word_set
from onrecord.tagging.heads import BOUNDARIES, Head

WORD = re.compile(r"\d*[^\W\d_](?:[\w]|['’\-](?=\w))*|['’](?:s|d|ll|re|ve|m)\b|[,;:—–()§]")
NOT = word_set("not never neither nor no nothing none nobody cannot without hardly scarcely little")
AFTER_HEAD = word_set("nothing no little")
MAYBE = word_set("may might could")
MODAL = word_set("will would should shall must may might could can 'll 'd won't wouldn't can't couldn't shouldn't")
NO_MODAL = word_set("like love prefer rather")  # "would like" is what is wanted now
IF = word_set("if whether unless perhaps maybe")
HEDGES = word_set("perhaps maybe")
ASKS = word_set("do does did will would could should can has have had is are was were")
# "could not resist", "never missed a chance", "no doubt", "not only": what follows them was done all the same.
NOT_NEGATED = re.compile(
    r"\b(?:not? (?:only|just|merely|simply|doubts?|illusions?|secret|apolog\w+|hesitat\w+|longer only|alone|least|"
    r"surpris\w+|uncertain|mince|mincing|shy away)|never (?:miss\w*|hesitat\w+|fail\w*|stop\w*|ceas\w*)"
    r"|little (?:secret|doubt)|not (?:help|resist|stop|wait)"
    r"|n't (?:help|resist|stop|hesitat\w+|shy|mince|just|only|fail\w*)"
    r"|no (?:stranger|question|wonder)"
    r"|without (?:hesitation|doubt|naming|specifically|mentioning|evidence|elaborat\w+))\b"
)
NO_SOURCE = re.compile(
    r"^(?:no\b|nobody\b|none\b|neither\b|not (?:every|all|many)|few (?!of\b)|there is no\b|hardly any)", re.IGNORECASE
)
QUESTION = re.compile(r"^[^.!§\n]{0,120}\?")

# Nouns whose refusal is an act, no dispute: "rejected the offer", "was denied bail".
REFUSED = word_set(
    "offer bid application request appeal plea petition invitation bail parole entry access visa visas asylum "
    "victory "
    "status coverage permission benefits funding motion permit license licence clearance application loan "
    "loans "
    "applications requests offers bids service services medal nomination ballot citizenship rights right"
)
# Nouns that name something said or thought: "challenged the claim", "dismissed the report as a hoax".
CLAIMS = word_set(
    "accusation account allegation analysis argument assertion assessment assumption attack belief charge "
    "claim comment "
    "complaint concern conclusion contention criticism critique fact finding idea implication insinuation "
    "legitimacy logic "
    "media narrative notion objection opinion point premise prediction question reasoning remark report rumor "
    "rumour "
    "statement story suggestion talk theory validity veracity view accuracy authenticity premise figures "
    "evidence "
    "characterization perception speculation testimony version truth wisdom poll study data number"
)
DISMISSING = word_set("dismiss reject discount brush_off brush off brush aside shrug off deride laugh off")
OF_PEOPLE = word_set("deny reject rejection dismiss dismissal challenge question doubt oppose opposition contest")
ASKING = word_set("whether if why how what who where when about on over of as by")
ONLY_VERBS = word_set("question contest object dispute challenge")
RECIPIENT = re.compile(r"\s*(?!(?:that|on|to|in|any)\b)(?:(?:his|her|its|their|the|a)\s+)?[\w’']+\s*")  # "denied them"
BARE_NAME = re.compile(
    r"(?:him|her|them|us|me|you|(?:(?:Mr|Mrs|Ms|Sen|Gov|Rep|Dr)\.\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w.’'-]+){0,3})[.,]?$"
)
UNTRUE = re.compile(
    r"\b(?:as|called?|calls|calling|labell?(?:ed|ing|s)|branded|deemed) (?:\w+ ){0,2}?(?:false|untrue|lies?|baseless|"
    r"nonsense|unfounded|fake|bogus|fabricated|inaccurate|myth|hoax|absurd|ridiculous)\b"
)


def polarity_of(
    words: Sequence[str],
    head: Head | None,
    between: str | None,
    before: str,
    ahead: str,
    source: str,
    after: str,
) -> Polarity:
    """Whether the cue says that it was done, that it was not, or only that it might be.

    `words`: the cue's, in lower case; `between`: from source to cue (None where the source does not come first);
    `before`: the sentence before the cue; `ahead`: before source and cue.
    """
    lead = _lead(before if between is None else between, words, head)
    start = head.start if head else len(words)
    segment = _from_boundary(words, start)
    scope = [*lead, *segment]
    end = head.end if head else start
    past = [w for w in words[end : end + 2] if w in AFTER_HEAD] if head and head.verb and "a" not in words else []
    done = NOT_NEGATED.search(" ".join((*scope, *words[start : end + 3]))) is not None
    nots = [w for w in (*scope, *words[start:end], *past) if w in NOT or w.endswith("n't")]
    refused = not done and (bool(nots) or NO_SOURCE.match(source) is not None)
    undone = _undone(scope, head)
    possible = _possible(scope, head)
    if undone:
        return "asserted" if done or refused else "negated"
    if refused and not (possible and MAYBE & set(scope)):
        return "negated"
    if (possible and not done) or _asked(ahead, after, between is not None):
        return "hypothetical"
    return "hypothetical" if _wanted(ahead, words, head) else "asserted"


def _lead(text: str, words: Sequence[str], head: Head | None) -> list[str]:
    """The words before the cue that belong to its verb: those since the last boundary; and past an "and", where the
    cue's verb is a bare form that some auxiliary before must govern ("should resign and apologize")."""
    found = WORD.findall(text.lower().replace("’", "'"))[-12:]
    lead = _from_boundary(found, len(found))
    if "than" in found[-1:]:
        return ["would"] if {"rather", "instead"} & set(found[-2:]) else []
    if found and not lead and found[-1] in ("and", "or") and head and words[0] == head.lemma:
        return [
            w for w in found if w in MODAL or w in NOT or w.endswith("n't") or lemma_of(w) in lexicon().sets["without"]
        ]
    return lead[-6:]


def _from_boundary(words: Sequence[str], end: int) -> list[str]:
    at = end
    while at > 0 and words[at - 1] not in BOUNDARIES:
        at -= 1
    return list(words[at:end])


def _undone(scope: Sequence[str], head: Head | None) -> bool:
    """Whether the scope or the head itself is a refusal, a failure or the like."""
    without = lexicon().sets["without"]
    if head is not None and head.lemma in without:
        return head.lemma not in ("ignore", "resist", "skip", "reluctant", "cease", "balk", "shun", "eschew", "stop")
    return any(lemma_of(w) in without for w in scope)


def _possible(scope: Sequence[str], head: Head | None) -> bool:
    """Whether a modal, or a verb or adjective of what is to come, stands before the head."""
    ahead = lexicon().sets["ahead"]
    for i, word in enumerate(scope):
        later = scope[i + 1 :]
        if word in MODAL:
            if (
                word in ("can", "could")
                and later[:1] == ["be"]
                and head is not None
                and head.lemma in ("hear", "see", "yell")
            ):
                continue
            if not (NO_MODAL & set(later)) and not (head is not None and head.lemma in NO_MODAL):
                return True
        elif ("to" in later and lemma_of(word) in ahead and not (word == "going" and later[:1] == ["on"])) or (
            word in IF and word not in HEDGES
        ):
            return True
    return False


def _asked(ahead: str, after: str, source_first: bool) -> bool:
    """Whether the sentence only asks or supposes: "if he says", "did she say …?", "perhaps they think"."""
    words = WORD.findall(ahead.lower())[-3:]
    if not words:
        return False
    if words[-1] in IF or (len(words) > 1 and words[-2:] in (["let's", "say"], ["let’s", "say"], ["as", "though"])):
        return True
    return (
        source_first
        and words[-1] in ASKS
        and (len(words) == 1 or words[-2] in ("how", "what", "why", "when", "where", "and", "but", ",", "who"))
        and (QUESTION.match(after) is not None or "§" in after or len(words) > 1)
    )


def _wanted(ahead: str, words: Sequence[str], head: Head | None) -> bool:
    """Whether a bare verb or an infinitive hangs on a wish, an aid or a need: "to help people understand"."""
    if head is None or not words or not (words[0] == "to" or (words[0] == head.lemma and head.verb)):
        return False
    last = WORD.findall(ahead.lower())[-2:]
    if last[-1:] == ["for"]:
        return last[0] in ("difficult", "hard", "easy", "easier", "harder", "possible", "impossible", "time", "wait")
    return bool(last) and lemma_of(last[-1]) in ("help", "need", "want", "require", "let", "wish", "beg")


def rejects(
    words: Sequence[str], head: Head | None, polarity: Polarity, content: str, gap: str, quoted: float, sourced: bool
) -> bool:
    """Whether the cue says that the speaker takes the content to be false or will not have it. A rejection that did
    not happen ("did not deny") is none, and what is only refused to somebody (an offer, bail) is not disputed.

    `content`: its first words; `gap`: the text from the cue to it; `quoted`: the part of it in quotation marks.
    """
    if head is None or polarity == "negated" or (words and words[-1] == "as"):
        return False
    if UNTRUE.search(" ".join(words[head.start :])):
        return True
    if head.lemma not in lexicon().sets["rejects"] and head.lemma != "challenge":
        return False
    if head.lemma in OF_PEOPLE and BARE_NAME.match(content):
        return False
    if quoted >= 0.9 and (head.end == len(words) or words[head.end] in BOUNDARIES) and len(content) > 30:
        return False  # the content is the answer itself: "'Nonsense,' he scoffed"
    if not head.verb:
        return head.lemma not in ONLY_VERBS and "no" not in words[: head.start]
    start = [lemma_of(w) for w in WORD.findall(content[:90].lower().replace("’", "'"))]
    return _disputed(words, head, start, gap, sourced)


def _disputed(words: Sequence[str], head: Head, start: Sequence[str], gap: str, sourced: bool) -> bool:
    """Whether a verb of rejection has a content that can be disputed; `start`: the content's first lemmas."""
    after = words[head.end : head.end + 4]
    if head.lemma == "challenge":
        return bool(CLAIMS & {*start[:4], *map(lemma_of, after)})
    if head.lemma in ("question", "contest", "doubt"):
        asked = {*start[:1], *after[:1]} & ASKING
        return not asked or (head.lemma == "doubt" and asked <= {"whether", "if"})
    if head.lemma in ("deny", "reject") and not CLAIMS & {*start[:4], *after}:
        owned = {b for a, b in pairwise(start) if a.endswith("'s")}
        if REFUSED & {*start[: 6 if head.lemma == "deny" else 4], *owned, *after}:
            return False
        if head.lemma == "deny" and RECIPIENT.fullmatch(gap):
            return False
    if head.lemma == "dismiss" and not sourced and "be" in map(lemma_of, words[: head.start]):
        return False  # from an office
    if head.lemma in DISMISSING and "as" in start and "as" not in after:
        return bool(CLAIMS & set(start[: start.index("as")]))
    return True
