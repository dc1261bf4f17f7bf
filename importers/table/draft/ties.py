"""How the bodies of a row are tied to one another in a draft: who takes part in what, and further links."""

from __future__ import annotations

from collections.abc import Sequence

from db import identifiers, keys
from importers.records.words import FileWords
from importers.table.cells import TableRow
from importers.table.draft.bodies import DraftBody, is_later, parents_of
from importers.table.draft.columns import DraftColumn
from importers.table.draft.headings import words
from importers.table.draft.lines import comment, quoted
from importers.table.draft.table_draft import TableDraft
from importers.table.language.conditions import plain

_CODES = 0.8
"""The share of parts that must be codes for a list to be one of codes."""
MOST_STATES = 40
"""Different words of a column that a draft lists."""


def ties(draft: TableDraft, main: DraftBody) -> tuple[list[str], list[str]]:
    """How the body of a row is tied to others: who takes part in it, and its links."""
    participants: list[str] = []
    links: list[str] = []
    for body in parents_of(main, draft.bodies):
        if body.kind == "arrangement" and main.kind in ("organisation", "arrangement"):
            continue
        if main.kind == "arrangement" and leads(body):
            continue
        links += link(draft, main, body)
    for column in draft.columns:
        if column.kind in ("members", "list") and column.place not in draft.used and main.kind == "arrangement":
            participants += _members(draft, column)
        elif column.kind == "member" and main.kind == "arrangement":
            participants.append(_member(draft, column))
        elif column.kind == "list" and column.place not in draft.used:
            links += _predecessors(draft, column, main)
    if main.kind == "arrangement":
        for body in draft.bodies[1:]:
            if body.kind == "organisation" and (leads(body) or body not in parents_of(main, draft.bodies)):
                participants += participant(draft, body, "lead" if leads(body) else "member")
        participants += _nested(draft)
    return participants, links


def link(draft: TableDraft, body: DraftBody, other: DraftBody) -> list[str]:
    """The link of a body to another of the row."""
    type_, unsure = link_type(body, other)
    end = "to"
    if type_ == "succeeds":
        type_, end = "succeeded-by", "from"
    named = draft.name_of(other)
    name = f", name: {quoted(named)}" if named else ""
    kind = f", kind: {other.kind}" if other.kind != "organisation" else ""
    (key,) = draft.keyed(other, end)
    unsaid = f"  # unsure: how {comment(body.called)} is tied to {comment(other.called)}" if unsure else ""
    return [f"- {{type: {type_}, {key}{name}{kind}{_unless_same(body, other)}}}{unsaid}"]


def _unless_same(body: DraftBody, other: DraftBody) -> str:
    """The condition that keeps a body from being tied to itself, where the two columns may hold the same."""
    for mine, theirs in ((body.lead, other.lead), (body.name, other.name)):
        if mine is not None and theirs is not None and mine is not theirs and body.lead.kind == other.lead.kind:
            if any(one and plain(one) == plain(two) for one, two in zip(mine.values, theirs.values, strict=True)):
                return f", unless: {{{quoted(mine.slot)}: {{same: {quoted(theirs.slot)}}}}}"
    return ""


def participant(draft: TableDraft, body: DraftBody, role: str = "member") -> list[str]:
    """A body that takes part in the arrangement of the row, with the dates on which it did."""
    (key,) = draft.keyed(body, "who")
    named = draft.name_of(body)
    name = f", name: {quoted(named)}" if named else ""
    dates = ""
    for column in joined(draft):
        end = "start" if column.says(words()["columns"]["joined"]) else "end"
        dates += f", {end}: {quoted(draft.slot(column))}"
    return [f"- {{{key}{name}, role: {role}{dates}}}"]


def _members(draft: TableDraft, column: DraftColumn) -> list[str]:
    each = draft.each(column)
    share = _codes_among(column)
    if share == 1 or (share >= _CODES and column.kind == "list"):
        return [f'- {{each: {each}, who: "ods:{{item|code}}", role: member}}']
    if column.kind == "list":
        return []
    if share:
        name = 'name: {of: "{item}", unless: {"item|code": true}}'
        return [f'- {{each: {each}, who: ["ods:{{item|code}}", "org:{{item|slug}}"], {name}, role: member}}']
    return [f'- {{each: {each}, who: "org:{{item|slug}}", name: "{{item}}", role: member}}']


