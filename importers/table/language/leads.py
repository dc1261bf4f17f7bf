"""Who a cell names: nobody (`tbc`), one person (`Dr A B OBE (Chair, C Trust)`) or several (`A B, Chair and C D`).

A cell whose words may mean somebody or something else gives no person: better a text that is right than a wrong person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.data_files import load_data
from importers.records.names import is_honour, is_title, without_titles

LONGEST = 400
"""A longer text is prose, not a person."""

_NAME_WORD = re.compile(r"(?:[^\W\d_][^\W\d_'’.-]*)(?:['’.-][^\W\d_]*)*\Z")
_SEVERAL = re.compile(r"[/;:]|\s&\s*[A-Z][a-z]+ [A-Z][a-z]+,")
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "du", "la", "le", "di", "da", "al", "bin", "ap"))
_TOKEN = re.compile(r"[^\s,;/:()]+|[,;/:()]")
_APART = frozenset(("/", ";", ":"))
"""Signs after which whoever is named is another."""
_BESIDE = frozenset((",", "and", "&", "then"))
"""What may stand between two people, and between two words of one post."""
_ENDING = _APART | _BESIDE | {"("}
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _LeadWords:
    """The words by which a cell is taken apart, in lower case."""

    posts: frozenset[str]
    not_names: frozenset[str]
    before_names: frozenset[str]
    nobody: tuple[str, ...]


@cache
def _words() -> _LeadWords:
    data = load_data("importers.table.language", "leads.yaml")
    posts, not_names, before = (
        frozenset(data[name].lower().split()) for name in ("posts", "not_names", "before_names")
    )
    return _LeadWords(posts, not_names, before, tuple(data["nobody"]))


def is_nobody(text: str) -> bool:
    """Whether a cell says that nobody holds the post, or that it is not yet known who does."""
    plain = " ".join(text.casefold().strip(" .?()[]").split())
    return any(plain == one or re.match(rf"{re.escape(one)}[ ,(:;-]", plain) for one in _words().nobody)


def vacancy(text: str) -> str | None:
    """Return a cell that says of a post that nobody holds it, of the only one or of one beside others; else None."""
    return text if any(map(is_nobody, re.split(r"[/;]", text))) else None


def people_named(text: str) -> str | None:
    """Return the names of those whom a cell names plainly; None where it names nobody so."""
    return "; ".join(one.name for one in people_in(text)) or None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom a cell names, with what it says of that one beside the name."""

    name: str
    post: str | None
    is_followed: bool = False
    """Whether the cell names who came after."""


def people_in(text: str) -> tuple[NamedPerson, ...]:
    """Return everyone whom a cell names plainly, in its order; what it says beside a name goes with the name before."""
    if len(text) > LONGEST or is_nobody(text):
        return ()
    alone = one_person(text)
    if alone is not None:
        return (NamedPerson(alone, rest_of_lead(text)),)
    starts = list(_starts([(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)], text))
    ends = [*(start if label is None else label for start, _, label in starts[1:]), len(text)][: len(starts)]
    people = []
    for (start, end, label), last in zip(starts, ends, strict=True):
        rest = re.sub(r"(?:[\s,;/:&]|\b(?:and|then))+\Z", "", text[end:last])
        rest = "".join(part for part in re.split(r"(?=[/;])", rest) if not _is_of_another(part))
        # Whoever holds it from a day on, or as interim, came after the one before.
        follows = re.match(r"\S+(?: \S+)+? (?:from \d|(?:as )?interim\b)", text[last:])
        is_followed = bool(re.search(r"\bthen\s*\Z", text[end:last]) or follows)
        heading = text[label:start].strip() if label is not None else ""
        if heading and not heading.endswith(":"):
            # The post is told already; what follows a semicolon is of something else.
            rest = rest.partition(";")[0]
        people.append(NamedPerson(text[start:end], _joined(heading, _bare(rest)), is_followed))
    return tuple(people)


def _is_of_another(part: str) -> bool:
    """Whether a part of what stands beside a name tells of nobody, or behind a semicolon of something else."""
    plain = part.lstrip("/; ")
    # Beside a name, interim is how somebody holds a post.
    nobody = is_nobody(plain) and not plain.startswith("interim ")
    return nobody or bool(re.match(r";\s*(?:a|an|the|each|both)\s", part))


_Token = tuple[str, int, int]
_Start = tuple[int, int, int | None]
"""Where a name begins and ends, and where the heading before it begins, such as `Hill ICS:`."""


def _starts(tokens: list[_Token], text: str) -> Iterator[_Start]:
    """Yield where people are named."""
    place, last = 0, 0
    """Where the person before ends."""
    is_first = True
    while place < len(tokens):
        found = _name_at(tokens, place)
        before = tokens[place - 1][0] if place else ";"
        if found is None or not _is_person(tokens, place, found, before, text[last : tokens[place][1]], is_first):
            place += 1
            continue
        label = None
        if before == ":" and not is_first:
            label = _heading(tokens, place - 1)
        elif before in _words().before_names:
            label = _post_before(tokens, place)
        yield tokens[place][1], tokens[found - 1][2], label
        place, last, is_first = found, tokens[found - 1][2], False


