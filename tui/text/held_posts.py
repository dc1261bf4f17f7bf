"""The posts of a person in short, with when the first was held where it is not one of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.results import HeldPost


def posts_in_short(held: Sequence[HeldPost]) -> str | None:
    """Return the posts of a person in short: the first, and how many more; None where there is none."""
    if not held:
        return None
    first = phrases.joined(held[0].text, _when_held(held[0]))
    return first if len(held) == 1 else f"{first}, and {phrases.count(len(held) - 1, 'more post')}"


def _when_held(post: HeldPost) -> str:
    """Return when a post was held, as far as that is told; of one that is current or ahead, nothing or that."""
    if post.status not in (None, "past"):
        return "" if post.status == "current" else phrases.readable(post.status)
    listed = f"listed {phrases.date(post.listed_last)}" if post.listed_last else phrases.AS_TOLD
    if post.status is None:
        return listed
    return phrases.period(None, post.until) if post.until else f"last known, {listed}" if post.listed_last else "past"
