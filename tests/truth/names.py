"""What is false about the names that bodies have in a register, told by rules that share nothing with the importers."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict

_LEGAL_BOARD = re.compile(r"NHS .+ Integrated Care Board\Z")
_WRONG_CAPITALS = re.compile(
    r"[a-z,)] (?:And|Of|For|Upon) [A-Z]|\b(?:Nhs|Icb|Icp|Ccg|Pcn|Cic|Gp)\b"
    r"|\b[A-Z]{2}[a-z]{3,}\b(?<!s)|\A[a-z]+ [a-z ]+\Z"
)
_SMALL_BY_MISTAKE = re.compile(r"& (?:with|of|for|in|on|at|by|to)\b|(?<!Walk)(?<!Drop) (?:la|le|in|on|of|by|de)\Z")
_TRUSTS = "('nhs-trust', 'nhs-foundation-trust')"


def boards_called_for_short(connection: sqlite3.Connection) -> int:
    """Count the boards that are called otherwise than by the legal name that some source gives them."""
    rows = connection.execute(
        "SELECT r.name, n.name FROM record r JOIN name n ON n.record_id = r.id WHERE r.type = 'integrated-care-board'"
    )
    return sum(bool(_LEGAL_BOARD.match(name)) and not _LEGAL_BOARD.match(shown) for shown, name in rows)


def legal_names_called_former(connection: sqlite3.Connection) -> int:
    """Count the former names that are the legal names of boards, or the present name in another spelling."""
    rows = connection.execute(
        "SELECT r.name, r.type, n.name FROM record r JOIN name n ON n.record_id = r.id WHERE n.kind = 'former'"
    )
    return sum(
        _words(shown) == _words(name) or (type_ == "integrated-care-board" and bool(_LEGAL_BOARD.match(name)))
        for shown, type_, name in rows
    )


def names_of_another_trust(connection: sqlite3.Connection) -> int:
    """Count the names that trusts with codes have and that another such trust has as well, former ones aside."""
    having: dict[str, set[int]] = defaultdict(set)
    for name, record in connection.execute(
        f"SELECT n.name, r.id FROM record r JOIN name n ON n.record_id = r.id WHERE r.type IN {_TRUSTS}"
        " AND r.key LIKE 'ods:%' AND n.kind <> 'former'"
    ):
        having[_words(name)].add(record)
    return sum(len(records) > 1 for records in having.values())


def wrong_capitals(connection: sqlite3.Connection) -> int:
    """Count the names of bodies, arrangements and sites with small words or initials in the wrong case."""
    rows = connection.execute(
        "SELECT n.name FROM record r JOIN name n ON n.record_id = r.id WHERE r.kind NOT IN ('document', 'person')"
    )
    return sum(bool(_WRONG_CAPITALS.search(name)) for (name,) in rows)


def small_by_mistake(connection: sqlite3.Connection) -> int:
    """Count the names that a source has in capitals, and of which initials or a shortened word came out small."""
    rows = connection.execute("SELECT name FROM name WHERE verbatim = upper(verbatim)")
    return sum(bool(_SMALL_BY_MISTAKE.search(name)) for (name,) in rows)


def _words(name: str) -> str:
    return " ".join(
        re.findall(r"\w+", name.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    ).removeprefix("the ")
