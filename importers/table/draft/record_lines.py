"""The records of one table of a draft: what a row is about, in the words of a mapping, with comments on guesses."""

from __future__ import annotations

from collections.abc import Iterator

from importers.records.words import FileWords
from importers.table.draft.bodies import DraftBody, determines, parents_of
from importers.table.draft.columns import DraftColumn
from importers.table.draft.headings import words
from importers.table.draft.lines import as_item, comment, quoted
from importers.table.draft.table_draft import TableDraft, scheme_of
from importers.table.draft.ties import MOST_STATES, joined, link, link_type, participant, ties

_FACTS = frozenset(("telephone", "fax", "email", "website"))


def head_lines(draft: TableDraft) -> list[str]:
    """What stands before the records."""
    if draft.table.headerless:
        names = ", ".join(quoted(one.heading) for one in draft.columns)
        return [
            "header: none",
            "# unsure: the file has no headings; these are names for its columns in their order",
            f"columns: [{names}]",
        ]
    aliases = {one.slot: one.heading for one in draft.columns if one.needs_alias}
    path = [f"rows: {quoted(draft.table.path)}"] if draft.table.path else _merged(draft)
    if not aliases:
        return path
    return [*path, "columns:", *(f"  {name}: {quoted(heading)}" for name, heading in aliases.items())]


def _merged(draft: TableDraft) -> list[str]:
    """A comment on what the rows are about, where some that hold other things have it empty, as merged cells are."""
    lead = draft.bodies[0].lead.values if draft.bodies else []
    rows = zip(*(one.values for one in draft.columns), strict=True)
    empty = sum(not mine and any(row) for mine, row in zip(lead, rows, strict=False))
    if not (empty and lead[0]):
        return []
    name = quoted(draft.bodies[0].lead.slot)
    told = "1 row" if empty == 1 else f"{empty:,} rows"
    return [f"# fill_down: [{name}]  # empty in {told}: take this in where merged cells mean what stands above"]


def record_lines(draft: TableDraft) -> list[str]:
    """The records of the mapping, with comments."""
    if not draft.bodies:
        return _nameless(draft)
    main = draft.bodies[0]
    records = [_main(draft, main)]
    records += [_other(draft, body) for body in draft.bodies[1:]]
    records += [record for column in draft.columns if (record := _person(draft, column, main))]
    lines = ["records:"]
    for record in records:
        lines += as_item(record)
    return [*_unused(draft), *lines]


def _nameless(draft: TableDraft) -> list[str]:
    """A record of whatever column tells rows apart, where nothing looks like a name or a code."""
    filled = [one for one in draft.columns if one.filled and one.kind not in ("date", "number")] or draft.columns
    best = max(filled, key=lambda one: len(set(one.filled)))
    draft.used[best.place] = None
    name = f"{{{best.slot}}}"
    return [
        "# unsure: no column looks like the name or code of a body; this takes the one that differs most",
        *_unused(draft),
        "records:",
        "  - kind: organisation",
        f"    key: {quoted('org:' + name[:-1] + '|slug}')}",
        f"    name: {quoted(name)}",
    ]


def _described(draft: TableDraft, body: DraftBody) -> list[str]:
    """Kind, key, names, type and codes of a body."""
    lines = [f"# unsure: {one}" for one in body.unsure]
    lines += [f"kind: {body.kind}", *draft.keyed(body)]
    name = draft.name_of(body)
    listed = draft.first("other_names") if body.main and draft.table.objects else None
    if name is None and listed is not None and listed.heading in draft.table.lists:
        lines.append(f"name: {quoted('{' + listed.slot + '.1}')}  # unsure: whether the first name is the official one")
    if name is not None:
        lines.append(f"name: {quoted(name)}")
        if body.name is not None and body.name.capitals:
            lines.append(f"verbatim: {quoted(draft.slot(body.name))}")
    if body.types and body.name is not None:
        lines.append("type:")
        lines += [
            f"  - {{of: {type_}, when: {{{quoted(body.name.slot)}: {{ends: {said}}}}}}}" for type_, said in body.types
        ]
    elif body.main and draft.typed is not None:
        column, kind = draft.typed
        given = sorted({text for text in column.filled if text in FileWords().known(f"{kind}_types")})
        pairs = ", ".join(f"{quoted(one)}: {one}" for one in given)
        lines.append(f"type: {{of: {quoted(draft.slot(column))}, words: {{{pairs}}}, others: null}}")
    elif body.type is not None:
        lines.append(f"type: {body.type}")
    codes = [(scheme, column) for scheme, column in body.codes.items() if draft.is_sound(scheme, column)]
    if codes:
        lines.append("identifiers:")
    for scheme, column in codes:
        value = draft.slot(column)
        lines.append(f"  - {{scheme: {scheme_of(column) if scheme == 'code' else scheme}, value: {quoted(value)}}}")
    return lines


def _main(draft: TableDraft, main: DraftBody) -> list[str]:
    """The record that each row is about."""
    lines = [*_described(draft, main), *_details(draft)]
    parts: dict[str, list[str]] = {"names": _names(draft), "facts": _facts(draft)}
    participants, links = ties(draft, main)
    parts |= {"participants": participants, "links": links}
    for name, items in parts.items():
        if items:
            lines += [f"{name}:", *(f"  {item}" for item in items)]
    return lines


