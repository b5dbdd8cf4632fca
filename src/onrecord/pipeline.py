"""The line: article → tagging → attributions → speakers → record. This module is its map."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.article import Article, Span, short_id
from onrecord.record import Confidence, Mention, Record, Statement
from onrecord.sources import complete, readable
from onrecord.speakers import resolve
from onrecord.tagging.acts import judge
from onrecord.tagging.quotations import Quoted
from onrecord.tagging.tagger import Tagger

NAMED_FROM = 0.5  # docs/how-it-works.md tells what other thresholds give and cost


class Reader:
    """Reads articles into records. Loading it takes a fraction of a second; keep it.

    `model`: a model folder; the one that ships with onrecord where None. `min_speaker`: how probable (0 to 1) a
    speaker must be to be named. Raises BrokenModel where the model cannot be read.
    """

    def __init__(self, model: Path | None = None, min_speaker: float = NAMED_FROM) -> None:
        self._tagger = Tagger(model)
        self._least = min_speaker
        self.model = self._tagger.model.id

    def read(self, article: Article | str) -> Record:
        """The record of one article. Raises BadText where a string holds no readable text."""
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article | str]) -> Iterator[Record]:
        """The records of articles, in their order, each as soon as it is read; the same as if each were read alone.

        Raises BadText at the place of a string that cannot be read.
        """
        given = (a if isinstance(a, Article) else complete(Article(a)) for a in articles)
        for article, found in self._tagger.tag((a, readable(a)) for a in given):
            yield self._record(article, [_statement(article, q) for q in found.attributions], found.mentions)

    def name_speakers(self, article: Article | str, statements: Sequence[Statement]) -> Record:
        """The record of statements that are known already, such as a corpus's own: only who said them is read.

        They are put in the text's order; what they tell of speakers is read anew. Raises BadText as `read` does.
        """
        given = article if isinstance(article, Article) else complete(Article(article))
        _, found = next(self._tagger.tag([(None, given.text)]))
        return self._record(given, sorted(statements, key=lambda s: s.content), found.mentions)

    def _record(self, article: Article, statements: Sequence[Statement], mentions: Sequence[Mention]) -> Record:
        return Record(article, *resolve(article.text, statements, mentions, self._least), self.model)


def _statement(article: Article, q: Quoted) -> Statement:
    """An attribution as a statement, by nobody as yet."""
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
        speakers=(),
        unresolved=None,
        relay=(),
        polarity=stance.polarity,
        rejects=stance.rejects,
        confidence=Confidence(round(q.words, 3), None),
    )


def _spans(found: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in found)
