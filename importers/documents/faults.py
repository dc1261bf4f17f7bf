"""What is wrong in a file, in one line that names the place and the nearest right word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from db.errors import printable
from db.nearest_word import nearest_word
from importers.documents.nodes import MappingNode, Node, excerpt


class SyntaxFaultError(Exception):
    """The file is not in the format at all; `line` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class OverLimitError(SyntaxFaultError):
    """The file holds more of something than is taken."""


class FaultError(Exception):
    """Something wrong at a place in a file, told by the key path; whoever reads it decides what that costs."""

    def __init__(self, line: int, path: str, message: str, value: str | None = None) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.line = line
        self.value = value


def fault(node: Node, path: str, message: str) -> FaultError:
    """Return the fault at a node, with the start of what it holds."""
    return FaultError(node.line, path, message, excerpt(node))


@contextmanager
def faults_at(node: Node, path: str) -> Iterator[None]:
    """Tell a ValueError as the fault at a node."""
    try:
        yield
    except ValueError as error:
        raise fault(node, path, str(error)) from error


def shown(text: str) -> str:
    """Return a text of the file as messages quote it: short, on one line, without marks that a terminal obeys."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return "'" + printable(short) + "'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a misspelled one, however it joins its parts, None where none is."""
    plain = word.strip().lower().replace(" ", "-").replace("_", "-")[:80]
    words = {name.lower().replace("_", "-"): name for name in known}
    found = nearest_word(plain, words)
    return words[found] if found else None


def hint(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: the nearest, or all of them where they are few."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near is not None:
        return f", did you mean '{near}'?"
    if 0 < len(words) <= 12:
        return f"; it may be {', '.join(words)}"
    return ""


def join(path: str, name: str) -> str:
    """The path of a key inside the mapping at `path`."""
    return f"{path}.{name}" if path else name


def unknown_key(name: str, line: int, path: str, known: Iterable[str], meant: str | None = None) -> FaultError:
    """Return the fault at a key of the mapping at `path` that means nothing there, with the one that is `meant`."""
    keys = sorted(set(known))
    help_ = f", did you mean '{meant}'?" if meant else hint(name, keys) or f"; it may be {', '.join(keys)}"
    return FaultError(line, join(path, shown(name)[1:-1]), f"unknown key{help_}", name)


def check_keys(node: MappingNode, known: Iterable[str], path: str) -> None:
    """Raise `FaultError` at the first key of a mapping that is not among the known ones."""
    for name, entry in node.entries.items():
        if name not in known:
            raise unknown_key(name, entry.line, path, known)
