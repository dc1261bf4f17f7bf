"""Finds the mutants of the list again after code has moved: what is plain is corrected, the rest is named."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from tests.mutants.operators import modules_below
from tests.mutants.places import Mutant, NotFoundError, functions, mutated, parsed, path_of, statements, text_of

PACKAGES = ("db", "importers", "tui")
NEAREST = 3
"""Places that are named for a mutant that has none."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Modules and top-level names that have moved: `old.module new.module`, `old.module:name new.module:name`."""

    modules: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, path: Path) -> Moves:
        """Read a list of moves, one a line; what follows a `#` is a remark."""
        lines = (line.partition("#")[0].split() for line in path.read_text("utf-8").splitlines())
        pairs = [(line[0], line[1]) for line in lines if len(line) == 2]
        return cls(tuple(one for one in pairs if ":" not in one[0]), tuple(one for one in pairs if ":" in one[0]))

    def of(self, mutant: Mutant) -> Mutant:
        """Return a mutant where the moves put it."""
        top, dot, rest = mutant.function.partition(".")
        module = self._module(mutant.module)
        for old, new in self.names:
            if old in (f"{mutant.module}:{top}", f"{module}:{top}"):
                module, _, top = new.partition(":")
                break
        return replace(mutant, module=module, function=top + dot + rest)

    def _module(self, module: str) -> str:
        for old, new in sorted(self.modules, key=lambda pair: -len(pair[0])):
            if module == old or module.startswith(f"{old}."):
                return new + module[len(old) :]
        return module


def moved(mutant: Mutant, lists: Iterable[Moves]) -> Mutant:
    """Return a mutant where lists of moves put it, one after the other."""
    for moves in lists:
        if stands(mutant):
            break
        mutant = moves.of(mutant)
    return mutant


def stands(mutant: Mutant) -> bool:
    """Whether the statement of a mutant is where the list says."""
    try:
        mutated(path_of(mutant.module).read_text("utf-8"), mutant)
    except (NotFoundError, OSError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """A statement somewhere in the code."""

    module: str
    function: str
    text: str
    nth: int


@cache
def _everywhere() -> dict[str, list[Place]]:
    """All statements of the code by their shape."""
    found: dict[str, list[Place]] = defaultdict(list)
    for module in (module for package in PACKAGES for module in modules_below(package)):
        for name, function in functions(ast.parse(path_of(module).read_text("utf-8"))):
            seen: dict[str, int] = defaultdict(int)
            for body, place in statements(function):
                text = text_of(body[place])
                found[_shape(text)].append(Place(module, name, text, seen[text]))
                seen[text] += 1
    return found


def _shape(text: str) -> str:
    """Return a statement without the names in it."""
    try:
        tree = parsed(text)
    except (SyntaxError, ValueError):
        return text
    for node, name, _ in _names(tree):
        setattr(node, name, "_")
    return ast.dump(tree)


def _names(tree: ast.AST) -> Iterator[tuple[ast.AST, str, str]]:
    """Yield where the names in a syntax tree stand, in the order of the tree."""
    for node in ast.walk(tree):
        for name in ("id", "attr", "arg"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                yield node, name, value


def found_again(mutant: Mutant) -> tuple[Mutant | None, list[Place]]:
    """Return a mutant where its statement now stands, None where that is not plain; and the likeliest places."""
    places = sorted(_everywhere().get(_shape(mutant.was), ()), key=lambda place: -_likeness(mutant, place))
    same = [one for one in places if one.text == mutant.was and _name(one.function) == _name(mutant.function)]
    close = [one for one in places if _likeness(mutant, one) > 2.4]
    for group in (same, close):
        if group and len({(one.module, one.function) for one in group}) == 1:
            return _at(mutant, group[min(mutant.nth, len(group) - 1)]), places
    return None, places[:NEAREST]


def _name(function: str) -> str:
    return function.rpartition(".")[2].lstrip("_")


def _likeness(mutant: Mutant, place: Place) -> float:
    """Return how like two places are, from 0 to 3: by function, module and text."""
    pairs = ((mutant.function, place.function), (mutant.module, place.module), (mutant.was, place.text))
    return sum(SequenceMatcher(None, one, other, autojunk=False).ratio() for one, other in pairs)


def _at(mutant: Mutant, place: Place) -> Mutant:
    """Return a mutant at another place, with the names that are used there."""
    old, new = parsed(mutant.was), parsed(place.text)
    called = {was: now for (_, _, was), (_, _, now) in zip(_names(old), _names(new), strict=True)}
    changed = parsed(mutant.now)
    for node, name, value in _names(changed):
        setattr(node, name, called.get(value, value))
    return replace(
        mutant, module=place.module, function=place.function, nth=place.nth, was=place.text, now=text_of(changed)
    )


def tests_again(mutants: Sequence[Mutant], known: Iterable[str]) -> Iterator[Mutant]:
    """Yield the mutants, each with its test where that now is, if one alone has its name and, of them, its values."""
    held = set(known)
    by_name: dict[str, list[str]] = defaultdict(list)
    for test in held:
        by_name[_function(test)].append(test)
    for one in mutants:
        others = [] if one.test in held else by_name[_function(one.test)]
        fitting = [test for test in others if test.partition("::")[2] == one.test.partition("::")[2]]
        fitting = fitting or [test for test in others if _values(test) and _values(test) <= _values(one.test)]
        fitting = fitting or [test for test in others if "[" not in test]
        yield replace(one, test=fitting[0]) if len(fitting) == 1 else one


def _function(test: str) -> str:
    return test.partition("::")[2].partition("[")[0]


def _values(test: str) -> set[str]:
    """Return what a test is run with, of which a fixture with several values may have been left out."""
    return set(test.partition("[")[2].removesuffix("]").split("-")) - {""}
