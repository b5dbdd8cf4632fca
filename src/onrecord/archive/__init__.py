"""The archive: records, the articles and bytes they came from, and what people judged, in one SQLite file."""

from onrecord.archive.store import Archive
from onrecord.archive.writing import Put

__all__ = ["Archive", "Put"]
