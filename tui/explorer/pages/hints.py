"""What the last line of the screen calls the keys of a place; a key that would do nothing there has no word."""

from __future__ import annotations

from dataclasses import dataclass

from tui.explorer.pages.items import AGAIN, ListItem

_ALL_LINES = "all lines"
"""What taking a filter away does."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is on the screen of the explorer."""

    pane: str
    """Of `tui.explorer.actions.PLACES`, the nearest one: search, results, record, or panes for the evidence."""
    item: ListItem | None = None
    """What is marked in the pane; in the search, in the results."""
    several: bool = False
    """Whether the mark can go elsewhere."""
    typed: bool = False
    """Whether there is something before the cursor of the line that is typed into, or selected in it."""
    awaited: bool = False
    """Whether what was typed has no answer yet, so that Enter opens what will be found."""
    record: bool = False
    """Whether a record or another view is shown."""
    subject: bool = False
    """Whether there is a record that the keys for its views apply to."""
    shown: str = ""
    """The id of the action that shows what is shown of it already."""
    gone: bool = False
    """Whether that is known to have closed."""
    choosing: bool = False
    """Whether another record is being chosen, for a view of two."""
    evidence: int = 0
    """How many pieces of evidence the marked line of the record has."""
    cites: bool = False
    """Whether lines of what is shown are what sources say."""
    evidence_shown: bool = False
    filtered: bool = False
    """Whether the list is filtered, or a filter is being typed."""
    filtering: bool = False
    closed_too: bool = False
    zoomed: bool = False
    """Whether the pane has the whole screen."""
    offers: int = 0
    """How many words or actions are offered for what is typed."""
    typed_before: bool = False
    """Whether commands have been typed before."""
    back: bool = False
    forward: bool = False

    @property
    def takes_letters(self) -> bool:
        """Whether keys that are letters are typed there."""
        return self.filtering or self.pane in ("search", "command", "palette")


def hints(place: Place) -> dict[str, str]:
    """Return, for each action whose word is not always the same, its word at a place."""
    item = place.item
    choose = "done" if place.filtering else "" if item is None else _choose(item, place.pane in ("search", "results"))
    if place.choosing and item and item.target:
        choose = "choose it"
    who = f"who says so ({place.evidence})" if place.evidence else "who says so"
    return {
        "search-open": "open" if place.awaited and not place.choosing else choose,
        "search-down": "choose" if place.several else "",
        "edit-delete-all": "clear" if place.typed else "",
        "command-complete": "complete" if place.offers else "",
        "command-earlier": "earlier" if place.typed_before else "",
        "palette-run": "do it" if place.offers else "",
        "palette-down": "choose" if place.offers > 1 else "",
        "choose": choose,
        "filter": "" if place.filtering or not place.several else "filter",
        "sort": "" if place.filtering or not place.several else "sort",
        "fold": "more" if item and item.under else "",
        "step-back": _step_back(place),
        "evidence": who if place.cites else "",
        "cite": "cite" if place.record and place.evidence else "",
        "zoom": "whole screen" if place.record and not place.zoomed else "",
        "unzoom": "all panes" if place.zoomed else "",
        "jump": "letters" if place.several and place.subject else "",
        **_views(place),
        "copy-key": "copy key" if place.subject else "",
        "copy-row": "copy line" if item and item.copy else "",
        "closed": "open ones only" if place.closed_too else "closed too",
        "back": "back" if place.back and not place.filtering else "",
        "forward": "forward" if place.forward else "",
        "quit-now": "quit" if place.takes_letters else "",
    }


def _views(place: Place) -> dict[str, str]:
    """Return the words of the views of a record, where there is one; of what became of it, where it has closed."""
    words = {"path": "path to", "shared": "shares most", "tree": "tree", "timeline": "timeline", "after": "after"}
    words |= {"compare": "compare", "map": "map", "shared-with": "has in common with"}
    if not place.subject or place.choosing:
        return dict.fromkeys(words, "")
    words["after"] = "what became of it" if place.gone else ""
    return words | dict.fromkeys(words.keys() & {place.shown}, "")


def _choose(item: ListItem, in_results: bool) -> str:
    """Return what choosing an item does."""
    if item.more:
        return "ask again" if item.more == AGAIN else "show more"
    if item.fold:
        return "fold" if item.is_open else "open"
    if item.deed:
        return "do it"
    if item.search:
        return "list them"
    return ("open" if in_results else "follow") if item.leads else ""


def _step_back(place: Place) -> str:
    """Return where stepping back leads."""
    if place.filtered:
        return _ALL_LINES
    if place.choosing:
        return "choose none"
    if place.zoomed and place.pane != "search":
        return "all panes"
    if place.evidence_shown and place.pane in ("record", "panes"):
        return "hide evidence"
    if place.pane == "panes":
        return "record"
    return "search" if place.pane == "results" else "results"


def list_hints(close: str, choose: str = "", *, typing: bool, filtered: bool) -> dict[str, str]:
    """Return the words of keys on a screen that is one list; `close` is the action that closes it."""
    words = {"choose": choose, "fold": "", "page-down": ""}
    if typing:
        words |= {"choose": "done", "filter": "", "sort": ""}
    return words | ({close: _ALL_LINES} if filtered else {})
