"""The line: article → tagging → attributions → speakers → record. This module is its map."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.article import Article, Span, short_id
from onrecord.record import Confidence, Record, Statement
from onrecord.sources import complete
from onrecord.speakers import Resolution, resolve
from onrecord.tagging.acts import judge
from onrecord.tagging.quotations import Quoted
from onrecord.tagging.tagger import Tagger


class Reader:
    """Reads articles into records. Loading it takes a fraction of a second; keep it.

    `model`: a model folder; the one that ships with onrecord where None. Raises BrokenModel where it cannot be read.
    """

    def __init__(self, model: Path | None = None) -> None:
        self._tagger = Tagger(model)
        self.model = self._tagger.model.id

    def read(self, article: Article | str) -> Record:
        """The record of one article. Raises BadText where a string holds no readable text."""
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article | str]) -> Iterator[Record]:
        """The records of articles, in their order, each as soon as it is read; the same as if each were read alone.

        Raises BadText at the place of a string that cannot be read.
        """
        given = (a if isinstance(a, Article) else complete(Article(a)) for a in articles)
        for article, found in self._tagger.tag((a, "" if a.unread else a.text) for a in given):
            yield self._record(article, found)

    def _record(self, article: Article, found: list[Quoted]) -> Record:
        spans = [(_spans(q.source), _spans(q.content)) for q in found]
        speakers, resolved = resolve(article.text, [s for s, _ in spans], [c for _, c in spans])
        statements = (_statement(article, q, r) for q, r in zip(found, resolved, strict=True))
        return Record(article, speakers, tuple(statements), self.model)


def _statement(article: Article, q: Quoted, r: Resolution) -> Statement:
    stance = judge(article.text, q.content, q.cue, q.source, q.quotations)
    places = ",".join(f"{a}-{b}" for a, b in q.content)
    words = " ".join(article.text[a:b] for a, b in q.content)
    return Statement(
        id=short_id("s", article.id.encode(), places.encode(), words.encode()),
        act=stance.act,
        kind=q.kind,
        content=_spans(q.content),
        quotations=_spans(q.quotations),
        cue=_spans(q.cue),
        source=_spans(q.source),
        speakers=r.speakers,
        unresolved=r.unresolved,
        relay=r.relay,
        polarity=stance.polarity,
        rejects=stance.rejects,
        confidence=Confidence(round(q.words, 3), round(q.linked, 3) if r.speakers else None),
        trail=r.trail,
    )


def _spans(found: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in found)
