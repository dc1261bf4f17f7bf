"""The text that holds what the API answered: a heading, a record or the reason for none on each line, names at the end.

It is what the importer `ods-api` reads, so that what is fetched and what is said of it are apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from importers.ods_json.importer import FETCHED

VERSION = "1"
NAMES = '{"names":'
REFUSED = '{"refused":'


def heading(fetched: str, url: str, since: str | None = None) -> str:
    """The first line: the day of which the records tell, and where they come from."""
    told = {"interlock": f"ods-api/{VERSION}", "fetched": fetched, "url": url} | ({"since": since} if since else {})
    line = json.dumps(told, separators=(",", ":"))
    assert line.startswith(FETCHED)
    return line


def refusal(reason: str, value: str) -> str:
    """The line in the place of a record that could not be had."""
    return REFUSED + json.dumps({"reason": reason, "value": value}) + "}"


def names(known: Mapping[str, str]) -> str:
    """The last line, which says that nothing is missing before it: what roles and relationships are called."""
    return NAMES + json.dumps(dict(known)) + "}"
