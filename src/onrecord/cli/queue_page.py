"""The statements that are worth judging, as a page for people: each as it is found, and below it why it is here."""

from typing import TYPE_CHECKING

from onrecord.cli.found_page import hit_blocks
from onrecord.cli.page import INDENT
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import beside, flow

if TYPE_CHECKING:
    from onrecord.archive.queue import Queue


def queue_page(found: "Queue", screen: Screen) -> str:
    """One page of the queue, and how to judge and to go on."""
    width = screen.within
    blocks = hit_blocks([item.hit for item in found.items], (), width)
    for block, item in zip(blocks, found.items, strict=True):
        block += beside(
            [], flow([(f"worth {item.worth:.2f}", "quiet"), *((w, "doubt") for w in item.why)], width - INDENT), INDENT
        )
    more = [f"next: --after {found.next}"] if found.next else ["these are all"]
    told = [*more, "judge with: onrecord judge STATEMENT --right, --wrong, --speaker or --words, --as NAME"]
    return screen.painted([*blocks, flow([(part, "plain") for part in told], width)])
