"""Lines that stand among an article's own but are the site's: newsletters, links to other pages, notices.

The rules are about how such lines are worded everywhere; none is about one site. What quotes or reports somebody is
never taken for a notice: a lost quotation is worse than a notice kept.
"""

import re

_LONGEST = 60  # words; nobody writes a notice that is longer
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPEAKS = re.compile(r"[“”\"«»]|\b(?:said|says|told|tells|according to|added|wrote)\b", re.I)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_WHOLE = _any(
    r"(?:story|article) continues.*|(?:continue|keep) reading.{0,30}|article content|_{2,}|-{3,}|\*{3,}|back to top",
    r"(?:load|loading|show|see|view|read)(?: more| less| all)?(?: (?:on|from|about|in) .{1,60})?",
    r"(?:skip )?(?:ads?|adverts?|advertisements?|advertising|sponsored(?: content)?|promoted|paid content)",
    r"(?:recommended|related|trending|popular|latest|top|more|featured)"
    r"(?: (?:videos?|stor(?:y|ies)|articles?|news|posts?|topics?|reading|content|coverage|for you|links?|tags))?",
    r"(?:more|related|latest|recommended|you (?:may|might) (?:also )?(?:like|be interested in)) ?"
    r"(?:(?:stor(?:y|ies)|news|articles?) )?(?:(?:on|in|from|about) .{1,40})?",
    r"(?:most|read|watch) (?:read|popular|viewed|shared|watched|next|this next)(?: (?:in|on|from) .{1,40})?",
    r"topics?|tags?|share|share (?:this|on|via)\b.{0,60}|cop(?:y|ied) link.{0,40}|print|save|bookmark|email",
    r"follow|listen|watch",
    r"(?:open|view) (?:image )?(?:in )?gallery.{0,40}|\d+ min(?:ute)?s?(?: to)? read|reading time:?.{0,20}",
    r"(?:\d+ )?comments?|(?:view|show|see|read|join|leave|post|add|hide) (?:(?:a|all|the|your|our) )?(?:\d+ )?"
    r"(?:comments?|conversation|discussion|(?:commenting )?forum)",
    r"(?:sign|log) ?(?:up|in|out)|subscribe(?: now)?|register(?: now)?|(?:play|pause|mute)(?: video)?|image source",
    r"get (?:our |the )?(?:daily|weekly|breaking|latest|top|morning)\b.{0,40}\b(?:news|headlines|stories|briefing)",
    r"(?:listen to (?:this|the) (?:article|story)|this video can(?:not| not) be played|to play this video).{0,80}",
)
# "READ MORE: Storm breaks the pier"
_POINTER = re.compile(
    r"\W*(?:(?:(?:also|must|now|related|next|further|recommended) )?read(?:ing)?(?: (?:more|also|next|now|this|on))?"
    r"|more(?: (?:on|from|about) [^:|»]{1,30})?|see (?:also|more)"
    r"|(?:related|recommended)(?: (?:article|stor(?:y|ies)|news|coverage|content|videos?))?"
    r"|(?:watch|listen)(?: (?:now|live|more|also|video))?|don[’']t miss|up next|explore more)"
    r"\s*[:|»]\s*\S",
    re.I,
)
_START = _any(
    r"(?:please )?(?:sign up|subscribe|register (?:here|now|for)|click (?:here|below|the link)|tap here)\b",
    r"(?:get|receive|want) .{0,80}\b(?:in(?:to)? your inbox|newsletters?|e-?mail alerts|straight to your)",
    r"(?:for|to read|to see|to get) (?:more|all|the latest|breaking)\b.{0,120}"
    r"\b(?:check|click|visit|sign up|subscribe|follow)\b",
    r"(?:you can )?(?:follow|like|find|join) (?:us|our)\b.{0,100}\b(?:on|channel|community|newsletter)\b",
    r"follow .{1,60} (?:on|via) (?:twitter|facebook|instagram|x|google news|tiktok|threads|bluesky|youtube|linkedin)\b",
    r"(?:download|get) (?:the|our) .{0,40}\bapp\b|got a (?:story|tip|news|confidential)\b",
    r"(?:do you )?(?:have|know) (?:a (?:story|tip|question)|more)\b.{0,60}\b(?:contact|e-?mail|get in touch|let us)\b",
    r"(?:get in touch|contact) (?:with )?(?:us|our)\b.{0,60}\b(?:news(?:room)?|team|desk|editor|e-?mail|at|via)\b",
    r"(?:we |buying|purchases|if you (?:buy|click)|when you (?:buy|click|purchase)).{0,160}"
    r"\b(?:commissions?|affiliate)\b",
    r".{0,120}\bmay earn (?:us )?(?:an? )?(?:affiliate )?commission|(?:this|our) .{1,40} contains? affiliate",
    r"by (?:signing up|submitting|clicking|subscribing|entering|continuing|registering|providing)\b.{0,160}"
    r"\b(?:agree|consent|terms|privacy|polic)",
    r"you (?:must|need to|have to) (?:confirm|be logged|log|sign|register|enter|enable)\b",
    r"please (?:log ?(?:in|out)|sign in|enable|turn on|refresh|enter (?:your|a)|check your|try again)\b",
    r"join (?:the|our|thought|millions|thousands|\d[\d,]*)\b.{0,80}"
    r"\b(?:conversation|forum|readers|subscribers|community|discussion|channel|newsletter)\b",
    r"(?:this (?:material|content)|no part of)\b.{0,80}\bmay not be (?:published|reproduced|copied)",
    r"(?:your|this) browser (?:does not|doesn[’']t|is (?:not|out))|(?:javascript|cookies) (?:is|are|must be) ",
    r"thank(?:s| you) for (?:reading|signing|subscribing)|an? e-?mail has been sent|already (?:a subscriber|have an)",
)
_ANYWHERE = _any(
    r"\b(?:sign(?:ing)?[ -]up|subscrib(?:e|ing))\b.{0,80}\b(?:newsletters?|e-?mails?|alerts?|updates|inbox)\b",
    r"\b(?:newsletters?|alerts?)\b.{0,60}\b(?:sign(?:ing)?[ -]up|subscrib(?:e|ing))\b|\bin(?:to)? your inbox\b",
    r"\bprivacy (?:policy|notice)\b.{0,80}\bterms\b|\bterms\b.{0,80}\bprivacy (?:policy|notice)\b",
    r"\bpreferred source\b.{0,80}\bfeeds?\b",
)
_LABEL = re.compile(r"\W*[^\W\d_][\w’' ]{1,28}\s*[:|»>]\W*")
_BIOGRAPHY = re.compile(
    r"\b(?:is an?|was an?|has (?:been|covered|written|worked)|covers?|covered|writes|reports|joined|speciali[sz]es"
    r"|makes|follow|can be reached)\b",
    re.I,
)


def is_notice(line: str) -> bool:
    """Whether a line is the site's and not the article's, told from its words alone."""
    if len(line) > 500 or len(_WORDS.findall(line)) > _LONGEST:
        return False
    bare = line.strip(" .:!…»›>→*•|\u00a0")
    if not bare or _WHOLE.fullmatch(bare) or _POINTER.match(line):
        return True
    return bool(_START.match(bare) or _ANYWHERE.search(line)) and not _SPEAKS.search(line)


def is_pointer(unlinked: str, linked: str) -> bool:
    """Whether a paragraph of these words outside of links, then these in links, only points to another page."""
    if not 3 <= len(_WORDS.findall(linked)) <= 30:
        return False
    return bool(_LABEL.fullmatch(unlinked)) or (not _WORDS.search(unlinked) and linked[-1:] not in '.”"’')


def is_biography(line: str, byline: str | None) -> bool:
    """Whether a line tells who the author is."""
    names = [name.split()[-1] for name in (byline or "").split(", ") if name.strip()]
    return any(re.search(rf"\b{re.escape(name)}\b", line) for name in names) and bool(_BIOGRAPHY.search(line))
