"""A bare pass of lxml over a release, nothing taken: what any importer that reads it with lxml takes at the least.

With `--insert DATABASE`, what a user would write instead: its rows put into tables by sqlite-utils, as they are.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from sqlite_utils import Database


def elements(path: Path) -> Iterator[etree._Element]:
    """Yield every organisation of a release, straight from its zip, emptied when the next is asked for."""
    with zipfile.ZipFile(path) as outer:
        for name in ("fullfile.zip", "archive.zip"):
            with outer.open(name) as stream, zipfile.ZipFile(stream) as inner, inner.open(inner.namelist()[0]) as xml:
                for _, element in etree.iterparse(xml, events=("end",), tag="{*}Organisation"):
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]


def organisation(element: etree._Element) -> dict[str, Any]:
    """One record as a flat row, whatever it holds."""
    row = {"code": element.find("OrgId").get("extension"), "name": element.findtext("Name")}
    for date in element.findall("Date"):
        kind = date.find("Type").get("value")
        row |= {f"{kind} {end.tag}": end.get("value") for end in date if end.tag != "Type"}
    row |= {part.tag: part.text for part in element.iterfind("GeoLoc/Location/*")}
    return row


def belongings(element: etree._Element, path: str) -> Iterator[dict[str, Any]]:
    """The roles or relationships of a record, a row each."""
    code = element.find("OrgId").get("extension")
    for one in element.iterfind(path):
        dates = {f"{date[0].get('value')} {end.tag}": end.get("value") for date in one.findall("Date") for end in date}
        target = one.find("Target/OrgId")
        far = target.get("extension") if target is not None else None
        yield {"code": code, "id": one.get("id"), "target": far, "status": one.find("Status").get("value"), **dates}


def insert(path: Path, database: Path) -> None:
    """Put a release into tables as one would by hand: a pass for each table, every row a dict."""
    register = Database(database)
    register.table("organisation").insert_all(map(organisation, elements(path)), alter=True)
    for table, where in (("role", "Roles/Role"), ("relationship", "Rels/Rel")):
        rows = (row for element in elements(path) for row in belongings(element, where))
        register.table(table).insert_all(rows, alter=True)
        register.table(table).create_index(["code"])


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="bare_pass", description=__doc__)
    parser.add_argument("--insert", type=Path, metavar="DATABASE")
    parser.add_argument("release", type=Path)
    options = parser.parse_args()
    if options.insert:
        insert(options.release, options.insert)
    else:
        print(sum(1 for _ in elements(options.release)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
