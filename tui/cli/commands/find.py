"""`interlock find`: ranked search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import UsageError
from db.keys import is_code
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, held_posts, note, write_listing
from tui.cli.sheets import SHEET, sheet_asked, write_sheet
from tui.cli.tables import Cell, TableColumn
from tui.cli.terminal import status_style
from tui.cli.typed import query
from tui.text import in_lists, phrases

if TYPE_CHECKING:
    from db.results import Hit, Match, Results

LIMIT = 20

COMMAND = Command(
    name="find",
    usage="TEXT… [FILTERS]",
    options=(
        Option("--limit", f"how many to show (unless asked: {LIMIT})", "N", number),
        Option("--all", "closed organisations too"),
        Option("--explain", "say why each stands where it does"),
        SHEET,
        AS_OF,
    ),
    least=1,
    filters=True,
    epilogue="Filters: kind: (organisation, arrangement, person, site, document), type:, role:, place:, postcode:, "
    "status:, source:. Repeat one for either, mix them for all; - in front turns it round; quotes keep words "
    "together.\n"
    "Filters alone are a query: interlock find kind:arrangement -status:closed",
)

_FIELDS = (
    "key", "kind", "type", "name", "status", "open", "place", "score", "matched_field", "matched_text",
    "matched_how", "gone", "code_only", "dated",
)  # fmt: skip
_COLUMNS = (
    TableColumn("name", style="title"),
    TableColumn("what"),
    TableColumn("status"),
    TableColumn("place"),
    TableColumn("key", cut=False, style="key"),
    TableColumn("found by", style="dim"),
)


def run(arguments: Arguments) -> int:
    """Search and write what was found; 1 where nothing was."""
    explain, sheet = arguments.flag("--explain"), sheet_asked(arguments)
    if not arguments.phrase.strip():
        raise UsageError("find needs a text: the one given is empty")
    with open_chosen(arguments) as register:
        results = register.find(
            query(arguments.words),
            limit=arguments.limit(None if sheet else LIMIT),
            closed=arguments.flag("--all"),
            explain=explain,
            as_of=arguments.text("--as-of"),
        )
        labels = register.type_labels()
        told = register.particulars(hit.brief.key for hit in results.hits) if sheet else {}
    if sheet:
        from tui.text.sheet import (  # with all that words a page 5 ms, as only a table needs it here
            OF_RESULTS,
            results_sheet,
        )

        write_sheet(OF_RESULTS, results_sheet(results.hits, labels, told), sheet)
    else:
        write_listing(_listing(results, explain, labels), arguments)
    advice = results.advice("--all")
    if not results.total:
        note(f"interlock: nothing found for {results.query}" + (f"; {advice}" if advice else ""))
        return 1
    if results.truncated:
        more = ", --limit N shows more" if len(results.hits) < results.total else ""
        note(f"{len(results.hits):,} of {results.counted} shown; more words narrow it{more}")
    if advice:
        note(advice)
    return 0


def _listing(results: Results, explain: bool, labels: dict[str, str]) -> Listing:
    return Listing(
        name="results",
        rows=[_shape(hit, explain) for hit in results.hits],
        fields=(*_FIELDS, "explain") if explain else _FIELDS,
        columns=_COLUMNS,
        cells=(_cells(hit, labels) for hit in results.hits),
        before={"query": results.query, "total": results.total, "truncated": results.truncated},
        after={"total_is_exact": results.total_is_exact, **({"as_of": results.as_of} if results.as_of else {})},
        details=[(f"{hit.score:.1f}: {hit.explain or 'no reason kept'}",) for hit in results.hits] if explain else (),
    )


def _shape(found: Hit, explain: bool) -> dict[str, object]:
    """Return a result as the JSON contract has it: keys in its order, additions after them."""
    brief = found.brief
    shape: dict[str, object] = {
        "key": brief.key,
        "kind": brief.kind,
        "type": brief.type,
        "name": brief.name,
        "status": brief.status,
        "open": brief.open,
        "place": brief.place,
        "score": round(found.score, 2),
        "matched": {"field": found.matched.field, "text": found.matched.text, "how": found.matched.how},
        "gone": brief.gone,
        "code_only": is_code(brief.name, brief.key),
        **held_posts(brief.posts),
        "dated": brief.dated,
    }
    if explain:
        shape["explain"] = found.explain
    return shape


def _found_by(matched: Match, name: str) -> str:
    """Return what a result was found by; its own name and long texts are not said again."""
    if matched.text == name and matched.field == matched.how:
        return phrases.found_in(matched)
    how = phrases.how_found(matched.how)
    if matched.text == name or matched.field in ("summary", "fact", "post"):
        return f"{phrases.found_in(matched)}, {how}"
    return phrases.found_by(matched) + (f", {how}" if matched.how == "fuzzy" else "")


def _cells(hit: Hit, labels: dict[str, str]) -> tuple[str | Cell, ...]:
    brief, matched = hit.brief, hit.matched
    status = phrases.status(brief)
    return (
        phrases.in_a_list(brief.name, brief.key),
        in_lists.what(brief, labels),
        Cell(status, status_style(brief.status or status)),
        brief.place or "",
        brief.key,
        _found_by(matched, brief.name),
    )