def _details(draft: TableDraft) -> list[str]:
    """Status, dates and address."""
    lines: list[str] = []
    status = draft.first("status")
    if status is not None:
        lines += _status(draft, status)
    dates = [one for one in draft.columns if one.kind == "date"]
    taken = joined(draft)
    for name in ("opened", "closed"):
        column = next((one for one in dates if one.says(words()["columns"][name]) and one not in taken), None)
        if column is not None and column.place not in draft.used:
            lines.append(f"{name}: {quoted(draft.slot(column))}")
    as_of = next((one for one in dates if one.says(words()["columns"]["as_of"])), None)
    if as_of is not None and as_of.place not in draft.used:
        lines.append(f"evidence: {{as_of: {quoted(draft.slot(as_of))}}}")
    address = _address(draft)
    if address:
        lines += ["address:", *(f"  {line}" for line in address)]
    return lines


def _status(draft: TableDraft, column: DraftColumn) -> list[str]:
    known = {text: state for state, texts in words()["statuses"].items() for text in texts}
    states = sorted({text.casefold() for text in column.filled})[:MOST_STATES]
    told = {state: state if state in FileWords().known("statuses") else known.get(state) for state in states}
    if not any(told.values()):
        return []
    pairs = ", ".join(f"{quoted(state)}: {word or 'null'}" for state, word in told.items())
    unsure = "  # unsure: what `null` stands behind" if None in told.values() else ""
    return [f"status: {{of: {quoted(draft.slot(column))}, words: {{{pairs}}}, others: null}}{unsure}"]


def _address(draft: TableDraft) -> list[str]:
    lines = [one for one in draft.columns if one.kind == "address"]
    found = []
    if lines:
        found.append("lines: [" + ", ".join(quoted(draft.slot(one, *_readable(one))) for one in lines) + "]")
    for name in ("town", "county", "postcode", "country"):
        column = draft.first(name)
        if column is not None and column.place not in draft.used:
            found.append(f"{name}: {quoted(draft.slot(column, *(_readable(column) if name != 'postcode' else ())))}")
    return found


def _names(draft: TableDraft) -> list[str]:
    found = []
    for column in draft.columns:
        if column.kind in ("short", "former", "spelling"):
            kind = {"spelling": "as-written"}.get(column.kind, column.kind)
            kind = "welsh" if "cy" in column.heading_words else kind
            found.append(f"- {{name: {quoted(draft.slot(column))}, kind: {kind}}}")
        elif column.kind == "other_names":
            each = draft.each(column)
            found.append(f'- {{each: {each}, name: "{{item}}", kind: as-written}}')
    return found


def _facts(draft: TableDraft) -> list[str]:
    found = []
    for column in draft.columns:
        if column.kind in _FACTS and column.place not in draft.used:
            found.append(f"- {{property: {column.kind}, text: {quoted(draft.slot(column))}}}")
        elif column.kind == "person":
            people, vacancy = quoted(column.slot + "|people"), quoted(column.slot + "|vacancy")
            text = quoted(draft.slot(column))
            found += [
                f"- {{property: post-without-holder, text: {text}, when: {{{vacancy}: true}}}}",
                f"- {{property: lead-as-written, text: {text}, when: {{{people}: false, {vacancy}: false}}}}",
            ]
    return found


def _other(draft: TableDraft, body: DraftBody) -> list[str]:
    """A record of a further body of the row."""
    main = draft.bodies[0]
    lines = [*_described(draft, body)]
    links = [
        line for parent in parents_of(body, draft.bodies) if parent is not main for line in link(draft, body, parent)
    ]
    if body.kind == "arrangement" and main.kind in ("organisation", "arrangement"):
        lines += ["participants:", *(f"  {line}" for line in participant(draft, main))]
        links = [line for line in links if "participates-in" not in line]
    elif main.kind != "arrangement" and not links and not determines(main.lead, body.lead, 0.9):
        type_, _ = link_type(main, body)
        if type_ not in ("succeeds", "succeeded-by"):
            comment = "  # unsure: whether the two of one row have to do with each other"
            links = [line.split("  # ")[0] + comment for line in link(draft, body, main)]
    if links:
        lines += ["links:", *(f"  {line}" for line in links)]
    return lines


def _person(draft: TableDraft, column: DraftColumn, main: DraftBody) -> list[str] | None:
    """Who leads, where a column names people."""
    if column.kind != "person" or main.kind == "site":
        return None
    slot = column.slot
    role = next(
        (one for one in ("chair", "chief-executive", "director") if column.says([one.replace("-", " ")])), "lead"
    )
    named = draft.name_of(main)
    name = f", name: {quoted(named)}" if named else ""
    (key,) = draft.keyed(main, "in")
    return [
        "# each person whom a cell names plainly; any other cell stays the text above",
        "kind: person",
        f"each: {{of: {quoted('{' + slot + '}')}, people: true}}",
        'key: "person:{item.name|person-slug}"',
        'name: "{item.name}"',
        "posts:",
        f"  - {{{key}{name}, kind: {main.kind}, role: {role}}}  # unsure: the role",
    ]


def _unused(draft: TableDraft) -> Iterator[str]:
    """A comment for each column that is left over, with an example of what it holds."""
    left = [one for one in draft.columns if one.place not in draft.used and one.filled]
    if left:
        yield "# not used:"
    for column in left:
        yield f"#   {comment(column.heading)}: {comment(column.filled[0])[:60]}"


def _readable(column: DraftColumn) -> tuple[str, ...]:
    return ("readable",) if column.capitals else ()
