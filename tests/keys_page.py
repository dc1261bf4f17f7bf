"""Writes docs/keys.md from the registry of the explorer's actions (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.explorer.actions import ACTIONS, PLACES, Action
from tui.explorer.keynames import shown

PAGE = Path(__file__).parents[1] / "docs" / "keys.md"
_HEAD = """\
# Keys and commands of the explorer

What there is to do in [the explorer](explorer.md), place by place. This page is made from its registry of actions
(`make docs`); `?` shows the same, with your own keys. [Keys of your own](explorer.md#keys-of-your-own) go by the name
in the last column.
"""


def page() -> str:
    """Return docs/keys.md."""
    return "\n".join([_HEAD, *(_section(place, title) for place, title in PLACES.items()), *_commands()])


def _section(place: str, title: str) -> str:
    rows = [f"| {_keys(one)} | {one.words} | `{one.id}` |" for one in ACTIONS if one.place == place and one.keys]
    return "\n".join([f"## {title}", "| keys | does | name |", "|---|---|---|", *rows]) + "\n"


def _keys(action: Action) -> str:
    return " ".join(f"`{shown(key)}`" for key in action.keys)


def _commands() -> Iterator[str]:
    """Yield the section on what can be typed behind `:`, where anything can."""
    rows = [
        f"| `:{one.command.replace('|', chr(92) + '|')}` | {one.words} | {_keys(one)} | `{one.id}` |"
        for one in ACTIONS
        if one.command
    ]
    if rows:
        yield "\n".join(["## Commands", "| command | does | keys | name |", "|---|---|---|---|", *rows]) + "\n"


def _in_a_cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"renewed {PAGE}")
