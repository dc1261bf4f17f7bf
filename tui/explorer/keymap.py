"""The keys of the explorer: defaults of `actions`, changed by the user's `keys.toml`, checked before they are used.

Textual ignores unknown ids and lets the last of two clashing keys win in silence; here each is told in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from db.nearest_word import nearest_word
from tui.explorer.actions import ACTIONS, CHAINS, Action
from tui.explorer.keynames import KeyNameError, canonical, is_letter, shown
from tui.explorer.user_toml import read_toml, user_file
from tui.text.safe import clip, visible

_BY_ID = {action.id: action for action in ACTIONS}
FILE = "keys.toml"
"""What a user writes keys of their own into."""
_REQUIRED = ("quit-now",)
_NO_KEY = "no-such-key"
"""What Textual is told for an action without keys: it binds no empty text, and takes one for no change."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each action has; `problems` says, a line each, what of the user's file was not taken."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def of(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action, in Textual's names."""
        return self.keys[action_id]

    def display(self, action_id: str, *, typing: bool = False, plain: bool = False) -> str:
        """Return the first key of an action as a person reads it, empty where it has none.

        While `typing`, keys that would be letters do not count; `plain` stays in ASCII.
        """
        keys = [key for key in self.keys[action_id] if not (typing and is_letter(key))]
        return shown(keys[0], plain=plain) if keys else ""

    def changes(self) -> dict[str, str]:
        """Return what differs from the defaults, as Textual's `set_keymap` takes it."""
        return {name: ",".join(keys) or _NO_KEY for name, keys in self.keys.items() if keys != _BY_ID[name].keys}


def defaults() -> Keymap:
    """Return the keymap of a user who has changed nothing."""
    return Keymap({action.id: action.keys for action in ACTIONS})


def bindings(place: str) -> list[BindingType]:
    """Return the bindings of a place, each with its id, for a widget's or screen's `BINDINGS`."""
    return [
        Binding(",".join(one.keys) or _NO_KEY, one.run, one.words, show=False, id=one.id, priority=one.priority)
        for one in ACTIONS
        if one.place == place
    ]


def load() -> Keymap:
    """Return the keymap with the user's changes; a file that cannot be read leaves the defaults and says why."""
    try:
        data = read_toml(user_file(FILE))
    except ValueError as error:
        return _refused(str(error))
    wanted = data.get("keys", data)
    return remap(wanted) if isinstance(wanted, dict) else _refused("'keys' is not a table")


def _refused(reason: str) -> Keymap:
    return Keymap(defaults().keys, (visible(f"{FILE}: {reason}: your keys are not used, the usual ones work"),))


def remap(wanted: Mapping[str, object]) -> Keymap:
    """Return the defaults with the changes wanted (id → key, or list of keys), without those that cannot work."""
    problems: list[str] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in wanted.items():
        if name not in _BY_ID:
            near = nearest_word(name, _BY_ID)
            hint = f", did you mean '{near}'?" if near else ""
            problems.append(f"keys.toml: unknown action '{clip(name, 40)}'{hint}")
            continue
        keys = _read_keys(name, value, problems)
        if keys is not None:
            chosen[name] = keys
    return Keymap(*_without_clashes(chosen, problems))


def _read_keys(action_id: str, value: object, problems: list[str]) -> tuple[str, ...] | None:
    """Return the usable keys of one entry, None where none is; an empty list takes an action's keys away."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        problems.append(f"keys.toml: {action_id}: a key or a list of keys is wanted")
        return None
    keys: list[str] = []
    for name in names:
        try:
            keys.append(canonical(name))
        except KeyNameError as error:
            problems.append(f"keys.toml: {action_id}: {error}")
    if not keys and (names or action_id in _REQUIRED):
        if not names:
            problems.append(f"keys.toml: {action_id}: needs a key, so it keeps {shown(_BY_ID[action_id].keys[0])}")
        return None
    return tuple(dict.fromkeys(keys))


def _without_clashes(
    chosen: dict[str, tuple[str, ...]], problems: list[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the whole keymap: a user's key beats a default one, of two of the user's the first stays."""
    final = {action.id: action.keys for action in ACTIONS} | chosen
    for first, second, key in clashes(final):
        loser = second if first in chosen or second not in chosen else first
        winner = first if loser == second else second
        if key not in final[loser] or key not in final[winner]:
            continue
        left = tuple(other for other in final[loser] if other != key)
        if loser in _REQUIRED and not left:
            loser, winner = winner, loser
            left = tuple(other for other in final[loser] if other != key)
        final[loser] = left
        problems.append(f"keys.toml: '{shown(key)}' is both '{winner}' and '{loser}': it stays with '{winner}'")
    return final, tuple(problems)


def clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str, str]]:
    """Yield each pair of actions that would have the same key in the same place, with the key."""
    told: set[tuple[str, str, str]] = set()
    for chain in CHAINS:
        owner: dict[str, Action] = {}
        for action in ACTIONS:
            if action.place not in chain:
                continue
            for key in keys[action.id]:
                if key not in owner:
                    owner[key] = action
                    continue
                clash = (owner[key].id, action.id, key)
                if clash not in told and owner[key].run != action.run:
                    told.add(clash)
                    yield clash
