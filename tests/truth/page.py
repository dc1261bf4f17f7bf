"""Writes docs/truth.md: what the register of all shared files shows beside what it must (`make truth`)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.truth.rules import RULES, Rule

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "truth.md"
_HEAD = """\
# One true picture, measured
Rows that are each exact can make a picture that is false: sources of different years and kinds speak of the same
bodies. This page counts, in one register of all public files that the tests know, what a reader would have been told
wrongly. `make truth` imports them and writes it anew. The questions are in `tests/truth/rules.py`.

| what | first release | must be | is |
|---|---:|---:|---:|
"""


def measured(register: Path) -> dict[str, int]:
    """Return the answer to each rule's question, by what it is about."""
    with closing(sqlite3.connect(f"file:{register}?mode=ro", uri=True)) as connection:
        return {rule.about: _answer(connection, rule) for rule in RULES}


def _answer(connection: sqlite3.Connection, rule: Rule) -> int:
    if callable(rule.question):
        return rule.question(connection)
    (found,) = connection.execute(rule.question).fetchone()
    return int(found)


def page(found: dict[str, int]) -> str:
    """Return docs/truth.md."""
    lines = (f"| {one.about} | {one.before:,} | {one.must_be:,} | {found[one.about]:,} |\n" for one in RULES)
    return _HEAD + "".join(lines)
