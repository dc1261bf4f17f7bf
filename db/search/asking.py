"""Questions as people put them: what is asked, and what is left to look for without the words that only ask."""

from functools import cache, lru_cache
from typing import NamedTuple

from db.search.text import STOP_WORDS, plain, told_in

OPERATOR, SUCCESSOR = "operator", "successor"
"""What a question may ask: who runs what is named, and what became of it."""
_ENDS = ("^", "$")
"""Where a text begins and ends."""
_LEAST = 2
"""Words up to which what begins like a question is a name."""


class _Words(NamedTuple):
    """What `question_words.json` holds."""

    begin: frozenset[str]
    asks: tuple[tuple[str, str], ...]
    """Words that ask, the longest first, each with what they ask."""
    roles: dict[str, list[str]]
    besides: frozenset[str]
    gives: frozenset[str]
    ended: frozenset[str]
    """Words that tell of what they stand before that it has ended, where it ends with one of `sorts`."""
    sorts: frozenset[str]
    posts: tuple[str, ...]


class Asked(NamedTuple):
    """What a text asks, the texts that are looked for instead of it, and its words that only ask."""

    asks: str = ""
    texts: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()


@cache
def _words() -> _Words:
    told = told_in("question_words.json")
    asks = [(said, what) for what, several in told["asks"].items() for said in several]
    return _Words(
        frozenset(told["begin"]), tuple(sorted(asks, key=lambda one: -len(one[0]))), told["roles"],
        frozenset(told["besides"]), frozenset(told["what it gives"]), frozenset(told["of what has ended"]),
        frozenset(told["before"]), tuple(sorted(told["posts"], key=len, reverse=True)),
    )  # fmt: skip


@lru_cache(maxsize=256)
def asked(text: str) -> Asked:
    """Return what a text asks; nothing where it is no question.

    `the freeman` is `freeman`, `who leads the devon stp` is `lead the devon stp`, `trust in charge of the royal` is
    `trust the royal`, and asks for who runs it.
    """
    listed = plain(text).split()
    known = _words()
    whole = f" ^ {' '.join(listed)} $ "
    said, asks = next(((said, asks) for said, asks in known.asks if f" {said} " in whole), ("", ""))
    if not said and len(listed) > _LEAST and listed[0] in known.ended and listed[-1] in known.sorts:
        said, asks = f"^ {listed[0]}", SUCCESSOR
    if not said and (len(listed) <= _LEAST or listed[0] not in known.begin):
        return Asked(texts=(" ".join(listed[1:]),) if listed[:1] == ["the"] and len(listed) > 1 else ())
    before, _, after = whole.partition(f" {said} ") if said else ("", "", whole)
    left = [word for word in (*before.split(), *after.split()) if word not in _ENDS]
    if left and left[0] in known.begin:
        left = left[1:]
    spoken_of = [word for word in listed if word in known.roles and word not in left]
    kept = [*spoken_of, *(word for word in left if word not in known.besides)]
    while kept and kept[-1] in STOP_WORDS:
        kept.pop()
    told = (kept, kept[1:] if kept[:1] == ["the"] else [], [word for word in kept if word not in known.gives])
    texts = dict.fromkeys(text for some in told for text in _told(some))
    return Asked(asks, tuple(texts), frozenset(listed).difference(*(one.split() for one in texts)))


def _told(words: list[str]) -> list[str]:
    """Return a text of those words for each role that one of them may ask for."""
    roles = _words().roles
    several = next((roles[word] for word in words if word in roles), [""]) if words else []
    said = ([role if word in roles else word for word in words] for role in several)
    return [" ".join(filter(None, one)) for one in said]


def without_post(text: str) -> tuple[str, str]:
    """Return a text in plain words without the post that it speaks of, and that post; empty where it speaks of none."""
    whole = f" {text} "
    said = next((one for one in _words().posts if f" {one} " in whole), "")
    return " ".join(whole.replace(f" {said} ", " ").split()) if said else text, said


def without_question(text: str) -> str:
    """Return a text as it is written, without the words that only ask: `what is QT6` is `QT6`."""
    found = asked(text)
    kept = [word for word in text.split() if plain(word) not in found.asking] if found.asking else []
    return " ".join(kept) or text
