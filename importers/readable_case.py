"""Names in capitals written in readable case, for showing beside the spelling of the source.

Only the case of letters changes, so that a reader finds in the source what the screen shows. Text that has capitals and
small letters is left as its source wrote it, plain slips aside (Trust And Council, Nhs, TRust). What is written in a
way of its own is data: `readable_case.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db.data_files import load_data

_WORD = re.compile(r"[^\W_]+(?:['’`&/-][^\W_]+)*['’`]?|[^\W_]+")
_KEPT = 60_000
"""The most words whose case is remembered."""
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH|S)\Z")
_VOWELS = frozenset("AEIOUYÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜŴŶÅØÆŒ")
_JOINTS = re.compile(r"([-/&])")
_OPENS = re.compile(r"(?:^|[([{:;\"“]|\s[-–—])\s*\Z")
_TAILS = frozenset({"S", "T", "LL", "RE", "VE", "D", "M"})
_RUN = re.compile(r"[A-Z]{2}[a-z]{3,}\Z")
"""A word of which the second letter has kept its capital; an acronym with an ending has more of them or is shorter."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The data file, ready for looking up words in capitals."""

    fixed: dict[str, str]
    small: frozenset[str]
    between_hyphens: frozenset[str]
    titles: frozenset[str]
    mended: dict[str, str]
    """What is written otherwise in text with small letters, as such text has it."""
    two_letters: frozenset[str]
    prefixes: tuple[str, ...]
    not_prefixed: frozenset[str]
    articles: frozenset[str]
    before_last: frozenset[str]


@cache
def usage() -> Usage:
    """Read the data file once."""
    data = load_data("importers", "readable_case.yaml")
    fixed = {word.upper(): word for word in data["acronyms"].split()}
    fixed.update({word.upper(): written for word, written in data["words"].items()})
    small, kept = data["small"].split(), data["small_or_not"].split()
    mended = {word.capitalize(): word for word in small if word not in kept}
    mended.update({word: fixed.get(word.upper(), word.upper()) for word in data["slips"].split()})
    return Usage(
        fixed,
        frozenset(data["small"].upper().split()),
        frozenset((data["small"] + " " + data["small_between_hyphens"]).upper().split()),
        frozenset(data["titles"].upper().split()),
        mended,
        frozenset(data["two_letters"].upper().split()),
        tuple(data["prefixes"]),
        frozenset(data["not_prefixed"]),
        frozenset(data["articles"].upper().split()),
        frozenset(data["before_last"].upper().split()),
    )


@lru_cache(maxsize=32768)
def readable(text: str) -> str:
    """The text in readable case; where it has both capitals and small letters, with slips in them mended."""
    if text.islower():
        text = _in_capitals(text)
    if not text.isupper():
        return _mended(text)
    # Most names and almost all lines of addresses are plain words with a space between them.
    leading, *rest = text.split(" ")
    try:
        if rest and rest[-1] in usage().small:
            return _readable(text)
        return " ".join((_leading[leading], *map(_follow, rest)))
    except KeyError:
        return _readable(text)


def _in_capitals(text: str) -> str:
    """Text in small letters alone in capitals, which are read as well, where these are the same letters."""
    capitals = text.upper()
    return capitals if capitals.lower() == text else text


def _readable(text: str) -> str:
    out: list[str] = []
    done = 0
    words = list(_WORD.finditer(text))
    for place, found in enumerate(words):
        gap = text[done : found.start()]
        before = text[: found.start()]
        first = _OPENS.search(before) is not None
        after = not gap.strip(" .") and place > 0 and words[place - 1][0] in usage().titles
        initials = after and _initials(text, place, words)
        initials = initials or _stands_for(text, found, words[:place]) or _ends_with_letters(text, place, words)
        first = first or _is_no_preposition(gap, place, words)
        out += [gap, found[0] if initials else _named(found[0]) if after else _one(found[0], first)]
        done = found.end()
    out.append(text[done:])
    return "".join(out)


def _mended(text: str) -> str:
    """Text with small letters, in which words alone change that nobody means to write so."""
    slips = usage().mended

    def mend(found: re.Match[str]) -> str:
        word = found[0]
        if word in slips:
            return word if slips[word].islower() and _stands_apart(text, found) else slips[word]
        return word.capitalize() if _RUN.match(word) else word

    return _WORD.sub(mend, text)


def _stands_apart(text: str, word: re.Match[str]) -> bool:
    """Whether a word begins or ends a text or a part of it, where small words too have capitals."""
    following = text[word.end() : word.end() + 2]
    joins = following[:1] == " " and (following[1:].isalnum() or following[1:] in tuple("'’‘"))
    return not joins or _OPENS.search(text[: word.start()]) is not None


