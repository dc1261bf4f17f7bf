"""A tree of records in words: what hangs on what under which label, and what every branch left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.graph.answers import Branch, Tree
    from db.model import Evidence


DEPTH, WIDTH = 2, 5
"""How many links deep a tree is, and how many hang on a record under each label, unless asked."""


class TreeLine(NamedTuple):
    """A line of a tree: a record, a label with how many hang under it, or what was left out."""

    depth: int
    text: str
    key: str = ""
    about: str = ""
    style: str = "dim"
    """How `about` looks."""
    is_label: bool = False
    kind: str = ""
    """Of the record."""
    evidence: tuple[int, ...] = ()
    """Who says that it hangs there."""
    below: str = ""
    """The record of which something was left out, by its key."""


def lines(found: Tree) -> Iterator[TreeLine]:
    """Yield a tree from its root on, each label with its number, and what was left out below it."""
    day = phrases.as_of(found.as_of)
    about = phrases.joined(day, _unopened(found.root))
    yield TreeLine(0, found.root.name, found.root.key, about, kind=found.root.kind)
    yield from _below(found.root, 1, {one.id: one for one in found.evidence})


def _below(branch: Branch, depth: int, proofs: Mapping[int, Evidence]) -> Iterator[TreeLine]:
    left_out = {(one.label, one.direction): one.number for one in branch.left_out}
    groups: dict[tuple[str, str], list[Branch]] = {}
    for child in branch.children:
        if child.link:
            groups.setdefault((child.link.label, child.link.direction), []).append(child)
    for group, children in ({group: [] for group in left_out} if not groups else groups).items():
        more = left_out.get(group, 0)
        yield TreeLine(depth, group[0], about=f"{len(children) + more:,}", is_label=True)
        for child in children:
            yield _line(child, depth + 1, proofs)
            yield from _below(child, depth + 2, proofs)
        if more:
            yield TreeLine(depth + 1, f"… {more:,} more", below=branch.key)


def _line(branch: Branch, depth: int, proofs: Mapping[int, Evidence]) -> TreeLine:
    link = branch.link
    told = link_phrases.link(link, link_phrases.inferred(link, proofs)) if link else ""
    status = link.status if link else None
    style = "standing" if status in phrases.AHEAD else "dim"
    evidence = link.evidence if link else ()
    about = phrases.joined(told, _unopened(branch))
    return TreeLine(depth, branch.name, branch.key, about, style, kind=branch.kind, evidence=evidence)


def _unopened(branch: Branch) -> str:
    """Return why nothing hangs on a record that is linked to more, and how much that is."""
    if branch.elsewhere:
        return "opened elsewhere in this tree"
    if branch.opened or not branch.total:
        return ""
    return phrases.count(branch.total, "other link" if branch.link else "link")


def remarks(found: Tree) -> Iterator[str]:
    """Yield what a tree leaves out as a whole."""
    yield from filter(None, (connecting_all(found), not_dated(found)))


def connecting_all(found: Tree, how: str = "--all") -> str:
    """Return what is left out because everything is connected by it, and how it is taken in."""
    if not found.connecting_all:
        return ""
    links = phrases.count(found.connecting_all, "link")
    return (
        f"{links} of {found.root.name} left out: {phrases.CONNECTS_EVERYTHING} connect everything; {how} takes them in"
    )


def not_dated(found: Tree) -> str:
    """Return what is left out because no source tells whether it was there on the day."""
    return phrases.left_out_undated(found.not_dated, found.as_of)


def called(found: Tree) -> str:
    """Return what the answer is called in the way that leads to it."""
    return f"tree of {found.root.name}"
