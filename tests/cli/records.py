"""A record made by hand, of an article of our own, with what a page must show; no model is needed for it."""

from onrecord import record as r
from onrecord.article import Article, Span

TEXT = """Harwick will tear down the Lowe Street bridge before the winter, Mayor Elena Ruiz said on Thursday.

“We will not wait for another January,” Ruiz told Channel Nine. “The engineers have told us twice, and the second \
time they did not smile.

“So the bridge goes, and the ferry comes back.”

Ruiz denied that the town had known of the cracks since 2019.

The council’s own survey, published in May, calls the deck “beyond any sensible repair” and the piers tired.

She never said that the ferry would be free, according to a senior official who asked not to be named because the \
tender is open.

“That is what they always say”, the councillor replied. Anders Holm and Mia Quist would call for a vote if the cost \
rose above 4 million.

Ruiz hopes that the ferry will run by spring.
"""


def at(words: str, after: str = "") -> Span:
    """The place of the words in the text, the first one after `after`."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words))


def statement(number: int, kind: r.Kind, content: list[str], speakers: list[str], **more: object) -> r.Statement:
    given: dict[str, object] = {
        "act": "speech",
        "quotations": (),
        "cue": (),
        "source": (),
        "unresolved": None,
        "relay": (),
        "polarity": "asserted",
        "rejects": False,
        "confidence": r.Confidence(0.97, 0.95 if speakers else None),
        "trail": (),
    }
    given |= more
    given["quotations"] = tuple(at(q) for q in given["quotations"])  # type: ignore[attr-defined]
    given["source"] = tuple(at(s) for s in given["source"])  # type: ignore[attr-defined]
    spans = tuple(at(c) for c in content)
    return r.Statement(id=f"s{number}", kind=kind, content=spans, speakers=tuple(speakers), **given)  # type: ignore[arg-type]


FIRST = "“We will not wait for another January,”"
SECOND = TEXT[TEXT.index("“The engineers") : TEXT.index("comes back.”") + len("comes back.”")]
SPEAKERS = (
    r.Speaker("p1", "person", "Elena Ruiz", ("Ruiz",), ("mayor of Harwick",), (), (at("Elena Ruiz"),)),
    r.Speaker("p2", "organization", "Channel Nine", mentions=(at("Channel Nine"),)),
    r.Speaker("p3", "document", "the council’s own survey", mentions=(at("The council’s own survey"),)),
    r.Speaker("p4", "unnamed", None, described=(at("a senior official"),), mentions=(at("a senior official"),)),
    r.Speaker("p5", "person", "Anders Holm", mentions=(at("Anders Holm"),)),
    r.Speaker("p6", "person", "Mia Quist", mentions=(at("Mia Quist"),)),
)
STATEMENTS = (
    statement(
        1,
        "indirect",
        ["Harwick will tear down the Lowe Street bridge before the winter"],
        ["p1"],
        source=["Mayor Elena Ruiz"],
    ),
    statement(2, "direct", [FIRST, SECOND], ["p1"], quotations=[FIRST, SECOND], source=["Ruiz"], relay=("p2",)),
    statement(
        3,
        "indirect",
        ["that the town had known of the cracks since 2019"],
        ["p1"],
        rejects=True,
        confidence=r.Confidence(0.71, 0.4),
    ),
    statement(
        4,
        "mixed",
        ["the deck “beyond any sensible repair” and the piers tired"],
        ["p3"],
        quotations=["“beyond any sensible repair”"],
        act="writing",
    ),
    statement(
        5,
        "indirect",
        ["that the ferry would be free"],
        ["p1"],
        polarity="negated",
        relay=("p4",),
        trail=(r.Step("p1", *at("She"), "pronoun"), r.Step("p1", *at("Ruiz"), "name")),
    ),
    statement(6, "indirect", ["the tender is open"], ["p4"], confidence=r.Confidence(0.31, 0.9)),
    statement(
        7,
        "direct",
        ["“That is what they always say”"],
        [],
        quotations=["“That is what they always say”"],
        source=["the councillor"],
        unresolved=r.Unresolved("two people could be meant", (r.Candidate("p5", 0.3), r.Candidate("p6", 0.5))),
    ),
    statement(8, "indirect", ["for a vote if the cost rose above 4 million"], ["p5", "p6"], polarity="hypothetical"),
    statement(9, "indirect", ["that the ferry will run by spring"], ["p1"], act="feeling"),
)
ARTICLE = Article(
    TEXT,
    label="bridge.txt",
    title="Harwick gives up its bridge",
    outlet="The Harwick Courier",
    published="2026-03-06T18:20:00+00:00",
    byline="Tomas Lind",
)
MODEL = r.ModelId("made by hand", "1", "0" * 64)
RECORD = r.Record(ARTICLE, SPEAKERS, STATEMENTS, MODEL)
