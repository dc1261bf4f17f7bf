"""What one would use instead, on the same names: brute force, plain full-text search, trigrams, fzf."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from db.search.text import plain
from tests.benchmarks.searching.measuring import Search
from tests.benchmarks.searching.queries import Named, normalised

_SHOWN = 10


def brute_force(records: list[Named]) -> Search:
    """WRatio over every name as it is."""
    return _extracting([one.name for one in records], records, str)


def brute_force_normalised(records: list[Named]) -> Search:
    """WRatio over every name, names and query written as the index writes them."""
    return _extracting([normalised(one.name) for one in records], records, normalised)


def _extracting(names: list[str], records: list[Named], spelt: Callable[[str], str]) -> Search:
    def search(text: str) -> list[str]:
        hits = process.extract(spelt(text), names, scorer=fuzz.WRatio, limit=_SHOWN)
        return [records[place].key for _, _, place in hits]

    return search


def full_text(records: list[Named]) -> Search:
    """FTS5 as its manual shows it: every word as the start of one, ranked by bm25."""
    conn = _table(records, "prefix = '2 3'")
    return lambda text: _keys(conn, records, " AND ".join(f'"{word}" *' for word in plain(text).split()))


def trigrams(records: list[Named]) -> Search:
    """FTS5 with the trigram tokenizer, any trigram of the text, ranked by bm25."""
    conn = _table(records, "tokenize = 'trigram'")

    def search(text: str) -> list[str]:
        words = plain(text)
        parts = dict.fromkeys(words[place : place + 3] for place in range(len(words) - 2))
        return _keys(conn, records, " OR ".join(f'"{part}"' for part in parts))

    return search


def _table(records: list[Named], options: str) -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:")
    conn.execute(f"CREATE VIRTUAL TABLE names USING fts5 (name, {options})")
    conn.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", ((n, one.name) for n, one in enumerate(records)))
    return conn


def _keys(conn: sqlite3.Connection, records: list[Named], match: str) -> list[str]:
    sql = f"SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT {_SHOWN}"
    return [records[row[0]].key for row in conn.execute(sql, (match,))] if match else []


def fzf(records: list[Named], folder: Path) -> Search | None:
    """`fzf --filter` as a process over a file of the names; None where it is not installed."""
    if shutil.which("fzf") is None:
        return None
    path = names_file(records, folder)

    def search(text: str) -> list[str]:
        with path.open("rb") as names:
            done = subprocess.run(fzf_command(text), stdin=names, capture_output=True, check=False)
        return [line.partition("\t")[2] for line in done.stdout.decode().split("\n", _SHOWN)[:_SHOWN]]

    return search


def fzf_command(text: str) -> tuple[str, ...]:
    """The command line that filters names with their keys by a text."""
    return ("fzf", "--filter", text, "--delimiter", "\t", "--nth", "1")


def names_file(records: list[Named], folder: Path) -> Path:
    """Write the names, each with its key after a tab, as fzf reads them."""
    path = folder / "names.txt"
    path.write_text("".join(f"{one.name}\t{one.key}\n" for one in records), "utf-8")
    return path
