"""What people call a body that is no name of its own: its town, its name without what tells its sort, its nicknames."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from db.search.text import BODY_WORDS, STOP_WORDS, expanded, forms, plain, without

NICKNAMES = "nicknames"
"""The vocabulary of what people call single bodies; `of` tells which."""
PASSED_ON = "passed-on"
"""The kind of a nickname of what has closed, for who came after it; `passed-on` tells which."""
_SORT_WORDS = (("nhs",), ("foundation",), ("trust",), ("university", "teaching", "general"), ("hospital", "hospitals"))
"""What people leave out of the name of a body of the NHS, the first in this order being left out soonest."""
_FOUNDATION, _TRUST = "foundation", "trust"
_BARE = frozenset(word for words in _SORT_WORDS[:3] for word in words)
_BOARD = "integrated care board"
"""What they leave out at the end of the name of a board."""
_COUNCIL_WORDS = frozenset("council borough city county district metropolitan london royal of the and".split())
"""Words at either end of the name of a council that tell what sort it is."""
_COUNCIL = "council"
_CARE = ("mental health", "community", "ambulance", "acute")
"""Sorts of care by which people tell the trusts of an area apart, in the words of the list that tells them."""
_SHORTENED = 3
"""Words that people write as initials, at least."""
_SORTS_OF_BODY = frozenset(
    "alliance board cluster collaborative committee consortium federation group hub network partnership trust".split()
)
"""Words for sorts of body that people write out after initials, besides those for the type of each."""
_SHORTEST = 4
"""Letters of a word that can be all that is left of a name."""


def without_article(names: Iterable[str]) -> list[str]:
    """Return, in plain words, names without a `The` before them."""
    return [expanded(one.removeprefix("the ")) for one in map(plain, names) if one.startswith("the ")]


def called(names: Sequence[str], towns: Iterable[str], is_open: int | None, sorts: Sequence[str] = ()) -> list[str]:
    """Return, in plain words, what people call a public body by these names, with its places in some towns.

    One that has closed is called neither by a town nor by its area, nor by a word that is only a part of its name:
    its successor has these. What a board goes by for short is said with what it is as well: `BOB ICB`. Each is called
    by its area or bare name with one of its `sorts`, whether it has closed or not: `bristol pct`.
    """
    found: dict[str, None] = dict.fromkeys(without_article(names))
    boards = [expanded(plain(name)).endswith(_BOARD) for name in names]
    if any(boards):
        found.update(dict.fromkeys(as_board(one) for one, is_said in zip(names, boards, strict=True) if not is_said))
    for name in names:
        words = plain(name).removeprefix("the ").split()
        if _is_council(words):
            area = _area(words)
            said = (area, f"{area} {_COUNCIL}", _without_council(words))
            found.update(dict.fromkeys(said if area and is_open else ()))
            found.update(dict.fromkeys(_of_sorts(area, sorts)))
        else:
            bare = " ".join(word for word in words if word not in _BARE)
            shorter = map(expanded, _without_sort(words))
            found.update(dict.fromkeys(one for one in shorter if is_open != 0 or " " in one or one == bare))
            found.update(dict.fromkeys(_of_sorts(_without_ending(bare, sorts), sorts)))
    found.update(dict.fromkeys(_by_area_alone(plain(names[0]), sorts)))
    for town in towns if is_open else ():
        found.update(dict.fromkeys(forms(town)))
    return [one for one in found if one]


def _by_area_alone(name: str, sorts: Sequence[str]) -> Iterator[str]:
    """Yield `NHS` with a name that is an area alone, as lists name trusts of primary care, and that with its sort."""
    if not _is_council(name.split()) and "nhs" not in name and _without_ending(name, sorts) == name:
        yield f"nhs {name}"
        yield from _of_sorts(f"nhs {name}", sorts)


def as_nhs(names: Iterable[str]) -> list[str]:
    """Return, in plain words, the names of a board as it writes them itself: `NHS Frimley`."""
    whole = [expanded(plain(name)) for name in names]
    areas = [one.removesuffix(_BOARD).strip() for one in whole if one.endswith(f" {_BOARD}")]
    return [f"nhs {area.removeprefix('nhs ')}" for area in areas]


def as_board(name: str) -> str:
    """Return, in plain words, a short name of a board with what it is."""
    return f"{expanded(plain(name))} {_BOARD}"


def with_initials(names: Iterable[str], sorts: Iterable[str]) -> list[str]:
    """Return, in plain words, names with initials before the words for what sort they are: `swag cancer alliance`."""
    found: dict[str, None] = {}
    known = _SORTS_OF_BODY.union(*(one.split() for one in sorts))
    for name in names:
        head = expanded(plain(name)).removeprefix("the ").split()
        tail: list[str] = []
        while head and head[-1] in known:
            tail.insert(0, head.pop())
            kept = [word for word in head if word not in STOP_WORDS]
            for words in (head, kept) if len(kept) >= _SHORTENED and kept[-1] not in BODY_WORDS else ():
                letters = "".join(word[0] for word in words)
                found.update(dict.fromkeys((f"{letters} {' '.join(tail)}", f"{letters} {tail[-1]}")))
    return list(found)


def in_full(names: Iterable[str], sorts: Sequence[str]) -> list[str]:
    """Return, in plain words, names that end with a word for their sort with each other one: `devon stp` in full."""
    found: dict[str, None] = {}
    for whole in map(plain, names):
        name = _without_ending(whole, sorts)
        found.update(dict.fromkeys(_of_sorts(name, sorts) if name != whole else ()))
    return list(found)


def with_care(name: str, texts: Iterable[str]) -> list[str]:
    """Return, in plain words, the bare name of a body with the sort of care that a list tells of it before others."""
    bare = without(name, _BARE)
    said = tuple(map(plain, texts))
    return [f"{bare} {care} trust" for care in _CARE if care not in bare and any(one.startswith(care) for one in said)]


def _is_council(words: list[str]) -> bool:
    return _COUNCIL in words or words[1:2] == ["borough"]


def place_in(name: str, spellings: Iterable[str]) -> str:
    """Return the place in a name by which a body is looked for in its area: `York` of `york integrated care board`."""
    words = name.split()
    tails = ((place, " ".join(words[place:])) for place in range(1, len(words)))
    ends = (place for place, tail in tails if any(f" {one}".endswith(f" {tail}") for one in spellings))
    return " ".join(words[: next(ends, len(words))]).title()


def area_of_council(name: str) -> str:
    """Return, in plain words, the area in a name, where it is that of a council."""
    words = plain(name).removeprefix("the ").split()
    return _area(words) if _is_council(words) else ""


def _without_council(words: list[str]) -> str:
    """Return the name of a council without its last word, where more than the area is left: `derby city`."""
    return " ".join(words[:-1]) if words[-1] == _COUNCIL else ""


def _area(words: list[str]) -> str:
    """Return the area in the name of a council: `leeds` of `leeds city council`."""
    first, last = 0, len(words)
    while first < last and words[first] in _COUNCIL_WORDS:
        first += 1
    while last > first and words[last - 1] in _COUNCIL_WORDS:
        last -= 1
    return " ".join(words[first:last])


def _without_sort(words: list[str]) -> Iterator[str]:
    """Yield a name without the words for the sort of body, one after the other: `pennine acute` last."""
    whole = expanded(" ".join(words))
    if whole.endswith(_BOARD):
        yield " ".join(word for word in whole.removesuffix(_BOARD).split() if word not in _SORT_WORDS[0])
    if _FOUNDATION in words and words[-1] == _TRUST:
        yield " ".join(word for word in words if word != _FOUNDATION)
    kept = words
    for left_out in _SORT_WORDS:
        before, kept = kept, [word for word in kept if word not in left_out]
        if len(kept) < len(before) and (len(kept) > 1 or (kept and len(kept[0]) >= _SHORTEST)):
            yield " ".join(kept)


def _without_ending(name: str, sorts: Iterable[str]) -> str:
    """Return a name without the longest of some sorts that it ends with."""
    return name.removesuffix(max((f" {one}" for one in sorts if name.endswith(f" {one}")), key=len, default=""))


def _of_sorts(name: str, sorts: Iterable[str]) -> Iterator[str]:
    """Yield a name with each of some sorts, as it stands and with its abbreviations written out."""
    for one in sorts if name else ():
        yield from forms(f"{name} {one}")


def nicknames(conn: sqlite3.Connection, key: str = "") -> Mapping[str, list[tuple[str, str]]]:
    """Return by key what people call single bodies, or that of this key, each with the kind of name that it is.

    A word of the vocabulary has a label, and what people say `also`.
    """
    sql = "SELECT label, extra FROM term WHERE vocabulary = ? AND instr(extra, ?) ORDER BY name"
    return _by_bearer(tuple(conn.execute(sql, (NICKNAMES, f'"{key}"' if key else '"of"'))))


@lru_cache(maxsize=4)
def _by_bearer(rows: tuple[tuple[str, str], ...]) -> Mapping[str, list[tuple[str, str]]]:
    """Return what rows of the vocabulary tell; the same ones are asked for at the end of each run."""
    found: dict[str, list[tuple[str, str]]] = {}
    for label, more in rows:
        extra = json.loads(more)
        labels = (label, *extra.get("also", ()))
        said = [(one, "acronym" if one.isupper() and " " not in one else "nickname") for one in labels]
        for one in extra["of"]:
            found.setdefault(one, []).extend(said)
        for one in extra.get(PASSED_ON, ()):
            found.setdefault(one, []).extend((label, PASSED_ON) for label in labels)
    return found
