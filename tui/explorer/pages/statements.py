"""What is said of a record: facts by property, those that bodies stay separate first, and what happened when."""

from __future__ import annotations

from collections.abc import Mapping

from db.dates import order
from db.model import Event, Fact
from tui.explorer.pages.groups import capital, cut, how_many
from tui.explorer.pages.items import Entry, Frame, Group, Row, copied, length, piece, wrap
from tui.text import wording

_SEPARATE = ("independence", "not-a-merger")
"""Properties that say that bodies stay separate."""

_ROWS = 12
"""Rows that one statement takes at most."""


def fact_groups(facts: tuple[Fact, ...], frame: Frame, shown: Mapping[str, int]) -> tuple[list[Group], list[Group]]:
    """Return the groups that say what stays separate, and those of all other facts."""
    separate = [fact for fact in facts if fact.property in _SEPARATE]
    by_label: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.property not in _SEPARATE:
            by_label.setdefault(fact.label or fact.property, []).append(fact)
    others = [_group(label, found, frame, shown) for label, found in by_label.items()]
    if not separate:
        return [], others
    group = _group("stays separate", separate, frame, shown, "separate")
    group.style = "separate-label"
    return [group], others


def _group(label: str, facts: list[Fact], frame: Frame, shown: Mapping[str, int], style: str = "prose") -> Group:
    """Return the facts of one label, the longest wrapped."""
    ident = f"facts:{label}"
    entries = []
    for n, fact in enumerate(facts[: how_many(ident, shown)]):
        text = wording.fact_words(fact)
        rows: list[Row] = [(piece(line, style),) for line in wrap(text, frame.body, _ROWS)]
        entries.append(Entry(rows, f"{ident}:{n}", evidence=fact.evidence, copy=copied(fact.label, text)))
    return cut(Group(capital(label), entries), ident, len(facts), frame)


def timeline_group(events: tuple[Event, ...], frame: Frame, shown: Mapping[str, int]) -> Group:
    """Return what happened, oldest first, undated last; dates stand in a column where there is room."""
    chosen = sorted(events, key=lambda event: order(event.date))[: how_many("timeline", shown)]
    dates = [piece(wording.date_words(event.date), "date") for event in chosen]
    column = max((length((when,)) for when in dates), default=0) + 2
    beside = column <= frame.body // 2
    entries = []
    for n, (event, when) in enumerate(zip(chosen, dates, strict=True)):
        text = wording.event_words(event)
        rows: list[Row]
        if beside:
            first, *others = wrap(text, frame.body - column, _ROWS)
            rows = [(when, piece(" " * (column - length((when,)))), piece(first, "prose"))]
            rows += [(piece(" " * column), piece(line, "prose")) for line in others]
        else:
            rows = [(piece(when.text, "date", frame.body),)]
            rows += [(piece(line, "prose"),) for line in wrap(text, frame.body, _ROWS)]
        copy = copied(event.date or "date not stated", event.kind, text)
        entries.append(Entry(rows, f"event:{n}", evidence=event.evidence, copy=copy))
    return cut(Group("Timeline", entries), "timeline", len(events), frame)
