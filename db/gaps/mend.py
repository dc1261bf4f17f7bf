"""The commands that mend gaps, ready to be pasted into a shell."""

from __future__ import annotations

import re
from shlex import quote

_ODS = re.compile(r"ods:[A-Z0-9]+\Z")


def by_hand(key: str) -> str:
    """Return what writes a record into a file, to be corrected there and imported again."""
    return f"interlock export {quote(key)} --to records > mend.yaml"


def by_register(key: str) -> str:
    """Return what asks ODS for a body anew; of one that has no code there, what corrects it by hand."""
    return f"interlock import {quote(key)}" if _ODS.match(key) else by_hand(key)


def by_merging(one: str, other: str) -> str:
    """Return what makes one record of two."""
    return f"interlock merge {quote(one)} {quote(other)}"
