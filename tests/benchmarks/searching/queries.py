"""Queries as people type them, made by seed from names drawn from a register."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from db.search.text import ABBREVIATIONS, expanded, plain

_SHORTEST = 4
"""Letters from which on a word has errors; shorter ones are other words with one."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Named(NamedTuple):
    """A record: what a search is to find."""

    key: str
    name: str
    kind: str
    type: str | None
    town: str | None
    postcode: str | None
    is_open: bool


class Asked(NamedTuple):
    """A query, and the key of the record that is meant."""

    text: str
    key: str


def records(conn: sqlite3.Connection) -> list[Named]:
    """Return every record but documents, which rank after what they speak of."""
    columns = "key, name, kind, type, town, postcode, open IS NOT 0"
    sql = f"SELECT {columns} FROM record WHERE kind <> 'document' ORDER BY id"
    return [Named(*row) for row in conn.execute(sql)]


def unique(records: list[Named]) -> list[Named]:
    """Return those whose name no other has, however it is written; a code in the place of a name is none."""
    spelt = [normalised(one.name) for one in records]
    counted = Counter(spelt)
    return [
        one
        for one, words in zip(records, spelt, strict=True)
        if counted[words] == 1 and words and words != one.key.partition(":")[2].lower()
    ]


def normalised(name: str) -> str:
    """Return a name as both the search and brute force on normalised names compare it."""
    return expanded(plain(name))


def _misspelt(word: str, rng: Random) -> str:
    """Return a word with one typing error: a letter wrong, missing, doubled or too many, or two of them swapped."""
    place = rng.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    how = rng.randrange(5)
    if how == 0:
        return before + rng.choice(_LETTERS.replace(letter, "")) + after
    if how == 1:
        return before + after
    if how == 2:
        return before + letter + letter + after
    if how == 3:
        return before + rng.choice(_LETTERS) + letter + after
    other = place + 1 if after else place - 1
    first, second = sorted((place, other))
    return word[:first] + word[second] + word[first] + word[second + 1 :]


def with_errors(name: str, errors: int, rng: Random) -> str | None:
    """Return a name with errors in so many different words; None where it has not so many long ones."""
    words = plain(name).split()
    places = [place for place, word in enumerate(words) if len(word) >= _SHORTEST and word.isascii()]
    if len(places) < errors:
        return None
    for place in rng.sample(places, errors):
        right = words[place]
        while words[place] == right:
            words[place] = _misspelt(right, rng)
    return " ".join(words)


def _dropped(name: str, rng: Random) -> str | None:
    words = plain(name).split()
    if len(words) < 3:
        return None
    words.pop(rng.randrange(len(words)))
    return " ".join(words)


def _swapped(name: str, rng: Random) -> str | None:
    words = plain(name).split()
    if len(words) < 2:
        return None
    place = rng.randrange(len(words) - 1)
    words[place : place + 2] = reversed(words[place : place + 2])
    return " ".join(words)


def _abbreviated(name: str, rng: Random) -> str | None:
    text = plain(name)
    known = [(short, long) for short, long in ABBREVIATIONS.items() if f" {long} " in f" {text} "]
    if not known:
        return None
    short, long = rng.choice(known)
    return f" {text} ".replace(f" {long} ", f" {short} ", 1).strip()


def _acronym(name: str, _: Random) -> str | None:
    words = plain(name).split()
    return "".join(word[0] for word in words) if len(words) >= 4 else None


CHANGES: dict[str, Callable[[str, Random], str | None]] = {
    "as typed": lambda name, _: name,
    "one error": lambda name, rng: with_errors(name, 1, rng),
    "two errors": lambda name, rng: with_errors(name, 2, rng),
    "a word dropped": _dropped,
    "words swapped": _swapped,
    "abbreviated": _abbreviated,
    "acronym": _acronym,
}
"""What people do to a name; None where a name gives no occasion."""


def asked(records: list[Named], what: str, number: int, seed: int) -> list[Asked]:
    """Return so many queries of one sort, or as many as there are."""
    rng = Random(f"{seed}/{what}")
    found: list[Asked] = []
    for one in rng.sample(records, min(len(records), 20 * number)):
        text = one.key.partition(":")[2].lower() if what == "code" else CHANGES[what](one.name, rng)
        if text is not None:
            found.append(Asked(text, one.key))
        if len(found) == number:
            break
    return found


def filtered(records: list[Named], number: int, seed: int) -> list[Asked]:
    """Return queries with filters: a word of a name with a filter that the record passes, and filters alone."""
    rng = Random(f"{seed}/filters")
    found: list[Asked] = []
    for one in rng.sample(records, min(len(records), number)):
        word = max(plain(one.name).split(), key=len, default="")
        outward = (one.postcode or "").partition(" ")[0]
        filters = [f"kind:{one.kind}", "status:open", "-status:closed", "-kind:person"]
        filters += [f"type:{one.type}"] if one.type else []
        filters += [f'place:"{one.town}"', f'-place:"{one.town}x"'] if one.town else []
        filters += [f"postcode:{outward}", f'postcode:"{one.postcode}"'] if outward else []
        text = " ".join(rng.sample(filters, rng.choice((1, 1, 2))))
        found.append(Asked(text if rng.random() < 0.25 else f"{word} {text}", one.key))
    return found


def keystrokes(queries: list[Asked]) -> Iterator[str]:
    """Return what the search is asked while each query is typed, letter by letter."""
    for one in queries:
        for length in range(1, len(one.text) + 1):
            yield one.text[:length]
