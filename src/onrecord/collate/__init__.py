"""From statements to utterances: what many articles carry of one act of speaking, in all its versions."""

from onrecord.collate.grouping import Member, Utterance, group
from onrecord.collate.said import Said

__all__ = ["Member", "Said", "Utterance", "group"]
