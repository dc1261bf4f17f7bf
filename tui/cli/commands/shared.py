"""`interlock shared`: what records have in common, who has most, and with whom one shares most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db.errors import UsageError
from db.search.query import FILTERS
from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import ROWS_ALONE, Listing, note, write_flat, write_listing
from tui.cli.tables import TableColumn
from tui.text import shared as words
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.graph.answers import Ranking, Shared, SharedThing
    from db.register import Register

_FEW = 3
"""Records of which each link is told with the place where a source has it."""
_MOST = 1000

COMMAND = Command(
    name="shared",
    usage="KEY [KEY…]",
    options=(
        Option("--matrix", "how many things any two share, as a table"),
        Option("--rank", "those of these records first that are linked to most"),
        Option("--type", "only by links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--not", "by no links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--all", "also what connects everything: regions, national bodies, areas, documents"),
        Option("--limit", f"how many to show (unless asked: {words.LIMIT}, of a ranking {words.RANKED}; in CSV, TSV, "
               "JSONL all)", "N", number),
        AS_OF,
    ),
    least=1,
    filters=True,
    epilogue="With one KEY: with whom it shares most. Filters stand for the records that they find: type:trust. "
    "A name of several words needs quotes. Exit code 1: they share nothing.",
)  # fmt: skip

_FIELDS = (
    "what", "key", "name", "kind", "with_key", "with_name", "type", "label", "direction", "role", "start", "end",
    "status", "listed_first", "listed_last", "evidence", "dated",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write what the records that the words stand for share."""
    if arguments.flag("--matrix") and arguments.flag("--rank"):
        raise UsageError("--matrix and --rank are two answers; choose one")
    as_of = arguments.text("--as-of")
    wanted = arguments.links
    ranks = arguments.flag("--rank")
    with open_chosen(arguments) as register:
        keys = _keys(register, arguments)
        one = len(keys) == 1 and not ranks and not arguments.flag("--matrix")
        limit = arguments.limit(None if arguments.form in ROWS_ALONE else words.RANKED if one or ranks else words.LIMIT)
        if ranks:
            return _write_ranking(register.ranking(keys, limit=limit, wanted=wanted, as_of=as_of), arguments)
        if one:
            found = register.companions(keys[0], limit=limit, wanted=wanted, as_of=as_of)
            return _write_ranking(found, arguments)
        shared = register.shared(keys, limit=limit, wanted=wanted, as_of=as_of)
    return _write_shared(shared, arguments)


def _keys(register: Register, arguments: Arguments) -> list[str]:
    """Return the records that the words stand for: each its own, or with a filter among them what that finds."""
    if not any(word.lstrip("-").partition(":")[0].lower() in FILTERS for word in arguments.words):
        return list(dict.fromkeys(map(register.resolve, arguments.words)))
    results = register.find(arguments.phrase, limit=_MOST + 1, as_of=arguments.text("--as-of"))
    if len(results.hits) > _MOST:
        raise UsageError(f"{arguments.phrase} finds more than {_MOST:,} records: add a filter, such as place:")
    return [hit.brief.key for hit in results.hits]


def _write_shared(found: Shared, arguments: Arguments) -> int:
    is_matrix = arguments.flag("--matrix")
    if is_matrix and arguments.form != "json":
        _write_matrix(found, arguments)
    else:
        printed.write_answer(arguments, found, partial(_shape, whole=is_matrix), _rows, _FIELDS, _page)
    if len(found.things) < found.total:
        note(words.some(len(found.things), found.total, "--limit N"))
    if found.total or found.not_dated:
        return 0
    note(words.nothing(found))
    return 1


def _page(found: Shared, page: printed.Sheet) -> Iterator[str]:
    """Yield what is shared, and who says so: with the place in each source where few records are asked about."""
    if not (found.things or found.not_dated):
        return
    few = len(found.records) <= _FEW
    told, apart = (list(words.lines(found, things)) for things in (found.things, found.not_dated))
    cited = {one for line in (*told, *apart) for one in line.evidence}
    sources = list(source_lines(found.evidence, cited, with_places=few))
    numbers = printed.numbered(sources) if few else {}
    yield page.title(words.headline(found))
    yield from page.lines(_line(one, numbers) for one in told)
    if apart:
        yield from page.part(words.not_dated(found), (_line(one, numbers) for one in apart))
    yield from page.part(printed.WHO_SAYS_SO, printed.source_print(sources, numbers))


