"""A small sound file of each format that imports read, with the words that its import needs beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.same_practices import FORMS, PRACTICES_MAP
from tests.db.made_release import write_release
from tests.importers.ods_csv import lists
from tests.importers.ods_json import things
from tests.importers.records.files import STORY
from tests.importers.table import made
from tests.national.markup import document
from tests.national.things import File, Held, Org, Span
from tests.national.zips import zipped

PLACES_MAP = """\
format: interlock-map/1
id: places
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
    names: [{each: list, name: "{item}"}]
    opened: "{opened}"
    facts: [{property: place, text: "{place.town}"}]
    links: [{type: part-of, to: "ods:{parent}", name: "{parent_name}"}]
"""
PLACES: list[dict[str, Any]] = [
    {"code": f"V9{number}", "name": f"Place {number} Trust", "list": ["One", f"Two {number}"], "opened": f"201{number}",
     "place": {"town": "Sands"}, "parent": "V90", "parent_name": "Place 0 Trust"}
    for number in range(5)
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that is read without complaint: its name, what it holds, and a mapping where it is read by one."""

    file: str
    content: bytes
    mapping: str | None = None


def sound_files(folder: Path) -> dict[str, Sound]:
    """One of each format, made in a folder that is not looked at afterwards."""
    return dict(_sound_files(folder))


def _sound_files(folder: Path) -> Iterator[tuple[str, Sound]]:
    for form in FORMS:
        path = folder / form.file
        form.write(path, 6)
        mapped = PRACTICES_MAP if form.title.startswith("mapped") else None
        yield form.title, Sound(form.file, path.read_bytes(), mapped)
    trusts = lists.text([lists.trust(), lists.trust("R2Z", "FELL NHS TRUST"), lists.trust("", "NO CODE")]).encode()
    yield "ODS CSV, trusts", Sound("etr-2024-05.csv", trusts)
    practices = lists.text([lists.practice(), lists.practitioner()]).encode()
    yield "a zip of lists", Sound("lists.zip", zipped({"etr-2024-05.csv": trusts, "egpam-2024-06.csv": practices}))
    yield "records, a story", Sound("story.yaml", STORY.encode())
    story = yaml.safe_load(STORY.replace("2025-07", "'2025-07'").replace("2016-07", "'2016-07'"))
    yield "records, JSONL", Sound("story.jsonl", "\n".join(_lines(story)).encode())
    yield "FHIR", Sound("bundle.json", json.dumps(things.bundle(things.stu3(), things.r4())).encode())
    yield "ORD search", Sound("search.json", json.dumps({"Organisations": [things.line()]}).encode())
    yield "mapped JSON", Sound("places.json", json.dumps(PLACES, indent=1).encode(), PLACES_MAP)
    yield "mapped JSONL", Sound("places.jsonl", "\n".join(map(json.dumps, PLACES)).encode(), PLACES_MAP)
    rows = [list(PLACES[0]), *([str(value) for value in place.values()] for place in PLACES)]
    yield "mapped workbook of two sheets", Sound("w.xlsx", made.workbook(First=rows, Second=rows), PLACES_MAP)
    yield "ODS XML, release", Sound("release.zip", write_release(folder, "2026-09-25").read_bytes())
    trust = Held("RO197", Span("2001-04-01"), primary=True)
    body = Org("AB1", "A BODY", (trust,), Span("2001-04-01"))
    yield "ODS XML, bare", Sound("full.xml", document(File([body])).encode())


def _lines(story: dict[str, Any]) -> Iterator[str]:
    kinds = {
        "documents": "document",
        "organisations": "organisation",
        "arrangements": "arrangement",
        "people": "person",
    }
    yield json.dumps({name: value for name, value in story.items() if name not in kinds}, default=str)
    for plural, kind in kinds.items():
        for entry in story[plural]:
            yield json.dumps({"kind": kind, **entry}, default=str)
