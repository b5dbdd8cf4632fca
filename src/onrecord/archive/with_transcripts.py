"""The part of the archive's door that is about transcripts and what was checked against them."""

import contextlib
from typing import TYPE_CHECKING

from onrecord.archive import connection
from onrecord.archive.opened import Opened
from onrecord.archive.queries import Query
from onrecord.errors import BadArchive

if TYPE_CHECKING:
    from datetime import date

    from onrecord.archive.checks import Checks
    from onrecord.archive.spoken import Spoken
    from onrecord.archive.transcripts import Done, Told
    from onrecord.check import Index, Transcript


class WithTranscripts(Opened):
    """What was said, and the checks that were kept."""

    def put_transcript(self, transcript: "Transcript", day: "date | None" = None) -> "Done":
        """Keep a transcript, said on `day` where that is given; one whose words are here already is left alone, but
        for a day that it had not. Raises BadText."""
        from onrecord.archive import transcripts

        with connection.plainly(self.path), self.transaction():
            return transcripts.put(self.connection, transcript, day)

    def transcripts(self) -> "list[Told]":
        """What lists tell of the transcripts, in the order of their days."""
        from onrecord.archive import transcripts

        with connection.plainly(self.path):
            return transcripts.listed(self.connection)

    def count_transcripts(self) -> int:
        """How many transcripts it holds."""
        with connection.plainly(self.path):
            found: int = self.connection.execute("SELECT count(*) FROM transcript").fetchone()[0]
            return found

    def transcript(self, known: str) -> "tuple[Told, Transcript]":
        """The transcript with that id, and what lists tell of it. Raises UnknownId."""
        from onrecord.archive import transcripts

        with connection.plainly(self.path):
            return transcripts.get(self.connection, known)

    def spoken(self, query: Query, limit: int = 20, page: int = 1) -> "tuple[list[Spoken], bool]":
        """One page, from 1, of the places in transcripts that have the words of a query, and whether there are more."""
        with connection.plainly(self.path), self.snapshot():
            if self.connection.execute("SELECT 1 FROM transcript LIMIT 1").fetchone() is None:
                return [], False  # before what compares words is loaded, for most archives hold none
            from onrecord.archive.spoken import spoken

            return spoken(self.connection, query, limit, page)

    def check_index(self) -> "Index":
        """An index over all transcripts, to check quotations against. It is built once and kept, where the file can be
        written to, until transcripts come in."""
        from onrecord.archive import transcripts

        with connection.plainly(self.path), self.snapshot():
            index, parts = transcripts.index(self.connection)
        if parts:
            # another connection, for this one may be for reading; who writes just now keeps his turn
            with (
                contextlib.suppress(BadArchive),
                Opened(self.path, write=True, waits=0) as other,
                connection.plainly(self.path),
            ):
                transcripts.keep_index(other.connection, parts)
        return index

    @property
    def checks(self) -> "Checks":
        """The checks that were kept, with their waivers and signatures."""
        from onrecord.archive.checks import Checks

        return Checks(self)
