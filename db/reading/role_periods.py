"""When a record had which role of ODS, read from the words in which the fact of a role has it."""

from __future__ import annotations

import re
from typing import NamedTuple

_DATE = r"[\dX]{4}(?:-\d\d){0,2}"


def _period(words: str, name: str) -> str:
    start, end = f"(?P<{name}since>{_DATE})", f"(?P<{name}until>{_DATE})"
    return (
        f"(?:, {words}(?:from {start}|{start.replace('since', 'first')} to {end}|"
        f"until {end.replace('until', 'last')}))?"
    )


_ROLE = re.compile(
    rf"(?P<label>.*?)(?:, primary)?{_period('', '')}{_period('legally ', 'legal_')}(?:, inactive)?", re.DOTALL
)


class RolePeriod(NamedTuple):
    """What a role is called, and its dates of both families as far as they are known."""

    label: str
    start: str | None
    end: str | None
    legal_start: str | None
    legal_end: str | None


def role_period(text: str) -> RolePeriod:
    """Return what the words of a role tell: `GP Practice, primary, from 2014-04-15, legally 2012 to 2013-03-31`."""
    found = _ROLE.fullmatch(text)
    if found is None:
        return RolePeriod(text, None, None, None, None)
    told = found.groupdict()
    return RolePeriod(
        told["label"],
        told["since"] or told["first"],
        told["until"] or told["last"],
        told["legal_since"] or told["legal_first"],
        told["legal_until"] or told["legal_last"],
    )
