"""The real public files read by a few lines of Python and by no importer."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

Cells = dict[str, str]


class Expected(NamedTuple):
    """What an import of one file into an empty register has to come to."""

    refused: int = 0
    types: dict[str, int] = {}
    """Records by type; those of no type, such as people, aside."""
    links: dict[str, int] = {}


def rows_of(path: Path) -> list[Cells]:
    """The rows of a CSV or JSON file under their headings."""
    data = path.read_bytes()
    if path.suffix == ".json":
        found: list[Cells] = json.loads(data)
        return found
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252")
    mark = "¬" if "¬" in text.partition("\n")[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))


def beginning(path: Path, lines: int, folder: Path) -> Path:
    """Return a copy in a folder of so many lines of a list, under its name: a sample, of which the same must hold."""
    cut = folder / path.name
    with path.open("rb") as stream:
        cut.write_bytes(b"".join(islice(stream, lines)))
    return cut


def bare_rows(path: Path) -> int:
    """How many rows a list without headings has."""
    with path.open(encoding="windows-1252", newline="") as stream:
        return sum(1 for row in csv.reader(stream) if row)


def sheet_rows(path: Path) -> int:
    """How many rows of data the sheets of a workbook have that hold a code of a network."""
    with zipfile.ZipFile(path) as book:
        texts = re.findall(rb"<si>(.*?)</si>", book.read("xl/sharedStrings.xml"), re.DOTALL)
        codes = {n for n, text in enumerate(texts) if re.fullmatch(rb"<t[^>]*>U\d{5}</t>", text)}
        found = 0
        for name in book.namelist():
            if re.match(r"xl/worksheets/sheet\d+\.xml", name):
                for row in re.findall(rb"<row .*?</row>", book.read(name), re.DOTALL):
                    found += any(int(n) in codes for n in re.findall(rb't="s"[^>]*><v>(\d+)</v>', row))
        return found


def distinct(rows: Iterable[Cells], *columns: str) -> int:
    """How many different texts, or pairs of them, some columns hold; empty ones aside."""
    return len({cells for row in rows if all(cells := tuple(row[name] for name in columns))})
