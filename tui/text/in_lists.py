"""What lists say of a record in a word or two, where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text import phrases
from tui.text.held_posts import posts_in_short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.results import Brief


def what(brief: Brief, types: Mapping[str, str]) -> str:
    """Return what a record is: a person by their posts, all else by its type, the labels of which are given."""
    told = posts_in_short(brief.posts) or types.get(brief.type or "") or phrases.readable(brief.type)
    return told or brief.kind


def remark(brief: Brief) -> str:
    """Return the one thing worth saying of a record in a list: that it has no name, is not simply open, else where."""
    return state(brief) or brief.place or ""


def state(brief: Brief) -> str:
    """Return what is to be said of a record that has no name, is not simply open or is not dated, else nothing."""
    if phrases.is_bare(brief.name, brief.key):
        return phrases.CODE_ONLY
    if brief.gone:
        return "no longer listed"
    if brief.open is False:
        return "closed"
    if not brief.dated:
        return phrases.NOT_DATED
    if brief.status and brief.status not in ("open", "active"):
        return phrases.readable(brief.status)
    return ""


def standing(brief: Brief) -> str:
    """Return `state`, and of an arrangement of which nobody tells how it stands, that this is not known."""
    is_untold = brief.kind == "arrangement" and brief.open is None
    return state(brief) or (phrases.STATUS_UNKNOWN if is_untold else "")
