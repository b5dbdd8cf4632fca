"""The part of the archive's door that is about judgements of statements."""

from typing import TYPE_CHECKING

from onrecord.archive import connection, judgements
from onrecord.archive.judgements import Judgement, Verdict
from onrecord.archive.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.archive.overlay import Laid
    from onrecord.archive.queue import Queue
    from onrecord.archive.sampling import Samples
    from onrecord.article import Span


class WithJudgements(Opened):
    """What people judged of statements, laid over what was read; and the samples, which are judged apart."""

    def judge(
        self,
        statement: str,
        verdict: Verdict,
        by: str,
        value: str | None = None,
        why: str | None = None,
        at: "Sequence[Span]" = (),
    ) -> str:
        """Keep what somebody judged of a statement; gives the judgement's id. `value`: with `speaker` the right name,
        None where nobody can tell; with `words` the right words, or `at` their places. Raises UnknownId, BadUsage."""
        with connection.plainly(self.path), self.transaction():
            return judgements.judge(self.connection, statement, verdict, by, value, why, at)

    def take_back(self, judgement: str) -> None:
        """Undo a judgement; that it was made stays written. Raises UnknownId."""
        with connection.plainly(self.path), self.transaction():
            judgements.undo(self.connection, judgement)

    def laid_over(self, article: str) -> "dict[str, Laid]":
        """Of the statements of the article with that id, those of which something is judged, by their ids."""
        from onrecord.archive.overlay import laid_of_article

        with connection.plainly(self.path), self.snapshot():
            return laid_of_article(self.connection, article)

    def queue(self, limit: int = 20, after: str | None = None) -> "Queue":
        """A page of the statements that are worth judging, those worth the most first; `after`: the page's mark that
        the page before gave. Raises BadUsage where it is none."""
        from onrecord.archive.queue import queue

        with connection.plainly(self.path), self.snapshot():
            return queue(self.connection, limit, after)

    def judgements(self, review: bool = False) -> list[Judgement]:
        """The judgements that stand; with `review`, those whose words are read otherwise now or are gone."""
        with connection.plainly(self.path):
            return judgements.listed(self.connection, review)

    @property
    def samples(self) -> "Samples":
        """The validation samples, which are drawn, judged and counted apart from all else."""
        from onrecord.archive.sampling import Samples

        return Samples(self)
