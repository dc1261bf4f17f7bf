"""The imports of a register, the newest first, and what one of them changed, with a question that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from db.reports import Changed, Diff, Run
from tui.explorer.list_state import ListState
from tui.explorer.pages.beside import said, titled, told_fold, told_item
from tui.explorer.pages.folding import ListFold, ListPart
from tui.explorer.pages.items import BLANK, LineKeys, ListItem, Row, copied, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import changes, phrases
from tui.text.page_parts import Target

UNDO = "undo"
"""The group that choosing the first line of a run opens: the question whether to take it back."""
_COMMAND_ROWS = 2
_CHANGES = 6
"""Changes that are told of one record."""
_REASONS = 8
_FEW = 12
"""Records up to which a group is open."""
_FIRST = "Every register begins with this run, which stays."


def run_items(runs: Sequence[Run], leads_to: Callable[[int], View], cells: int) -> tuple[ListItem, ...]:
    """Return the imports, the newest first, each with its day and what became of the rows that it read."""
    items = [titled("Imports", len(runs), cells, ident="title")]
    for run in reversed(runs):
        head: Row = (piece(f"{run.run:>4}  ", "count"), piece(changes.started(run), "link"))
        if run.undone:
            head = (*head, piece("  undone", "standing"))
        text = phrases.joined(phrases.count(len(run.sources), "source"), phrases.duration(run.seconds))
        lines = [(text, "dim"), (changes.figures(run), "prose"), (_files(run), "dim")]
        rows: list[Row] = [head]
        for line, style in lines:
            rows += [(piece("      "), piece(row, style)) for row in wrap(line, cells - 6, _COMMAND_ROWS) if line]
        copy = copied(str(run.run), run.started, run.command)
        items.append(ListItem(tuple(rows), f"run:{run.run}", copy=copy, view=leads_to(run.run)))
    return tuple(items)


def _files(run: Run) -> str:
    """Return what was imported: the command, its files by their names alone."""
    return " ".join(word.rpartition("/")[2] or word for word in run.command.split(" "))


def diff_items(
    run: Run,
    diff: Diff | None,
    unwritable: str,
    kinds: Mapping[str, str],
    cells: int,
    symbols: Symbols,
    state: ListState,
) -> tuple[ListPart, ...]:
    """Return what a run did, and above that how to take it back, or why (`unwritable`) that is not to be.

    Of one that was taken back there is no `diff`; `kinds` are those of records by their keys.
    """
    items: list[ListPart] = [
        said(changes.started(run), cells, ident="run"),
        said(_files(run), cells, ident="command", most=3),
        said(changes.summary(diff) if diff else f"run {run.run}", cells, ident="summary", style="name"),
        *_undoing(run, unwritable, cells, state),
    ]
    if diff is None:
        return tuple(items)
    for did in changes.DONE:
        several: Sequence[Changed] = getattr(diff, did)
        if several:
            items += [BLANK] if did == changes.DONE[0] else []
            items.append(_did(did, several, kinds, cells, symbols))
    items += _refused(diff, cells)
    return tuple(items)


def _undoing(run: Run, unwritable: str, cells: int, state: ListState) -> Iterator[ListItem]:
    """Yield how to take a run back: a line that asks, below it the answer; or why it cannot be taken back."""
    why_not = unwritable or ("It has been undone." if run.undone else _FIRST if run.run == 1 else "")
    if why_not:
        yield said(why_not, cells, ident="unwritable", style="standing")
        return
    if UNDO not in state.shown:
        yield ListItem(((piece("Take this run back …", "more", cells),),), UNDO, more=UNDO)
        return
    yield said(f"Take run {run.run} back, as if it had never been?", cells, ident="question", style="failed")
    yes = piece(f"Yes, take run {run.run} back", "link", cells)
    yield ListItem(((yes,),), "yes", deed=f"undo {run.run}")


def _did(did: str, several: Sequence[Changed], kinds: Mapping[str, str], cells: int, symbols: Symbols) -> ListFold:
    """Return the records to which one thing was done, each with what changed."""
    keys = [LineKeys(f"{did}:{one.key}", f"{one.name} {one.key}", one.name) for one in several]

    def make(n: int) -> ListItem:
        one = several[n]
        told = [(line, "dim") for line in changes.lines(one, _CHANGES)]
        if one.placeholder:
            told.append((phrases.FROM_LINKS_ALONE, "dim"))
        target = Target(one.key, one.name, kinds.get(one.key, ""))
        return told_item(target, told, cells, symbols, ident=keys[n].ident)

    return told_fold(f"did:{did}", did.capitalize(), keys, make, is_open=len(several) <= _FEW, column=10)


def _refused(diff: Diff, cells: int) -> Iterator[ListItem]:
    """Yield how many rows were refused for which reason."""
    number = len(diff.rejects) + diff.rejects_left_out
    if not number:
        return
    yield BLANK
    yield titled("Rows refused", number, cells, ident="title:refused")
    for n, line in enumerate(changes.refused_by_reason(diff.rejects, diff.rejects_left_out, _REASONS)):
        yield said(f"  {line}", cells, ident=f"refused:{n}", style="prose")
