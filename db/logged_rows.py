"""The tables that a run may change, and their rows as the change log keeps them.

Apart from `db.store.changelog`, because making the classes of statements takes 24 ms that reading the log does without.
"""

from __future__ import annotations

import json
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "record": (
        "id", "key", "kind", "type", "name", "status", "open", "opened", "closed", "legal_opened", "legal_closed",
        "form", "legal_form", "legal_basis", "basis_status", "summary", "address", "town", "postcode",
        "placeholder", "gone", "county", "country",
    ),
    "source": (
        "id", "key", "title", "publisher", "published", "url", "licence", "format", "series", "full", "complete",
        "path", "digest", "record_id", "run_id", "living",
    ),
    "name": ("id", "record_id", "name", "kind", "since", "until", "verbatim"),
    "identifier": ("id", "record_id", "scheme", "value"),
    "link": (
        "id", "source_id", "target_id", "type_id", "role", "since", "until", "legal_since", "legal_until", "status",
        "gone",
    ),
    "fact": ("id", "record_id", "link_id", "property", "value", "unit", "as_of", "text"),
    "event": ("id", "record_id", "date", "kind", "text"),
    "value": ("id", "record_id", "link_id", "what", "value", "chosen", "why"),
    "evidence": ("id", "source_id", "locator", "quote", "basis", "confidence", "claimant_id", "note", "as_of"),
    "_statement": ("id", "record_id", "source_id", "line", "digest", "body", "withdrawn", "ended"),
    "_sole": ("id", "evidence_id", "digest"),
    "_stated_twice": ("id",),
    "suggestion": ("id", "run_id", "record_id", "rule", "what", "confidence", "candidates", "state"),
    "term": ("id", "vocabulary", "name", "label", "definition", "source", "extra"),
    "link_type": (
        "id", "name", "forward", "reverse", "category", "owner", "source_kinds", "target_kinds", "definition", "source",
        "position",
    ),
}  # fmt: skip
"""The tables that a run may change, parents before children, with their columns; a new column comes last."""
SUBJECTS = ("record", "name", "identifier", "link", "fact", "event", "value")
"""The tables whose rows may have evidence of their own."""


def kept_row(table: str, before: str) -> list[Any]:
    """Return a row as a run kept it, in the order of COLUMNS; columns that the table got since then are empty."""
    values: list[Any] = json.loads(before)
    return values + [None] * (len(COLUMNS.get(table, ())) - len(values))
