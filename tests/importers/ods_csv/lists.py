"""Small lists in the shapes that ODS publishes, of organisations that do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from db.statements import Reading, RejectSaid, RowSaid, Statement
from importers.base import Input, ReadOptions
from importers.ods_csv.importer import importer


def row(code: str, name: str, **cells: str) -> list[str]:
    """A row with cells by column, counted from 1: `row("R1Z", "A TRUST", c11="20010401")`."""
    made = [code, name, *[""] * 25]
    made[21] = "0"
    for column, value in cells.items():
        made[int(column[1:]) - 1] = value
    return made


def trust(code: str = "R1Z", name: str = "MOORLAND NHS TRUST", **cells: str) -> list[str]:
    """A row of etr."""
    given = dict(c3="Y63", c4="QZZ", c5="MOOR HOUSE", c8="FELLTON", c9="CUMBRIA", c10="FE1 1AA", c11="20010401")
    return row(code, name, **(given | cells))


def practice(code: str = "A99901", name: str = "THE BECK SURGERY", **cells: str) -> list[str]:
    """A row of epraccur."""
    given = dict(c3="Y63", c4="QZZ", c5="BECK LANE", c6="FELLTON", c7="CUMBRIA", c10="FE1 2BB", c11="19900401")
    given |= dict(c13="A", c14="B", c15="99Z", c16="20130401", c18="01999 123456", c24="99Z", c26="4")
    return row(code, name, **(given | cells))


def commissioner(code: str = "98Z", name: str = "NHS FELLS AND DALES ICB - 98Z", **cells: str) -> list[str]:
    """A row of eccg."""
    given = dict(c3="Y63", c4="QZZ", c5="1 HIGH STREET", c8="FELLTON", c10="FE1 3CC", c11="20130401", c14="RO319")
    return row(code, name, **(given | cells))


def branch(code: str = "A99901001", name: str = "DR DALE", **cells: str) -> list[str]:
    """A row of ebranchs."""
    given = dict(c3="Y63", c4="QZZ", c5="2 MILL LANE", c8="FELLTON", c9="CUMBRIA", c10="FE1 4DD", c11="20040401")
    return row(code, name, **(given | dict(c15="A99901", c16="20040401") | cells))


def pharmacy(code: str = "PZZ1", name: str = "FELL CHEMISTS LTD", **cells: str) -> list[str]:
    """A row of epharmacyhq."""
    given = dict(c5="3 MILL LANE", c8="FELLTON", c9="CUMBRIA", c10="FE1 5EE", c11="20040401")
    return row(code, name, **(given | cells))


def practitioner(code: str = "G9999901", name: str = "DALE AB", sub_type: str = "O", **cells: str) -> list[str]:
    """A row of egpam about a person."""
    given = dict(c3="Y63", c4="QZZ", c5="BECK LANE", c10="FE1 2BB", c11="19990401", c13="A", c14=sub_type, c15="A99901")
    return row(code, name, **(given | dict(c16="19990401", c22="1") | cells))


def text(rows: Iterable[Sequence[str]], end: str = "\r\n", quoted: bool = True) -> str:
    """The rows as such files hold them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()


def source(content: str | bytes, name: str = "list.csv", path: str | None = None) -> Input:
    """An input that holds this and nothing else."""
    data = content.encode() if isinstance(content, str) else content
    return Input(name, name, lambda: io.BytesIO(data), len(data), path)


def read(
    content: str | bytes | list[list[str]], name: str = "list-2020-06.csv", published: str | None = None
) -> Reading:
    """What the importer makes of it."""
    if isinstance(content, list):
        content = text(content)
    return importer.read(source(content, name), ReadOptions(published=published))


def taken(reading: Reading) -> list[Statement]:
    """The statements of the rows that were taken."""
    return [one for row in reading.rows if isinstance(row, RowSaid) for one in row.statements]


def refused(reading: Reading) -> list[RejectSaid]:
    """The rows that were refused."""
    return [row for row in reading.rows if isinstance(row, RejectSaid)]


def only(rows: list[list[str]], name: str = "list-2020-06.csv", published: str | None = None) -> Statement:
    """The statement that the first row makes."""
    return taken(read(rows, name, published))[0]
