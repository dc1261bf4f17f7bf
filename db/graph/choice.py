"""Which links a question to the graph is about."""

from typing import NamedTuple


class LinkChoice(NamedTuple):
    """Which links count: those of some types or of all, without some; and whether none is left out."""

    types: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    everything: bool = False
    """Whether what connects everything counts, which is left out otherwise."""
