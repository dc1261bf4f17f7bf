"""Where the reader has been: back and forward as in a browser, and the trail that the breadcrumb shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from tui.explorer.list_state import ListState
from tui.explorer.views.view import View


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the results answer: the text that was typed, closed ones too or not, and how many at most."""

    text: str
    closed_too: bool
    limit: int


def find_words(asked: SearchState, as_of: str | None = None) -> tuple[str, ...]:
    """Return the words of the command that finds what a search shows; without a search, what tells of the register."""
    if not asked.text.strip():
        return ("stats",)
    typed = [asked.text.strip()] if '"' in asked.text else asked.text.split()
    options = ["--all"] if asked.closed_too else []
    options += ["--as-of", as_of] if as_of else []
    # Behind `--` a word that begins with a minus is no option.
    options += ["--"] if any(word.startswith("-") and ":" not in word for word in typed) else []
    return ("find", *options, *typed)


@dataclass(frozen=True, slots=True)
class Visit:
    """One view that was opened; `jumped` where it came from a search or a command, so that no link leads to it."""

    view: View
    jumped: bool = False
    asked: SearchState | None = None
    """What the results showed beside it."""
    results_scroll: int = 0
    """How many rows they were scrolled down."""
    state: ListState = field(default_factory=ListState)
    """How the reader left it, so that back finds it again."""
    kind: str = ""
    """That of the record which it is the page of, once that has been read."""

    @property
    def key(self) -> str:
        """The record that it is about, empty where there is none."""
        return self.view.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.view.called


class History:
    """A list of visits and a place in it: opening a view forgets what was ahead, as browsers do."""

    def __init__(self, limit: int = 500) -> None:
        self._visits: list[Visit] = []
        self._at = -1
        self._limit = limit

    @property
    def current(self) -> Visit | None:
        """The visit the reader is at, None before the first."""
        return self._visits[self._at] if self._visits else None

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All visits, the oldest first."""
        return tuple(self._visits)

    @property
    def place(self) -> int:
        """The place of the current visit among them, -1 before the first."""
        return self._at

    def go(self, place: int) -> Visit | None:
        """Go to the visit at a place; None, and nothing changes, where there is none."""
        if not 0 <= place < len(self._visits):
            return None
        self._at = place
        return self.current

    @property
    def can_go_back(self) -> bool:
        """Whether there is a visit before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a visit after this one."""
        return self._at + 1 < len(self._visits)

    def visit(self, visit: Visit) -> None:
        """Add a visit after the current one; opening what is open already changes nothing."""
        if self.current is not None and self.current.view == visit.view:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(visit)
        del self._visits[: -self._limit]
        self._at = len(self._visits) - 1

    def remember(self, state: ListState) -> None:
        """Keep with the current visit where in it the reader was, and how it was arranged."""
        if self.current is not None:
            self._visits[self._at] = replace(self.current, state=state)

    def beside(self, asked: SearchState, scroll: int) -> None:
        """Keep with the current visit what the results beside it show, and where in them."""
        if self.current is not None:
            self._visits[self._at] = replace(self.current, asked=asked, results_scroll=scroll)

    def describe(self, view: View, name: str, kind: str = "") -> None:
        """Name the current visit as its view's page does, once that has been read; `kind` is its record's."""
        if self.current is not None and self.current.view == view:
            self._visits[self._at] = replace(self.current, view=replace(self.current.view, name=name), kind=kind)

    def back(self) -> Visit | None:
        """Go one visit back and return it; None, and nothing changes, at the start."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.current

    def forward(self) -> Visit | None:
        """Go one visit forward and return it; None, and nothing changes, at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.current

    def forget(self, view: View) -> None:
        """Take the current visit out where it turned out to lead nowhere."""
        if self.current is not None and self.current.view == view:
            del self._visits[self._at]
            self._at = max(self._at - 1, 0) if self._visits else -1

    @property
    def came_from(self) -> Visit | None:
        """The visit from which a link led to the current one; None where none did."""
        current = self.current
        return self._visits[self._at - 1] if current and not current.jumped and self._at > 0 else None

    def trail(self) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
        """Return the way by links that led here, from the last search on, and what lies ahead on it.

        Of what was looked at as of several days one after the other, the last stands for all.
        """
        start = self._at
        while start > 0 and not self._visits[start].jumped:
            start -= 1
        end = self._at + 1
        while end < len(self._visits) and not self._visits[end].jumped:
            end += 1
        behind = self._visits[max(start, 0) : self._at + 1]
        told = [one for one, then in pairwise(behind) if not one.view.asks_as(then.view)] + behind[-1:]
        return tuple(told), tuple(self._visits[self._at + 1 : end])
