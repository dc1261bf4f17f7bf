"""How a source is named by whoever uses what it says."""

from __future__ import annotations

import pytest

from db.reports import SourceInfo
from tests.tui.fake_register import EVIDENCE
from tui.text.attribution import attribution
from tui.text.citation import citation


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
    assert attribution(info._replace(title="List, 2025")) == "List, 2025, July 2025: licence unknown"


def test_a_statement_is_cited_with_its_places_its_licence_and_the_day_it_was_read() -> None:
    info = SourceInfo("file:list", "NHS trusts", "An office", "2025-07", "OGL-UK-3.0", None, "ods-csv", None, 3)
    text = citation(
        "Wye Valley NHS Trust (ods:RLQ): opened 2011", [EVIDENCE[0], EVIDENCE[2]], {info.key: info},
        register="built-in register", today="2026-11-28", as_of="2016",
    )  # fmt: skip
    assert text.split("\n") == [
        "Wye Valley NHS Trust (ods:RLQ): opened 2011",
        "Source: Two trusts to form a group (publisher and date unknown): licence unknown",
        "  paragraph 3, stated",
        f"Source: {attribution(info)}",
        "  row 12, inferred: the list gives the code (confidence 70%)",
        "  https://example.org/list",
        "Read in Interlock on 28 November 2026: built-in register, as it stood on 2016",
    ]
    assert "No source is named" in citation("A", [], {}, register="R", today="2026-11-28")