def _member(draft: TableDraft, column: DraftColumn) -> str:
    """A participant in a column of its own, be it by its code or by its name."""
    one = draft.slot(column)
    code, slug = draft.slot(column, "code"), draft.slot(column, "slug")
    name = f"{{of: {quoted(one)}, unless: {{{quoted(code[1:-1])}: true}}}}"
    return f"- {{who: [{quoted('ods:' + code)}, {quoted('org:' + slug)}], name: {name}, role: member}}"


def _predecessors(draft: TableDraft, column: DraftColumn, main: DraftBody) -> list[str]:
    known = words()["links"]
    end = "from" if column.says(known["succeeds"]) else "to" if column.says(known["succeeded-by"]) else None
    if end is None or _codes_among(column) < _CODES or main.kind not in ("organisation", "arrangement", "site"):
        return []
    return [f'- {{each: {draft.each(column)}, type: succeeded-by, {end}: "ods:{{item}}"}}']


def _nested(draft: TableDraft) -> list[str]:
    """Participants in a list of mappings, as JSON has it."""
    found = []
    for name, rows in draft.table.nested.items():
        inner = {key for row in rows[:200] for key in row.values}
        key = next((one for one in ("key", "ods_code", "code", "ods code", "id") if one in inner), None)
        named = next((one for one in ("name", "organisation", "title") if one in inner), None)
        if key is None and named is None:
            continue
        ways = [_item_key(key, rows)] if key else []
        ways += [f"org:{{item.{named}|slug}}"] if named else []
        parts = [f"each: {quoted(name + '?')}", f"who: [{', '.join(map(quoted, ways))}]"]
        parts += [f"name: {quoted(f'{{item.{named}}}')}"] if named else []
        roles = {text for row in rows if (text := row.text("role"))} if "role" in inner else set()
        known = FileWords().known("roles")
        if roles:
            given = ", ".join(
                f"{quoted(one)}: {one if one in known else 'member'}" for one in sorted(roles)[:MOST_STATES]
            )
            parts.append(f"role: {{of: {quoted('{item.role}')}, words: {{{given}}}, others: member}}")
        else:
            parts.append("role: member")
        for side, names in (
            ("start", ("since", "start", "start_date", "from")),
            ("end", ("until", "end", "end_date", "to")),
        ):
            column = next((one for one in names if one in inner), None)
            parts += [f"{side}: {quoted(f'{{item.{column}}}')}"] if column else []
        found.append("- {" + ", ".join(parts) + "}")
    return found


def leads(body: DraftBody) -> bool:
    """Whether a heading says that a body leads what the row is about."""
    return body.says(["lead", "leads", "led by", "host", "hosted by"])


def joined(draft: TableDraft) -> list[DraftColumn]:
    """The columns that tell since when, and until when, somebody takes part."""
    known = words()["columns"]
    return [one for one in draft.columns if one.kind == "date" and one.says([*known["joined"], *known["left"]])]


def _codes_among(column: DraftColumn) -> float:
    """Which share of the parts of its cells are codes of ODS."""
    parts = [part.strip() for text in column.filled for part in text.split(column.split or ";") if part.strip()]
    return sum(identifiers.is_one("ods", part) and part == part.upper() for part in parts) / max(1, len(parts))


def _item_key(key: str, rows: Sequence[TableRow]) -> str:
    """The key of an item: as it stands where it is one, else by its scheme."""
    texts = [text for row in rows[:200] if (text := row.text(key))]
    if texts and all(keys.split(text) is not None for text in texts):
        return f"{{item.{key}}}"
    return f"ods:{{item.{key}|code}}"


def link_type(body: DraftBody, other: DraftBody) -> tuple[str, bool]:
    """How a body is tied to another above it, and whether that is a guess."""
    types = FileWords().link_types
    if body.kind == other.kind and is_later(body.lead, other.lead):
        return "succeeded-by", True
    known: dict[str, list[str]] = words()["links"]
    for name, phrases in known.items():
        type_ = types["succeeded-by" if name == "succeeds" else name]
        if not other.says(phrases) or body.kind not in type_.source_kinds or other.kind not in type_.target_kinds:
            continue
        if name in ("succeeded-by", "succeeds") and body.kind != other.kind:
            continue
        if name == "operated-by" and body.kind != "site":
            continue
        if name == "in-geography-of" and body.type == "sub-icb-location" and other.type == "integrated-care-board":
            return "sub-division-of", False
        return name, name == "sub-division-of"
    if body.type is not None and body.type == other.type:
        return "succeeded-by", True
    if other.kind == "site":
        return {"site": "part-of", "organisation": "provides-services-at"}.get(body.kind, "located-at"), True
    if body.kind == "site":
        return "operated-by", True
    return "in-geography-of" if other.type else "part-of", True
