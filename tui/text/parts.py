"""A part of a record's page by its name: a heading of its links as it stands there, or the title of a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.errors import UsageError
from tui.text.page_parts import PageGroup, PageSection

LINKS = ("links", "not-dated", "other-years")
"""Sections of which each group is a part by itself."""


def is_part(wanted: str | None, *names: str) -> bool:
    """Tell whether a part that goes by these names is wanted; without one that is all of them."""
    return wanted is None or wanted.casefold() in map(str.casefold, names)


def only_part(sections: Iterable[PageSection], wanted: str) -> list[PageSection]:
    """Return of a page the part of a name alone. Raises UsageError, which names the parts that there are."""
    sections = tuple(sections)
    found = []
    for section in sections:
        if is_part(wanted, section.title, section.name):
            found.append(section)
        elif groups := tuple(one for one in _groups(section) if is_part(wanted, one.heading, one.label)):
            found.append(section._replace(groups=groups))
    if not found:
        raise no_such_part(wanted, sections)
    return found


def no_such_part(wanted: str, sections: Iterable[PageSection]) -> UsageError:
    """Return that a page has no part of a name, and which it has."""
    there = dict.fromkeys(
        name for section in sections for name in ([one.label for one in _groups(section)] or [section.title])
    )
    return UsageError(f"--part: {wanted!r} is no part of this page; it has {', '.join(there) or 'none'}")


def _groups(section: PageSection) -> Iterator[PageGroup]:
    """Yield the groups of a section that are parts by themselves."""
    if section.name in LINKS:
        yield from (group for group in section.groups if group.heading)
