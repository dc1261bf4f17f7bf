"""The words of the register: types, roles, statuses, link types and the glossary, each with a definition and a source.

They are data (`vocabulary/*.yaml`), so that a new word needs no code; a database holds a copy of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DatabaseError
from db.keys import KINDS
from db.statements import LinkTypeSaid, TermSaid

if TYPE_CHECKING:
    import sqlite3  # importers read vocabularies and know no database

_FOLDER = Path(__file__).parent / "vocabulary"
_TERM_KEYS = ("name", "label", "definition", "source")
_LINK_TYPE_KEYS = ("name", "forward", "reverse", "category", "owner", "definition", "source")


@dataclass(frozen=True, slots=True)
class VocabularyTerm(TermSaid):
    """A word of the built-in vocabularies; `extra` holds what only some words tell (`open`, `category`, `aliases`)."""

    extra: dict[str, object] = field(default_factory=dict)


def load_vocabularies() -> tuple[tuple[VocabularyTerm, ...], tuple[LinkTypeSaid, ...]]:
    """Return every built-in term and link type, link types in the order in which they are shown.

    Raises DatabaseError where a word lacks a definition, a source or anything else that it needs, or comes twice.
    """
    return _load(tuple(_files()))


@cache
def _load(paths: tuple[Path, ...]) -> tuple[tuple[VocabularyTerm, ...], tuple[LinkTypeSaid, ...]]:
    """Read files of words, once in a process: an import asks for them in several places, and reading takes 30 ms."""
    terms: list[VocabularyTerm] = []
    link_types: list[LinkTypeSaid] = []
    for path in paths:
        name, words = _read(path)
        if name == "link_types":
            link_types += (_link_type(word, path) for word in words)
        else:
            terms += (_term(name, word, path) for word in words)
    _refuse_repeats(f"{term.vocabulary}: {term.name}" for term in terms)
    _refuse_repeats(f"link_types: {link_type.name}" for link_type in link_types)
    return tuple(terms), tuple(link_types)


def sync_vocabularies(conn: sqlite3.Connection) -> bool:
    """Bring the database's words to those of this program, inside the caller's transaction; words of imports stay.

    Returns whether any had to be brought.
    """
    digest = vocabulary_digest()
    row = conn.execute("SELECT value FROM _meta WHERE name = 'vocabulary'").fetchone()
    if row is not None and row[0] == digest:
        return False
    terms, link_types = load_vocabularies()
    conn.executemany(
        "INSERT INTO term (vocabulary, name, label, definition, source, extra) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (vocabulary, name) DO UPDATE SET label = excluded.label, definition = excluded.definition,"
        " source = excluded.source, extra = excluded.extra",
        [
            (t.vocabulary, t.name, t.label, t.definition, t.source, json.dumps(t.extra) if t.extra else None)
            for t in terms
        ],
    )
    conn.executemany(
        "INSERT INTO link_type (name, forward, reverse, category, owner, source_kinds, target_kinds, definition,"
        " source, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET forward = excluded.forward, reverse = excluded.reverse,"
        " category = excluded.category, owner = excluded.owner, source_kinds = excluded.source_kinds,"
        " target_kinds = excluded.target_kinds, definition = excluded.definition, source = excluded.source,"
        " position = excluded.position",
        [
            (
                t.name,
                t.forward,
                t.reverse,
                t.category,
                t.owner,
                " ".join(t.source_kinds),
                " ".join(t.target_kinds),
                t.definition,
                t.source,
                position,
            )
            for position, t in enumerate(link_types)
        ],
    )
    conn.execute(
        "INSERT INTO _meta (name, value) VALUES ('vocabulary', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (digest,),
    )
    return True


def vocabulary_digest() -> str:
    """Return a digest of the vocabulary files: it tells without a parser whether a database holds these words."""
    return _digest(tuple(_files()))


@cache
def _digest(paths: tuple[Path, ...]) -> str:
    """Return the digest of files, once in a process: each session asks for it."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    return sorted(_FOLDER.glob("*.yaml"))


def _read(path: Path) -> tuple[str, list[dict[str, object]]]:
    import yaml  # 8 ms, with what it reads 20: no reading command needs that

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it was built, ten times as fast
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=loader)
        return str(content["vocabulary"]), list(content["words"])
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise DatabaseError(f"{path}: not a vocabulary ({error}); reinstall interlock") from error


def _term(vocabulary: str, word: dict[str, object], path: Path) -> VocabularyTerm:
    name, label, definition, source = _texts(word, _TERM_KEYS, path)
    extra = {key: value for key, value in word.items() if key not in _TERM_KEYS}
    return VocabularyTerm(vocabulary, name, label, definition, source, extra)


def _link_type(word: dict[str, object], path: Path) -> LinkTypeSaid:
    name, forward, reverse, category, owner, definition, source = _texts(word, _LINK_TYPE_KEYS, path)
    if owner not in ("source", "target"):
        raise DatabaseError(f"{path}: {name}: owner is {owner!r}, not source or target; reinstall interlock")
    ends = [_kinds(word, key, path) for key in ("source_kinds", "target_kinds")]
    return LinkTypeSaid(name, forward, reverse, category, definition, source, owner, ends[0], ends[1])


def _kinds(word: dict[str, object], key: str, path: Path) -> tuple[str, ...]:
    kinds = word.get(key)
    if not isinstance(kinds, list) or not kinds or not set(kinds) <= set(KINDS):
        name = word.get("name")
        raise DatabaseError(f"{path}: {name}: {key} must list some of {', '.join(KINDS)}; reinstall interlock")
    return tuple(str(kind) for kind in kinds)


def _texts(word: dict[str, object], keys: tuple[str, ...], path: Path) -> list[str]:
    texts = []
    for key in keys:
        text = word.get(key)
        if not isinstance(text, str) or not text.strip():
            raise DatabaseError(f"{path}: {word.get('name', 'a word')} lacks {key}; reinstall interlock")
        texts.append(text)
    return texts


def _refuse_repeats(words: Iterable[str]) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise DatabaseError(f"vocabulary says {word!r} twice; reinstall interlock")
        seen.add(word)
