"""Writes the table of layers in docs/builtin.md from their manifest (`make docs`)."""

from __future__ import annotations

import os
from pathlib import Path

from importers.builtin_folders import VARIABLE
from importers.builtin_sources import layers
from tests.measured_pages import put_table

PAGE = Path(__file__).parents[2] / "docs" / "builtin.md"


def table() -> str:
    """Return a line for each layer, with a link to where its publisher puts it."""
    lines = ["| layer | day | publisher | licence |", "|---|---|---|---|"]
    for layer in layers():
        title = f"[{layer.title}]({layer.address})" if layer.address else layer.title
        lines.append(f"| {title} | {layer.day or 'not told'} | {layer.publisher or 'not told'} | {layer.licence} |")
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.pop(VARIABLE, None)
    put_table(PAGE, "layers", table())
    print(f"wrote {PAGE}")
