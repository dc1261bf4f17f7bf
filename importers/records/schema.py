"""The JSON Schema of the format, for editors that complete and check while one writes; made from the same tables.

Editors cannot know a file's own words, so a word of no vocabulary passes here and is checked when the file is imported.
Run as a module (`python -m importers.records.schema`) it writes `schema.json` anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from db.vocabularies import load_vocabularies
from importers.documents.shapes import Field, Shape, Want
from importers.records.record_format import (
    ADDRESS,
    EVENT,
    EVIDENCE,
    FACT,
    FORMAT,
    HEADER,
    IDENTIFIER,
    LINK,
    LINK_TYPE,
    LINK_VALUE,
    NAME,
    PARTICIPANT,
    POST,
    RECORD,
    RECORD_VALUE,
    SECTIONS,
    SOURCE,
    TERM,
)
from importers.records.words import FIXED, NAMES, types_of

FILE = Path(__file__).with_name("schema.json")
_DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?|XXXX-\d{2}(-\d{2})?)$"
_KEY = r"^[A-Za-z][A-Za-z0-9-]*:[^\s:]\S*$"
_NOTHING = {"type": "null"}
_PARTS = (
    EVIDENCE, NAME, IDENTIFIER, FACT, EVENT, PARTICIPANT, POST, LINK, ADDRESS, RECORD_VALUE, LINK_VALUE, SOURCE, TERM,
    LINK_TYPE,
)  # fmt: skip

SchemaNode = dict[str, Any]


def schema() -> SchemaNode:
    """Return the JSON Schema (2020-12) of a YAML or JSON file."""
    definitions: SchemaNode = {
        "text": {"type": ["string", "number", "boolean", "null"]},
        "date": {"anyOf": [{"type": "string", "pattern": _DATE}, {"type": "integer"}, _NOTHING]},
        "key": {"type": ["string", "null"], "pattern": _KEY},
        "flag": {"type": ["boolean", "null"]},
        "share": {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _NOTHING]},
        "value": {"type": ["string", "number", "boolean", "null"]},
    }
    definitions |= {shape.name: _shape(shape) for shape in _PARTS}
    definitions |= {f"{kind}_record": _shape(RECORD, kind) for kind in SECTIONS.values()}
    definitions |= _vocabularies()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "Organisations, arrangements, people, sites and documents, written by hand.",
        **_shape(HEADER),
        "$defs": definitions,
    }


def text() -> str:
    """Return the schema as the committed file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _shape(shape: Shape, kind: str | None = None) -> SchemaNode:
    """A mapping, or the bare text that may stand for it."""
    fields = [field for field in shape.fields if kind is None or kind in field.kinds]
    found: SchemaNode = {
        "type": "object",
        "properties": {field.name: {"description": field.doc, **_field(field, kind)} for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    if required:
        found["required"] = required
    short = shape.field(shape.short) if shape.short else None
    return {"anyOf": [_single(short, kind), found]} if short else found


def _field(field: Field, kind: str | None) -> SchemaNode:
    if field.name == "format":
        return {"const": FORMAT}
    if field.name in SECTIONS:
        return _listed({"$ref": f"#/$defs/{SECTIONS[field.name]}_record"})
    if field.name == "vocabulary":
        return _words()
    single = _single(field, kind)
    return {"anyOf": [single, {"type": "array", "items": single}, _NOTHING]} if field.many else single


def _single(field: Field, kind: str | None) -> SchemaNode:
    """One value of a key."""
    if field.want is Want.SHAPE and field.shape is not None:
        found: SchemaNode = {"$ref": f"#/$defs/{field.shape.name}"}
        return found if field.many else {"anyOf": [found, _NOTHING]}
    if field.want is Want.WORD:
        vocabulary = types_of(kind or "") if field.words == "types" else field.words
        return {"$ref": f"#/$defs/{vocabulary}"}
    if field.one_of:
        return {"enum": [*field.one_of, None]}
    return {"$ref": f"#/$defs/{field.want.value}"}


def _words() -> SchemaNode:
    """The section in which a file defines words of its own."""
    lists = {
        name: _listed({"$ref": f"#/$defs/{LINK_TYPE.name if name == 'link_types' else TERM.name}"}) for name in NAMES
    }
    return {"type": ["object", "null"], "properties": lists, "additionalProperties": False}


def _listed(items: SchemaNode) -> SchemaNode:
    return {"type": ["array", "null"], "items": items}


def _vocabularies() -> SchemaNode:
    """Every vocabulary: its words with their definitions, which editors show, and any text where files may add."""
    terms, link_types = load_vocabularies()
    words: dict[str, list[SchemaNode]] = {name: [] for name in (*NAMES, *FIXED)}
    for term in terms:
        if term.vocabulary in words:
            words[term.vocabulary].append({"const": term.name, "description": f"{term.label}: {term.definition}"})
    words["link_types"] = [
        {"const": kind.name, "description": f"{kind.forward} / {kind.reverse}: {kind.definition}"}
        for kind in link_types
    ]
    own = {"type": "string", "description": "A word that the file's own vocabulary defines."}
    return {
        name: {"anyOf": [*found, *([] if name in FIXED else [own]), _NOTHING]} for name, found in sorted(words.items())
    }


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
