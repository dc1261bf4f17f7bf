"""The stories of the built-in register as their files have them, for those who compare them with their texts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from db.vocabularies import load_vocabularies
from importers.records.record_format import SECTIONS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "importers/builtin/stories").glob("*.yaml"))
SHARED = Path(os.environ.get("INTERLOCK_SHARED", ROOT.parent / "shared"))
WRITTEN = {
    "doc:foundation-group-announcement": ["documents/000_a2c40b8215e4b17f.txt"],
    "doc:blackburn-management-merger": ["documents/001_bd929f26a5ba1773.txt"],
    "doc:dgt-trust-strategy": ["documents/002_14fbe46db2f6dc0a.txt"],
    "doc:partnership-working-together": ["documents/003_19662b7d96a19c17.txt"],
    "doc:nhs-confederation-stp-response": ["documents/004_1a46e7c0e58dd052.txt"],
    "doc:ods-nhs-trusts": ["data/ods-csv/etr-2015.csv"],
    "doc:stp-partner-mapping-2019": ["data/stp/stp-partner-mapping-2019-04_partners.csv"],
}
Entry = dict[str, Any]


@cache
def stories() -> dict[str, Entry]:
    """Return every built-in file by name."""
    return {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FILES}


def records() -> Iterator[tuple[str, str, Entry]]:
    """Yield file, kind and entry of every record."""
    for name, story in stories().items():
        for section, kind in SECTIONS.items():
            for entry in story.get(section, []):
                yield name, kind, entry


def record(key: str) -> Entry:
    """Return the one entry with a key."""
    (entry,) = [entry for _, _, entry in records() if entry["key"] == key]
    return entry


def ties(entry: Entry) -> list[Entry]:
    """Return the participants, posts and links of an entry."""
    return [tie for part in ("participants", "posts", "links") for tie in entry.get(part) or []]


def items(entry: Entry) -> Iterator[Entry]:
    """Yield everything in an entry that needs evidence."""
    for part in ("names", "identifiers", "facts", "events"):
        yield from entry.get(part) or []
    for tie in ties(entry):
        yield tie
        yield from tie.get("facts") or []


def evidence(item: Entry) -> list[Entry]:
    """Return what an item names as its evidence, each as a mapping."""
    said = item.get("evidence") or []
    found = said if isinstance(said, list) else [said]
    return [{"locator": one} if isinstance(one, str) else one for one in found]


@cache
def words(vocabulary: str) -> set[str]:
    """Return the words of a vocabulary."""
    return {term.name for term in load_vocabularies()[0] if term.vocabulary == vocabulary}
