"""Names and the keys made from them: titles and honours come off a person's name, a slug of the rest is the key."""

from __future__ import annotations

from functools import cache

from db import keys
from db.data_files import load_data
from importers.documents.faults import FaultError, fault, faults_at, nearest, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.records.words import SCHEME_OF_KIND


@cache
def _titles() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    content = load_data("importers.records", "titles.yaml")
    before, after, particles = (frozenset(content[name]["words"]) for name in ("before", "after", "particles"))
    return before, after, particles


def is_title(word: str) -> bool:
    """Whether a word is a title that stands before a name."""
    return word.rstrip(".,").lower() in _titles()[0]


def is_honour(word: str) -> bool:
    """Whether a word is an honour, a degree or a membership that stands after a name."""
    return word.strip(".,").replace(".", "") in _titles()[1]


def without_titles(name: str) -> str:
    """Return a person's name without titles before and honours after it; all of it where nothing else would be left."""
    words = name.split()
    first, last = 0, len(words)
    while last - first > 1 and is_title(words[first]):
        first += 1
    while last - first > 1 and is_honour(words[last - 1]):
        last -= 1
    if first == 0 and last == len(words):
        return name
    return " ".join(words[first:last]).rstrip(",")


def person_slug(name: str) -> str:
    """Return `first-last` of a person's name without titles; particles such as `van` stay with the family name."""
    words = without_titles(name).split()
    if len(words) > 2:
        start = len(words) - 1
        while start > 1 and words[start - 1].lower() in _titles()[2]:
            start -= 1
        words = [words[0], *words[start:]]
    return keys.slug(" ".join(words))


def key_of(node: MappingNode, kind: str) -> str:
    """Return the key that a record gives or that its name makes; raises `FaultError` where there is neither."""
    given = node.scalar("key")
    if given is not None:
        try:
            return _checked(keys.parse(given.text), kind)
        except ValueError as error:
            raise FaultError(given.line, "key", str(error), given.text[:80]) from error
    code = _code(node) if kind != "person" else None
    if code is not None:
        return code
    name = node.scalar("name") or (node.scalar("title") if kind == "document" else None)
    if name is None or not name.text.strip():
        raise _nameless(node)
    slug = person_slug(name.text) if kind == "person" else keys.slug(name.text)
    if not slug:
        message = "has no letters that a key could be made of; give the record a key"
        raise FaultError(name.line, "name", message, name.text[:80])
    return f"{SCHEME_OF_KIND[kind]}:{slug}"


def _nameless(node: MappingNode) -> FaultError:
    """What to say of a record without key and name; most often one of the two is there, only not rightly written."""
    for name, entry in node.entries.items():
        if name in ("key", "name", "title") and not isinstance(entry.value, ScalarNode):
            return fault(entry.value, name, "a text is wanted here")
        near = nearest(name, ("key", "name"))
        if near is not None and name != near:
            return FaultError(entry.line, shown(name)[1:-1], f"unknown key, did you mean '{near}'?", name)
    return FaultError(node.line, "", "the record has neither a key nor a name")


def _checked(key: str, kind: str) -> str:
    """A key of one of our own schemes must suit the record; an arrangement may become an organisation."""
    scheme = key.partition(":")[0]
    owner = {scheme: kind for kind, scheme in SCHEME_OF_KIND.items()}.get(scheme)
    if scheme == "file" or (owner in ("person", "document", "site") and owner != kind):
        meant = f"keys of kind {owner}" if owner else "imported files"
        raise ValueError(f"'{scheme}:' is for {meant}, and this is a record of kind {kind}")
    return key


def _code(node: MappingNode) -> str | None:
    """The first identifier as a key, where the record has one that can be a key."""
    entry = node.entries.get("identifiers")
    items: list[Node] = []
    if entry is not None:
        items = entry.value.items if isinstance(entry.value, SequenceNode) else [entry.value]
    for item in items:
        parts = (item.scalar("scheme"), item.scalar("value")) if isinstance(item, MappingNode) else (None, None)
        if isinstance(parts[0], ScalarNode) and isinstance(parts[1], ScalarNode):
            given = f"{parts[0].text}:{parts[1].text}"
            if keys.split(given) is not None:
                with faults_at(parts[1], "identifiers"):
                    return keys.parse(given)
    return None
