"""What an article tells of a source without a name: the words for them, and why they are not named."""

import re

from onrecord.article import Span
from onrecord.record import Statement

REACH = 300  # code points around a statement in which the reason may stand
REASON = re.compile(
    r"(?:,?\s*(?:who|and)\s+)?(?:(?:has|have|had|was|were|is|are|would)\s+)?(?:only\s+)?(?:"
    r"(?:spoke|speaking|spoken|talked|talking|agreed to (?:speak|talk|discuss[^.]{0,40}))\s+(?:[^.,;]{0,50}\s)?"
    r"(?:on|under) (?:the )?condition (?:of anonymity|that)"
    r"|(?:asked|asking|requested|insisted|declined|declining|refused|refusing|wished|wanted|wanting) (?:not )?"
    r"(?:to (?:be|remain)|on) (?:named|identified|anonym\w*|quoted by name)"
    r"|(?:requested|granted|given|asked for|on (?:the )?condition of|under condition of) anonymity"
    r"|(?:was|were|is|are) not (?:authori[sz]ed|allowed|permitted) to (?:speak|talk|comment|discuss)"
    r"|whose (?:name|identity) (?:was|is|has|could)[^.;]{0,40}"
    r"|speaking anonymously|spoke anonymously|could not be named)[^.;\n]{0,160}",
    re.IGNORECASE,
)


def described(text: str, s: Statement) -> list[Span]:
    """The source's own words, and the reason for anonymity where it stands near them and is not among them."""
    out = list(s.source)
    start = min(x.start for x in (*s.source, *s.content))
    end = max(x.end for x in (*s.source, *s.content))
    low = max(text.rfind("\n", 0, start) + 1, start - REACH)
    stop = text.find("\n", end)
    high = min(stop if stop >= 0 else len(text), end + REACH)
    for m in REASON.finditer(text, low, high):
        begin = m.start() + len(m[0]) - len(m[0].lstrip(" ,"))
        if any(x.start <= begin < x.end for x in (*s.source, *s.content)):
            continue
        stop = min([m.end(), *(x.start for x in (*s.cue, *s.content) if x.start > begin)])
        out.append(Span(begin, begin + len(text[begin:stop].rstrip(" ,"))))
    return out
