"""What workers and widgets tell the screen; in a module of its own so that nobody needs to import anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from db.results import Hit, Results, TypeCount
from tui.explorer.command_line import CommandAsked
from tui.explorer.pages.items import ListItem
from tui.explorer.views.view import View, ViewPage

if TYPE_CHECKING:
    from db.reports import Run, Stats, Term
    from tui.explorer.outlook import Outlook
    from tui.explorer.pages.facets import Facet


@dataclass
class RegisterOpened(Message):
    """The register is open; `key` is the record to start at, None to start with the search."""

    label: str
    key: str | None


@dataclass
class StatsRead(Message):
    """The register has been counted."""

    stats: Stats
    runs: tuple[Run, ...]
    """All imports."""


@dataclass
class OutlookRead(Message):
    """What lies ahead and what waits has been read."""

    outlook: Outlook


@dataclass
class ContentsRead(Message):
    """What is in the register has been counted by type; `number` tells whether nothing newer is wanted."""

    number: int
    counts: tuple[TypeCount, ...]


@dataclass
class ResultsFound(Message):
    """A search has its answer; `number` tells whether it is still the newest."""

    number: int
    results: Results
    types: Mapping[str, str]
    """The labels of types by their names."""


@dataclass
class FacetsFound(Message):
    """What results may be narrowed to has been counted; `number` tells whether they are still the ones shown."""

    number: int
    facets: tuple[Facet, ...]


@dataclass
class ViewRead(Message):
    """A view has been read; `number` tells whether it is still the one wanted."""

    number: int
    view: View
    page: ViewPage


@dataclass
class TermsRead(Message):
    """The words of the vocabularies have been read."""

    terms: tuple[Term, ...]


@dataclass
class SearchFailed(Message):
    """A search could not be answered; `text` is one line for a person, `number` as in ResultsFound."""

    number: int
    text: str


@dataclass
class ViewFailed(Message):
    """A view could not be read; `text` is one line for a person, `number` as in ViewRead."""

    number: int
    text: str


@dataclass
class OffersFound(Message):
    """Records have been found for what the `:` line ends with; `number` tells whether they are still wanted."""

    number: int
    line: str
    hits: tuple[Hit, ...]


@dataclass
class RecordsMeant(Message):
    """The records that the words of a line stand for are known."""

    line: str
    asked: CommandAsked
    keys: tuple[str, ...]


@dataclass
class FiltersMeant(Message):
    """What a line lists is known, as a search."""

    line: str
    query: str


@dataclass
class SourcesKnown(Message):
    """The sources have been read for a statement that is to be cited."""

    stats: Stats


@dataclass
class FileWritten(Message):
    """What was on the screen stands in a file."""

    path: Path


@dataclass
class FileEnded(Message):
    """Nothing is being written to a file any more, whatever came of it."""

    path: Path


@dataclass
class FileStands(Message):
    """A file that was to be written is there already."""

    path: Path


@dataclass
class RegisterChanged(Message):
    """Another program has changed or replaced the register, which has been opened anew."""

    label: str


@dataclass
class OpenFailed(Message):
    """The register could not be opened, or the record to start at is not there."""

    text: str
    exit_code: int


@dataclass
class Noticed(Message):
    """Something to tell in a line that stays until the next key."""

    lines: tuple[str, ...]


@dataclass
class RegisterWritten(Message):
    """Something was written to the register from here, and what that came to."""

    lines: tuple[str, ...]


@dataclass
class WritingFailed(Message):
    """Nothing was written to the register, and why, in a line for a person."""

    text: str


@dataclass
class PlaceClicked(Message):
    """A visit on the trail was clicked; `place` is its place in the history."""

    place: int


class ItemMessage(Message):
    """Base of what a list says about one of its items; `control` lets `@on` tell the lists apart."""

    def __init__(self, view: Widget, item: ListItem) -> None:
        super().__init__()
        self.view = view
        self.item = item

    @property
    def control(self) -> Widget:
        """The list that sent it."""
        return self.view


class ItemMarked(ItemMessage):
    """The mark has moved to an item."""

    def can_replace(self, message: Message) -> bool:
        """Only the last of several moves matters."""
        return isinstance(message, ItemMarked) and message.view is self.view


class ItemChosen(ItemMessage):
    """An item was chosen, by Enter, by its number or by the mouse."""
