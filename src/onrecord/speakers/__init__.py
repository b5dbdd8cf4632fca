"""Who a source refers to. For now by name alone: a source that is a name is a speaker by that name."""

from onrecord.speakers.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
