"""Writes docs/schema.md and docs/datasette.yaml from the schema and db/schema/descriptions.yaml (`make docs`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from db.database.upgrade import upgrade

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "schema.md"
METADATA = ROOT / "docs" / "datasette.yaml"
DESCRIPTIONS = ROOT / "db" / "schema" / "descriptions.yaml"
_HEAD = """\
# The schema

What stands in a register's file. This page is made from the schema (`make docs`); [data.md](data.md) shows how to read
a register with other tools. Dates are text: `2016`, `2016-07`, `2016-07-08`, or `XXXX-07-08` where no year is stated.
Nothing means unknown.
"""
_MACHINERY = """\
## Machinery
How Interlock keeps what it was told, finds things and undoes imports. It may change in any version.
"""


@dataclass(frozen=True)
class Column:
    """A column of a table or view, with the table that it leads to."""

    name: str
    kind: str
    leads_to: str | None = None


@dataclass(frozen=True)
class Relation:
    """A table or view as the database knows it."""

    name: str
    is_view: bool
    columns: tuple[Column, ...] = field(default=())

    @property
    def is_machinery(self) -> bool:
        """Whether it is of no use to who reads a register."""
        return self.name.startswith("_")


def relations(said: Mapping[str, Any]) -> list[Relation]:
    """Return all tables and views of a new register in the order of what is said of them, without parts of others."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as register:
        upgrade(register)
        listed = register.execute("PRAGMA table_list").fetchall()
        found = [
            Relation(name, kind == "view", tuple(_columns(register, name)))
            for schema, name, kind, *_ in listed
            if schema == "main" and kind != "shadow" and not name.startswith("sqlite_")
        ]
    order = list(said)
    return sorted(found, key=lambda one: order.index(one.name))


def _columns(register: sqlite3.Connection, table: str) -> Iterator[Column]:
    leads_to = {row[3]: row[2] for row in register.execute(f"PRAGMA foreign_key_list({table})")}
    for _, name, kind, *_ in register.execute(f"PRAGMA table_info({table})"):
        yield Column(name, kind.lower(), leads_to.get(name))


def descriptions() -> dict[str, Any]:
    """Return what is said of each table and its columns."""
    said: dict[str, Any] = yaml.safe_load(DESCRIPTIONS.read_text("utf-8"))
    return said


def page(found: list[Relation], said: Mapping[str, Any]) -> str:
    """Return docs/schema.md."""
    people = [one for one in found if not one.is_machinery]
    parts = [_HEAD, "## Views\n"]
    parts += [_section(one, said[one.name]) for one in people if one.is_view]
    parts.append("## Tables\n")
    parts += [_section(one, said[one.name]) for one in people if not one.is_view]
    parts.append(_MACHINERY)
    rows = [f"| `{one.name}` | {said[one.name]['description']} |" for one in found if one.is_machinery]
    parts.append("\n".join(["| table | holds |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _section(one: Relation, said: Mapping[str, Any]) -> str:
    lines = [f"### {one.name}", said["description"], "", "| column | is |", "|---|---|"]
    for column in one.columns:
        leads = f" (a row of [{column.leads_to}](#{column.leads_to}))" if column.leads_to else ""
        lines.append(f"| `{column.name}` | {said['columns'][column.name]}{leads} |")
    return "\n".join(lines) + "\n"


def metadata(found: list[Relation], said: Mapping[str, Any]) -> str:
    """Return docs/datasette.yaml."""
    tables: dict[str, Any] = {}
    for one in found:
        if one.is_machinery:
            tables[one.name] = {"description": said[one.name]["description"], "hidden": True}
        else:
            columns = {column.name: said[one.name]["columns"][column.name] for column in one.columns}
            tables[one.name] = {"description": said[one.name]["description"], "columns": columns}
    whole = {
        "title": "Organisations and the arrangements between them",
        "databases": {"interlock": {"description": "A register made by Interlock", "tables": tables}},
    }
    text: str = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=130)
    return text


if __name__ == "__main__":
    texts = descriptions()
    everything = relations(texts)
    PAGE.write_text(page(everything, texts), "utf-8")
    METADATA.write_text(metadata(everything, texts), "utf-8")
    print(f"renewed {PAGE} and {METADATA}")
