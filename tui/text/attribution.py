"""How a source is named by whoever uses what it says, as its licence asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text import phrases

if TYPE_CHECKING:
    from db.reports import SourceInfo

_OPEN_GOVERNMENT = ("OGL", "Open Government Licence")
_FREE = ("CC0",)
"""How licences are called that ask for nothing."""

TERMS = "licences are terms as read by Interlock's makers, to be checked with each publisher"
"""Whose word the licence of a source is that comes with Interlock, or is read by a mapping that does."""


def attribution(one: SourceInfo) -> str:
    """Return the line that names a source: title, publisher and day, then its licence in the words that this asks for.

    The Open Government Licence has a sentence for where a publisher gives none of their own.
    """
    day = one.published and phrases.day_beside(one.title, one.published)
    named = ", ".join(filter(None, (one.title, one.publisher, day)))
    if not one.licence:
        return f"{named}: licence unknown"
    if one.licence.startswith(_OPEN_GOVERNMENT):
        return f"{named}: contains public sector information licensed under the Open Government Licence v3.0"
    return f"{named}: {one.licence}" + (", no attribution asked for" if one.licence.startswith(_FREE) else "")
