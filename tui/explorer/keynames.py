"""Names of keys: what people write, what Textual calls them, what the footer shows, and which keys never arrive."""

from __future__ import annotations

import re
import unicodedata

_NAMED = {
    "enter", "escape", "tab", "space", "backspace", "delete", "insert", "up", "down", "left", "right",
    "home", "end", "pageup", "pagedown", *(f"f{number}" for number in range(1, 13)),
}  # fmt: skip
_SPELLINGS = {"return": "enter", "esc": "escape", "del": "delete", "ins": "insert", "pgup": "pageup",
              "pgdn": "pagedown", "page_up": "pageup", "page_down": "pagedown", "spacebar": "space"}  # fmt: skip
_SIGNS = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign", "%": "percent_sign",
    "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis", ")": "right_parenthesis", "*": "asterisk",
    "+": "plus", ",": "comma", "-": "minus", ".": "full_stop", "/": "slash", ":": "colon", ";": "semicolon",
    "<": "less_than_sign", "=": "equals_sign", ">": "greater_than_sign", "?": "question_mark", "@": "at",
    "[": "left_square_bracket", "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent",
    "_": "underscore", "`": "grave_accent", "{": "left_curly_bracket", "|": "vertical_line",
    "}": "right_curly_bracket", "~": "tilde",
}  # fmt: skip
_BY_SIGN_NAME = {name: sign for sign, name in _SIGNS.items()}
_SAME_AS = {"ctrl+m": "Enter", "ctrl+i": "Tab", "ctrl+h": "Backspace", "ctrl+[": "Escape",
            "ctrl+left_square_bracket": "Escape"}  # fmt: skip
_SHOWN = {"enter": "↵", "backspace": "⌫", "escape": "Esc", "tab": "Tab", "space": "Space", "up": "↑", "down": "↓",
          "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
          "delete": "Del", "insert": "Ins"}  # fmt: skip
_PLAIN = {"enter": "Enter", "backspace": "Bksp", "up": "Up", "down": "Down", "left": "Left", "right": "Right"}


class KeyNameError(ValueError):
    """The text names no key, or one that a plain terminal cannot send."""


def canonical(text: str) -> str:
    """Return Textual's name of a key; raises KeyNameError with the reason where it does not exist or never arrives."""
    written = text.strip() if text != " " else text
    *modifiers, key = re.split(r"\+(?=.)", written) if written else [""]
    modifiers = [modifier.lower() for modifier in modifiers]
    key = key if len(key) == 1 else _SPELLINGS.get(key.lower(), key.lower())
    name = "+".join([*modifiers, key.lower() if modifiers else key])
    if name in _SAME_AS:
        raise KeyNameError(f"'{name}' is {_SAME_AS[name]} to a plain terminal, choose another key")
    known = key in _NAMED or key in _BY_SIGN_NAME or (len(key) == 1 and _is_typed(key))
    if not known or set(modifiers) - {"ctrl", "alt", "shift", "super", "meta", "hyper"}:
        raise KeyNameError(f"there is no key '{written[:20]}'")
    if not _arrives(modifiers, key):
        raise KeyNameError(f"a plain terminal cannot send '{name}', choose another key")
    return "+".join([*modifiers, _long(key.lower() if modifiers else key)])


def _is_typed(key: str) -> bool:
    """Tell whether a character comes from a key press: not a control, a mark or an invisible one."""
    return unicodedata.category(key)[0] in "LNPS" or key == " "


def _long(key: str) -> str:
    return "space" if key == " " else _SIGNS.get(key, key)


def _arrives(modifiers: list[str], key: str) -> bool:
    """Tell whether a terminal without the Kitty protocol can send the key with these modifiers."""
    if not modifiers:
        return True
    letter = len(key) == 1 and key.isascii() and key.isalpha()
    if len(modifiers) > 1 or modifiers[0] not in ("ctrl", "alt", "shift"):
        return False
    if modifiers == ["ctrl"]:
        return letter or key in ("left", "right", "up", "down", "home", "end", "space", "pageup", "pagedown", "delete")
    if modifiers == ["shift"]:
        return key in ("tab", "left", "right", "up", "down", "home", "end") or (key in _NAMED and key[0] == "f")
    return letter or key.isdigit() or key in ("left", "right", "up", "down", "enter", "backspace")


def shown(key: str, *, plain: bool = False) -> str:
    """Return a key as the footer and the help show it: `↵`, `?`, `Ctrl+q`; `plain` stays in ASCII."""
    *modifiers, name = key.split("+")
    sign = (_PLAIN.get(name) if plain else None) or _SHOWN.get(name) or _BY_SIGN_NAME.get(name) or name
    if re.fullmatch(r"f\d+", sign):
        sign = sign.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), sign])


def is_letter(key: str) -> bool:
    """Tell whether a key types something where there is a line to type in."""
    return key == "space" or key in _BY_SIGN_NAME or len(key) == 1
