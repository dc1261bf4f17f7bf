"""Links as a person reads them: grouped by what they say, each group with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from db.model import Link, LinkPage, Record


class LinkGroup(NamedTuple):
    """The links under one label; `total` counts those left out by the limit too."""

    label: str
    total: int
    links: tuple[Link, ...]

    @property
    def omitted(self) -> int:
        """How many links of the group are not in `links`."""
        return self.total - len(self.links)


def group_links(links: Record | LinkPage | Sequence[Link], limit: int | None = None) -> tuple[LinkGroup, ...]:
    """Group links by label in the order they come in, at most `limit` a group; counts are of all the links given."""
    given = links if isinstance(links, Sequence) else links.links
    by_label: dict[str, list[Link]] = {}
    for link in given:
        by_label.setdefault(link.label, []).append(link)
    return tuple(LinkGroup(label, len(group), tuple(group[:limit])) for label, group in by_label.items())
