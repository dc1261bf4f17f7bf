"""Which links tell of something done on a day, and of no state that lasts; which statuses, of something yet to come."""

from __future__ import annotations

PLANNED = ("planned", "proposed", "announced", "being-formalised")
"""Statuses of what is not there yet."""
_CATEGORIES = ("succession", "document")
_TYPES = ("announced-by", "responded-to")


def is_act(link_type: str, category: str) -> bool:
    """Tell whether a link of this type, of this category, was done on a day and is neither current nor past since."""
    return category in _CATEGORIES or link_type in _TYPES