def _line(line: words.SharedLine, numbers: printed.Numbers) -> printed.Printed:
    style = "" if line.key else "dim"
    reference = printed.marks(line.evidence, numbers)
    return printed.Printed(
        ((line.text, style), (line.key, "key"), (line.about, ""), (reference, "reference")), line.depth
    )


def _write_matrix(found: Shared, arguments: Arguments) -> None:
    """Write how many things any two records share; each by its key in the heading."""
    keys = [party.key for party in found.records]
    if arguments.form in ("csv", "tsv"):
        rows = [(party.key, party.name, *row) for party, row in zip(found.records, found.matrix, strict=True)]
        write_flat(("key", "name", *keys), rows, arguments.form)
        return
    heading = (TableColumn("name", style="title"), *(TableColumn(key, figures=True, cut=False) for key in keys))
    cells = [
        (party.name, *(str(number) for number in row)) for party, row in zip(found.records, found.matrix, strict=True)
    ]
    write_listing(Listing("matrix", _matrix(found), (), heading, cells), arguments)


def _matrix(found: Shared) -> list[shapes.Shape]:
    return [
        {
            "key": party.key,
            "name": party.name,
            "shares": dict(zip((one.key for one in found.records), row, strict=True)),
        }
        for party, row in zip(found.records, found.matrix, strict=True)
    ]


def _write_ranking(found: Ranking, arguments: Arguments) -> int:
    rows: list[shapes.Shape] = [
        {
            "key": one.key, "kind": one.kind, "name": one.name, "number": len(one.things), "current": one.current,
            "things": [thing._asdict() for thing in one.things],
        }
        for one in found.ranked
    ]  # fmt: skip
    if arguments.form in ("csv", "tsv"):
        rows = [
            {**row, "things": [thing.name for thing in one.things]} for row, one in zip(rows, found.ranked, strict=True)
        ]
    many = "shares" if len(found.records) == 1 and not arguments.flag("--rank") else "linked to"
    listing = Listing(
        "ranked",
        rows,
        ("key", "kind", "name", "number", "current", "things"),
        (
            TableColumn("name", style="title"),
            TableColumn(many),
            TableColumn("key", cut=False, style="key"),
        ),
        [(one.name, words.number(one), one.key) for one in found.ranked],
        details=[(words.things(one),) for one in found.ranked],
        before={"keys": [party.key for party in found.records], "shared": []},
        after={
            "total": found.total,
            "truncated": len(found.ranked) < found.total,
            **({"as_of": found.as_of} if found.as_of else {}),
        },
    )
    write_listing(listing, arguments)
    if len(found.ranked) < found.total:
        note(words.some(len(found.ranked), found.total, "--limit N"))
    if found.total:
        return 0
    note(words.nobody(found))
    return 1


def _shape(found: Shared, *, whole: bool) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "keys": [party.key for party in found.records],
        "shared": [_thing(thing) for thing in found.things],
        "total": found.total,
        "truncated": len(found.things) < found.total,
        "names": {party.key: party.name for party in found.records},
        **({"matrix": _matrix(found)} if whole else {}),
        "evidence": [shapes.evidence(one) for one in found.evidence],
        **({"as_of": found.as_of, "not_dated": [_thing(thing) for thing in found.not_dated]} if found.as_of else {}),
    }


def _thing(thing: SharedThing) -> shapes.Shape:
    return {
        "what": thing.what,
        "key": thing.key,
        "name": thing.name,
        "roles": {party.key: links[0].role if links else None for party, links in thing.by},
        "kind": thing.kind,
        "links": {party.key: [shapes.tie(one) for one in links] for party, links in thing.by},
    }


def _rows(found: Shared) -> Iterator[shapes.Shape]:
    """Yield a row for each link by which something is shared."""
    for place, thing in enumerate((*found.things, *found.not_dated)):
        named = {"what": thing.what, "key": thing.key, "name": thing.name, "kind": thing.kind}
        for party, links in thing.by:
            for one in links:
                whose = {"with_key": party.key, "with_name": party.name, "dated": place < len(found.things)}
                yield {**shapes.tie(one), **named, **whose}
