"""Who a source refers to: names gathered into characters, pronouns and descriptions resolved, each with its trail."""

from onrecord.speakers.resolution import resolve

__all__ = ["resolve"]