class _WordsInCase(dict[str, str]):
    """Plain words in readable case; raises KeyError for words whose case depends on what is around them."""

    def __init__(self, *, first: bool) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, word: str) -> str:
        if not _WORD.fullmatch(word) or word in usage().titles:
            raise KeyError(word)
        shown = _one(word, self._first)
        if len(self) < _KEPT:
            self[word] = shown
        return shown


_leading = _WordsInCase(first=True)
_following = _WordsInCase(first=False)
_follow = _following.__getitem__


def _initials(text: str, place: int, words: list[re.Match[str]]) -> bool:
    """Whether a word after a title is somebody's initials: one or two letters before a further name."""
    if place == len(words) - 1 or len(words[place][0]) > 2 or words[place][0] in usage().small:
        return False
    following = words[place + 1]
    return not text[words[place].end() : following.start()].strip(" .") and following[0] not in usage().small


def _stands_for(text: str, found: re.Match[str], before: list[re.Match[str]]) -> bool:
    """Whether a word alone in brackets has the initials of those before it: Arun Integrated Care (AIC)."""
    if text[: found.start()][-1:] != "(" or text[found.end() :][:1] != ")":
        return False
    proper = "".join(word[0][0] for word in before if word[0] not in usage().small)
    return found[0] in (proper, "".join(word[0][0] for word in before))


def _ends_with_letters(text: str, place: int, words: list[re.Match[str]]) -> bool:
    """Whether two letters that are a small word end a name, where no such word stands: Jones IN."""
    known, found = usage(), words[place]
    if place == 0 or len(found[0]) > 2 or found[0] not in known.small or text[found.end() :].strip():
        return False
    before = words[place - 1]
    return text[before.end() : found.start()] == " " and before[0] not in known.before_last


def _is_no_preposition(gap: str, place: int, words: list[re.Match[str]]) -> bool:
    """Whether a small word after `&` is short for something else: Hed, Horn & With Loc Team."""
    known = usage()
    return gap.strip() == "&" and words[place][0] not in known.articles and words[place - 1][0] not in known.small


def _named(word: str) -> str:
    """A word after a title, which two letters too may be the whole name of: Dr Ma."""
    bare = len(word) == 2 and _VOWELS & set(word) and word not in usage().small
    return word.capitalize() if bare else _one(word, first=False)


def _one(word: str, first: bool) -> str:
    """One word, which may hold apostrophes and joints."""
    known = usage()
    if word in known.small:
        return word.capitalize() if first else word.lower()
    if word in known.fixed:
        return known.fixed[word]
    if _JOINTS.search(word):
        return _joined(word)
    return _plain(word)


def _joined(word: str) -> str:
    """Words joined by hyphens, slashes or ampersands: Stoke-on-Trent, Walk-in, A&E."""
    parts = _JOINTS.split(word)
    last = len(parts) - 1
    out: list[str] = []
    for place, part in enumerate(parts):
        inner = 0 < place < last and parts[place - 1] == "-" and parts[place + 1] == "-"
        if inner and part in usage().between_hyphens:
            out.append(part.lower())
        elif part in usage().small:
            out.append(part.capitalize())
        else:
            out.append(usage().fixed.get(part) or _plain(part))
    return "".join(out)


def _plain(word: str) -> str:
    """A word without joints: apostrophes, ordinals, prefixes, words without a vowel."""
    if _ORDINAL.match(word):
        return word.lower()
    if any(letter.isdigit() for letter in word):
        return word
    stem, mark, tail = _apostrophe(word)
    if mark and tail in _TAILS:
        return _capital(stem) + mark + tail.lower()
    if mark and tail:
        return _capital(stem) + mark + _capital(tail)
    return _capital(stem) + mark


def _apostrophe(word: str) -> tuple[str, str, str]:
    """Split at the last apostrophe: KING, ', S."""
    for place in range(len(word) - 1, 0, -1):
        if word[place] in "'’`":
            return word[:place], word[place], word[place + 1 :]
    return word, "", ""


def _capital(word: str) -> str:
    """A bare word; one without a vowel is taken for initials or an acronym and left alone."""
    known = usage()
    if word in known.fixed:
        return known.fixed[word]
    if not _VOWELS & set(word) or (len(word) == 2 and word not in known.two_letters):
        return word
    stem, mark, tail = _apostrophe(word)
    if mark:
        return _capital(stem) + mark + _capital(tail)
    for prefix in known.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 2 and word not in known.not_prefixed:
            return prefix.capitalize() + word[len(prefix) :].capitalize()
    return word[:1] + word[1:].lower()
