"""The part of the archive's door that is about what several articles have in common: utterances and identities."""

from typing import TYPE_CHECKING

from onrecord.archive import connection
from onrecord.archive.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from onrecord.archive.collating import Collated
    from onrecord.archive.identities import Applied, Identity, What
    from onrecord.archive.people import Imported, Person
    from onrecord.archive.utterances import Utterance


class WithUtterances(Opened):
    """Who is one across articles, and what is one utterance."""

    def collate(self, told: "Callable[[str], None]" = lambda _: None) -> "Collated":
        """Group the statements into utterances; what was grouped before and did not change is left alone. `told` hears
        how far it has come."""
        from onrecord.archive.collating import collate

        with connection.plainly(self.path):
            return collate(self.connection, self.transaction, self.snapshot, told)

    def uncollated(self) -> int:
        """How many articles came, or were read again, since the last collation."""
        from onrecord.archive.collating import waiting

        with connection.plainly(self.path):
            return waiting(self.connection)

    def utterances(
        self, speaker: str | None = None, since: "date | None" = None, min_variants: int = 2
    ) -> "Iterator[Utterance]":
        """The collated utterances with so many variants or more, those with the most first, then the newest."""
        from onrecord.archive.utterances import utterances

        with connection.plainly(self.path), self.snapshot():
            yield from utterances(self.connection, speaker, since, min_variants)

    def utterance(self, utterance: str) -> "Utterance":
        """The collated utterance with that id, or the one statement that is one. Raises UnknownId."""
        from onrecord.archive.utterances import utterance as read

        with connection.plainly(self.path), self.snapshot():
            return read(self.connection, utterance)

    def identities(self, name: str | None = None) -> "list[Identity]":
        """Speakers of different articles who are one, or may be; with `name`, those with all its words in a name."""
        from onrecord.archive.identities import identities

        with connection.plainly(self.path), self.snapshot():
            return identities(self.connection, name)

    def identity(self, identity: str) -> "tuple[Identity, tuple[Identity, ...]]":
        """The identity or suggestion with that id, and those that may be the same as it. Raises UnknownId."""
        from onrecord.archive.identities import identity as read

        with connection.plainly(self.path), self.snapshot():
            return read(self.connection, identity)

    def identify(self) -> "Applied":
        """Apply all identities that are certain: a full name in common, and roles that fit."""
        from onrecord.archive.across import renewing
        from onrecord.archive.identities import apply

        with connection.plainly(self.path), self.transaction(), renewing(self.connection):
            return apply(self.connection)

    def judge_identity(self, what: "What", ids: "Sequence[str]", by: str, why: str | None = None) -> str:
        """Keep that two were judged to be one or two people, or one to be one; gives the judgement's id. The second id
        may be an article's: the speaker of that name in it. Raises UnknownId, BadUsage."""
        from onrecord.archive.across import renewing
        from onrecord.archive.identities import apply, judge

        with connection.plainly(self.path), self.transaction(), renewing(self.connection):
            judgement = judge(self.connection, what, ids, by, why)
            apply(self.connection, rule=False)
            return judgement

    def take_back_identity(self, judgement: str) -> None:
        """Undo a judgement of identities; that it was made stays written. Raises UnknownId."""
        from onrecord.archive.across import renewing
        from onrecord.archive.identities import apply, undo

        with connection.plainly(self.path), self.transaction(), renewing(self.connection):
            undo(self.connection, judgement)
            apply(self.connection, rule=False)

    def import_people(self, people: "Sequence[Person]", by: str, source: str) -> "Imported":
        """Confirm whom of a list the archive fits without a rival; `source` is written as the reason."""
        from onrecord.archive.across import renewing
        from onrecord.archive.identities import apply
        from onrecord.archive.people import import_people

        with connection.plainly(self.path), self.transaction(), renewing(self.connection):
            done = import_people(self.connection, people, by, source)
            apply(self.connection, rule=False)
            return done
