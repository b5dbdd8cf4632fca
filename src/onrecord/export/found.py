"""What was found, as rows of plain cells: one a hit."""

from collections.abc import Mapping

from onrecord.archive.hits import Hit
from onrecord.archive.identified import told

COLUMNS = (
    "statement", "article", "story", "copies", "speaker", "identity", "external", "content", "act", "kind", "polarity",
    "rejects", "source", "cue", "relayed_by", "outlet", "published", "title", "label", "url", "link", "before", "after",
    "confidence_words", "confidence_speaker", "unresolved", "judged", "judged_by", "read_speaker", "read_content",
)  # fmt: skip


def flat(hit: Hit) -> Mapping[str, object]:
    """A hit as one row of plain cells, those of COLUMNS among them."""
    sure, judged, read = hit.confidence, hit.judged, hit.read_as
    return {
        **hit.to_dict(),
        "identity": [s.identity for s in hit.speakers if s.identity],
        "external": [one for s in hit.speakers for one in told(s.external)],
        "relayed_by": " and ".join(r.called for r in hit.relayed_by),
        "confidence_words": sure.words,
        "confidence_speaker": sure.speaker,
        "judged": [*judged.verdicts, *(["disputed"] if judged.disputed else [])] if judged else [],
        "judged_by": [s.by for s in judged.counts] if judged else [],
        "read_speaker": read.speaker if read else None,
        "read_content": read.content if read else None,
    }