def _name_at(tokens: list[_Token], place: int) -> int | None:
    """Return where the name that begins with a token ends, titles before it and honours after it included."""
    first = place
    while first < len(tokens) and is_title(tokens[first][0]):
        first += 1
    end = first
    while end < len(tokens) and end - first < _MOST_WORDS and _is_name_word(tokens[end][0]):
        end += 1
    if end - first < 2:
        return None
    while end < len(tokens) and is_honour(tokens[end][0]):
        end += 1
    return end


def _is_name_word(word: str) -> bool:
    if not _NAME_WORD.match(word) or word.lower() in _words().not_names:
        return False
    # What is in capitals throughout is an acronym, but for initials.
    return word in _PARTICLES or (word[0].isupper() and (len(word) < 3 or not word.isupper()))


def _is_person(tokens: list[_Token], place: int, end: int, before: str, between: str, is_first: bool) -> bool:
    """Whether what may be a name is one: by what stands before it, and by what follows."""
    after = tokens[end][0] if end < len(tokens) else ";"
    is_told = after in ",(" and end + 1 < len(tokens) and tokens[end + 1][0].lower() in _words().posts
    if before in _APART or before in _words().before_names or is_title(tokens[place][0]):
        return after in _ENDING or after == ")" or after[0].islower()
    if is_told:
        return before in _BESIDE or before == ")" or not _is_name_word(before)
    # Beside a person of whom no more is said than how long, or in brackets, stands another.
    rest = re.sub(r"\([^()]*\)", "", between)
    is_plain = not is_first and not any(word[0].isupper() for word in rest.split())
    return is_plain and before in (*_BESIDE, ")") and (after in _ENDING or after[0].islower())


def _heading(tokens: list[_Token], colon: int) -> int | None:
    """Return where the heading before a colon begins: capitalised words, of which the last may be an acronym."""
    place = colon
    while place > 0 and tokens[place - 1][0][0].isupper() and (place == colon or not tokens[place - 1][0].isupper()):
        place -= 1
    return tokens[place][1] if place < colon else None


def _post_before(tokens: list[_Token], place: int) -> int:
    """Return where the post before a name begins, as in `shared chief executive A B`: words in small letters."""
    while place > 0 and tokens[place - 1][0].islower() and tokens[place - 1][0] not in _ENDING:
        place -= 1
    return tokens[place][1]


def _bare(rest: str) -> str:
    """Return what is said of a person without the comma or the brackets around it."""
    plain = rest.strip(" ,;/&")
    if plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1:
        return plain[1:-1].strip()
    return plain.removeprefix("(") if plain.count("(") > plain.count(")") else plain


def _joined(heading: str, post: str) -> str | None:
    return f"{heading} {post}".strip() or None


def _parts(text: str) -> tuple[str, str]:
    """The text up to its first bracket or comma, and the rest with it."""
    found = re.search(r"\s*[,(]", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def one_person(text: str) -> str | None:
    """The name of the one person whom a cell names, titles and honours included; None where it is not plainly one."""
    if len(text) > LONGEST or is_nobody(text):
        return None
    name, rest = _parts(text)
    if _SEVERAL.search(text) or text.count("(") != text.count(")"):
        return None
    words = without_titles(name).split()
    if not 2 <= len(words) <= _MOST_WORDS or any(word.lower() in _words().not_names for word in words):
        return None
    if not all(_NAME_WORD.match(word) and (word[0].isupper() or word in _PARTICLES) for word in words):
        return None
    return None if _another().search(_posts_apart(rest)) or _is_list(text) else name


@cache
def _another() -> re.Pattern[str]:
    """A further person in a text: two words, and a comma or a bracket before a post."""
    posts = "|".join(load_data("importers.table.language", "leads.yaml")["posts"].split())
    return re.compile(rf"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+ ?[,(] ?(?:{posts})\b")


def _is_list(text: str) -> bool:
    """Whether a text goes on, after its first name, with another that nothing parts from it but a comma or an `and`."""
    tokens = [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]
    return sum(1 for _ in _starts(tokens, text)) > 1


def _posts_apart(rest: str) -> str:
    """The rest without the post that it starts with, which may itself be two words before a comma."""
    return re.sub(r"^\s*[,(]\s*", "", rest)


def rest_of_lead(text: str) -> str | None:
    """What a cell says of the one person beside the name, such as the post; None where there is nothing."""
    name = one_person(text)
    if name is None:
        return None
    rest = text[len(name) :].strip(" ,")
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    return rest or None
