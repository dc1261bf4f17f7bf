"""Tables in pages that whatever measured them writes: each between two comments that name it."""

from __future__ import annotations

from pathlib import Path


def put_table(page: Path, name: str, text: str) -> None:
    """Put a text where a page has the table of a name; raises ValueError where it has none."""
    before, begin, rest = page.read_text("utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition("<!-- end -->")
    if not (begin and end):
        raise ValueError(f"{page} has no place for the table '{name}'")
    page.write_text(f"{before}{begin}{text}\n{end}{after}", "utf-8")
