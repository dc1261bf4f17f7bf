"""The same made-up GP practices in each format that imports read, as many as are asked for, a row or record each.

Written as they are made, so that a million of them cost no memory here.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO

from tests.importers.ods_csv import lists
from tests.importers.ods_json import things
from tests.importers.table import made
from tests.national.names import PLACES, PLACES_WITHIN

PRACTICES_MAP = """\
format: interlock-map/1
id: practices
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
    type: gp-practice
    opened: "{opened}"
    address: {lines: ["{street}"], town: "{town}", postcode: "{postcode}"}
    identifiers:
      - {scheme: ods, value: "{code}"}
    links:
      - {type: commissioned-by, to: "ods:{board}", name: "{board_name}", start: "{joined}"}
"""
"""The mapping by which a table of them is read."""
HEADINGS = ("code", "name", "street", "town", "postcode", "opened", "board", "board_name", "joined")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUWXY"


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice and who commissions it."""

    code: str
    name: str
    street: str
    town: str
    postcode: str
    opened: str
    board: str
    board_name: str
    joined: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row in a table that is headed by `HEADINGS`."""
        return tuple(getattr(self, name) for name in HEADINGS)


def practices(number: int) -> Iterator[Practice]:
    """Make practices, the same ones each time."""
    rng = Random(1)
    for place in range(number):
        first, digits = divmod(place, 100_000)
        board = rng.randrange(106)
        town = rng.choice(PLACES)
        yield Practice(
            f"{_LETTERS[first]}{digits:05}",
            f"{rng.choice(PLACES_WITHIN)} SURGERY",
            f"{rng.randrange(1, 300)} {rng.choice(PLACES)} ROAD",
            town,
            f"{town[:2]}{rng.randrange(1, 20)} {rng.randrange(1, 10)}{_end_of_postcode(rng)}",
            f"{rng.randrange(1974, 2013)}-04-01",
            f"{board:02}Z",
            f"NHS {PLACES[board * 70]} CCG",
            f"2013-04-{rng.randrange(1, 29):02}",
        )


def _end_of_postcode(rng: Random) -> str:
    """The end of a postcode."""
    return rng.choice("ABDEFGHJLN") + rng.choice("PQRSTUWXYZ")


def write_ods_csv(path: Path, number: int) -> None:
    """The list epraccur."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL)
        for one in practices(number):
            given = dict(c5=one.street, c6=one.town, c10=one.postcode, c11=one.opened.replace("-", ""))
            given |= dict(c15=one.board, c16=one.joined.replace("-", ""), c24=one.board)
            rows.writerow(lists.practice(one.code, one.name, **given))


def write_table(path: Path, number: int) -> None:
    """A table with headings, and the mapping beside it."""
    path.with_suffix(".yaml").write_text(PRACTICES_MAP, "utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        rows.writerows(one.cells for one in practices(number))


def write_workbook(path: Path, number: int) -> None:
    """A workbook with the same table, and the mapping beside it."""
    path.with_suffix(".yaml").write_text(PRACTICES_MAP, "utf-8")
    marker = "<row/>"
    with zipfile.ZipFile(io.BytesIO(made.workbook_of({"Practices": marker}))) as empty:
        parts = {name: empty.read(name).decode() for name in empty.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if text != marker:
                archive.writestr(name, text)
        before, after = made.sheet_xml([]).split("</sheetData>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(before.encode())
            sheet.write(_sheet_row(1, HEADINGS))
            for line, one in enumerate(practices(number), 2):
                sheet.write(_sheet_row(line, one.cells))
            sheet.write(f"</sheetData>{after}".encode())


def _sheet_row(line: int, cells: tuple[str, ...]) -> bytes:
    written = "".join(made.cell(f"{chr(65 + place)}{line}", value) for place, value in enumerate(cells))
    return f'<row r="{line}">{written}</row>'.encode()


def _entry(one: Practice) -> dict[str, object]:
    """An entry of a records file."""
    return {
        "key": f"ods:{one.code}",
        "name": one.name,
        "type": "gp-practice",
        "opened": one.opened,
        "address": {"lines": [one.street], "town": one.town, "postcode": one.postcode},
        "identifiers": [{"scheme": "ods", "value": one.code}],
        "links": [{"type": "commissioned-by", "to": f"ods:{one.board}", "name": one.board_name, "start": one.joined}],
    }


def write_records_yaml(path: Path, number: int) -> None:
    """A records file as people write it."""
    with path.open("w", encoding="utf-8") as file:
        file.write("format: interlock-records/1\nid: practices\norganisations:\n")
        for one in practices(number):
            file.write(
                f"  - key: ods:{one.code}\n    name: {one.name}\n    type: gp-practice\n    opened: {one.opened}\n"
                f'    address: {{lines: ["{one.street}"], town: {one.town}, postcode: {one.postcode}}}\n'
                f"    identifiers:\n      - {{scheme: ods, value: {one.code}}}\n    links:\n"
                f"      - {{type: commissioned-by, to: ods:{one.board}, name: {one.board_name}, start: {one.joined}}}\n"
            )


def write_records_json(path: Path, number: int) -> None:
    """A records file that a program wrote."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"format": "interlock-records/1", "id": "practices", "organisations": ')
        _write_list(file, map(_entry, practices(number)))
        file.write("}")


def write_ods_json(path: Path, number: int) -> None:
    """Records of the ORD API in a list."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"Organisations": ')
        _write_list(file, map(_organisation, practices(number)))
        file.write("}")


def _organisation(one: Practice) -> things.Json:
    place = {"AddrLn1": one.street, "Town": one.town, "PostCode": one.postcode}
    held: things.Json = things.record(
        one.code,
        one.name,
        Date=[things.dated(one.opened)],
        GeoLoc={"Location": place},
        Roles={"Role": [things.role("RO177", start=one.opened, primaryRole=True)]},
        Rels={"Rel": [things.rel("RE4", one.board, "RO98", start=one.joined)]},
    )["Organisation"]
    return held


def _write_list(file: IO[str], items: Iterator[object]) -> None:
    file.write("[\n")
    for place, item in enumerate(items):
        file.write((",\n" if place else "") + json.dumps(item))
    file.write("\n]")


@dataclass(frozen=True, slots=True)
class Form:
    """A format: what people call it, the name of such a file, and what writes one."""

    title: str
    file: str
    write: Callable[[Path, int], None]


FORMS = (
    Form("ODS CSV", "epraccur-2024-05.csv", write_ods_csv),
    Form("mapped table, CSV", "practices.csv", write_table),
    Form("mapped table, XLSX", "practices.xlsx", write_workbook),
    Form("records, YAML", "records.yaml", write_records_yaml),
    Form("records, JSON", "records.json", write_records_json),
    Form("ODS JSON", "organisations.json", write_ods_json),
)
