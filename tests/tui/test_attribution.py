"""How a source is named by whoever uses what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.reports import SourceInfo
from tui.text.attribution import attribution


@pytest.mark.parametrize(
    ("publisher", "published", "licence", "words"),
    [
        ("NHS England", "2025-07", "OGL-UK-3.0",
         "List, NHS England, July 2025: contains public sector information licensed under the Open Government Licence "
         "v3.0"),
        (None, None, "MIT", "List: MIT"), (None, "2026", None, "List, 2026: licence unknown"),
        ("A", None, "CC0-1.0", "List, A: CC0-1.0, no attribution asked for"),
    ],
)  # fmt: skip
def test_a_source_is_named_as_its_licence_asks(
    publisher: str | None, published: str | None, licence: str | None, words: str
) -> None:
    info = SourceInfo("file:list", "List", publisher, published, licence, None, "ods-csv", None, 3)
    assert attribution(info) == words


def test_the_day_of_a_source_is_said_once() -> None:
    info = SourceInfo("file:list", "List, July 2025", None, "2025-07", None, None, "ods-csv", None, 3)
    assert attribution(info) == "List, July 2025: licence unknown"
    assert attribution(replace(info, title="List, 2025")) == "List, 2025, July 2025: licence unknown"
