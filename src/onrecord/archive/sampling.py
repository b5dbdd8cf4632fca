"""The archive's door to its validation samples: `archive.samples`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive import connection, sampled, samples
from onrecord.archive.sampled import Sampled, Validation
from onrecord.archive.samples import Frame, Sample
from onrecord.sample.results import Answers, ReadWhole

if TYPE_CHECKING:
    from onrecord.archive.opened import Opened


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of an archive. An id may be its first four characters or more, or a
    sample's name. Every method raises BadArchive where
    the file cannot be read or written, and UnknownId where nothing has an id that it takes."""

    archive: "Opened"

    def draw(
        self,
        frame: Frame,
        by: str,
        statements: int = 200,
        whole: int = 0,
        seed: int | None = None,
        name: str | None = None,
    ) -> Sample:
        """Draw so many statements, and so many articles to be read whole; all of them where the frame has fewer.
        Without a seed one is drawn too. Raises BadUsage where there is nothing to draw, or another sample has
        that name."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            return samples.draw_sample(self.archive.connection, frame, by, statements, whole, seed, name)

    def listed(self) -> list[Sample]:
        """The samples that stand, the first one drawn first."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return samples.samples(self.archive.connection)

    def sample(self, given: str) -> Sample:
        """The sample with that id."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return samples.sample(self.archive.connection, given)

    def items(self, given: str, position: int | None = None) -> list[Sampled]:
        """The items of a sample in their order, or the one at a position, from 1."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return list(sampled.items(self.archive.connection, given, position))

    def judges_of_items(self, given: str) -> dict[int, tuple[str, ...]]:
        """Who judged each item of a sample, by the items' positions, in order."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return sampled.judges_of_items(self.archive.connection, given)

    def judge(self, given: str, position: int, answers: Answers | ReadWhole, by: str, why: str | None = None) -> str:
        """Keep what somebody judged of an item, in place of what the same person had judged; gives the judgement's id.
        Raises BadUsage where the answers do not fit the item."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            return sampled.judge(self.archive.connection, given, position, answers, by, why)

    def take_back(self, given: str) -> str:
        """Undo a sample (m…) or a judgement in one (j…); that it was made stays written. Gives its whole id."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            return samples.undo(self.archive.connection, given)

    def validation(self, given: str) -> Validation:
        """What the judgements of a sample say of the archive, with intervals, and the words to cite."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return sampled.validation(self.archive.connection, given)
