"""The built-in words: complete, unique, and brought into a database once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import vocabularies
from db.errors import DatabaseError
from db.keys import KINDS

SCHEMA = Path(__file__).parents[2] / "db/schema/register.sql"


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """An empty register in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA.read_text("utf-8"))
        yield connection


def write_words(folder: Path, text: str) -> None:
    """Write one vocabulary file in `folder`."""
    (folder / "roles.yaml").write_text(f"vocabulary: roles\nwords:\n{text}", "utf-8")


def test_every_word_has_a_definition_and_a_source() -> None:
    words, link_types = vocabularies.load_vocabularies()
    assert len(words) > 300
    assert len(link_types) > 30
    said = [(word.definition, word.source) for word in words]
    said += [(link_type.definition, link_type.source) for link_type in link_types]
    assert all(definition.endswith(".") and source for definition, source in said)


def test_statuses_say_whether_they_count_as_open() -> None:
    words, _ = vocabularies.load_vocabularies()
    opens = {word.name: word.extra["open"] for word in words if word.vocabulary == "statuses"}
    assert opens["planned"] is opens["proposed"] is opens["being-formalised"] is True
    assert opens["closed"] is False
    assert opens["unlisted"] is None


def test_roles_are_participations_or_posts() -> None:
    words, _ = vocabularies.load_vocabularies()
    categories = {word.name: word.extra["category"] for word in words if word.vocabulary == "roles"}
    assert categories["host"] == categories["landlord"] == "participation"
    assert categories["chief-executive"] == categories["leader"] == "post"
    assert set(categories.values()) == {"participation", "post"}


def test_a_participation_belongs_to_its_arrangement_and_a_post_to_its_person() -> None:
    _, link_types = vocabularies.load_vocabularies()
    owners = {link_type.name: link_type.owner for link_type in link_types}
    assert owners.pop("participates-in") == "target"
    assert set(owners.values()) == {"source"}


def test_a_database_gets_the_words_once_and_keeps_those_of_imports(conn: sqlite3.Connection) -> None:
    conn.execute("INSERT INTO term (vocabulary, name, label) VALUES ('roles', 'steward', 'steward')")
    vocabularies.sync_vocabularies(conn)
    changes = conn.total_changes
    vocabularies.sync_vocabularies(conn)
    assert conn.total_changes == changes
    words, link_types = vocabularies.load_vocabularies()
    assert conn.execute("SELECT count(*) FROM term").fetchone() == (len(words) + 1,)
    names = [name for (name,) in conn.execute("SELECT name FROM link_type ORDER BY position")]
    assert names == [link_type.name for link_type in link_types]
    kinds = conn.execute("SELECT source_kinds FROM link_type WHERE name = 'part-of'").fetchone()[0]
    assert kinds.split() == list(KINDS)


def test_a_changed_definition_reaches_a_database_that_has_the_old_one(conn: sqlite3.Connection) -> None:
    vocabularies.sync_vocabularies(conn)
    conn.execute("UPDATE term SET definition = 'old' WHERE name = 'host'")
    conn.execute("UPDATE _meta SET value = 'older words' WHERE name = 'vocabulary'")
    vocabularies.sync_vocabularies(conn)
    assert conn.execute("SELECT count(*) FROM term WHERE definition = 'old'").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("  - {name: host, label: host, source: x}\n", "host lacks definition"),
        ("  - {name: host, label: host, definition: x, source: ''}\n", "host lacks source"),
        ("  - {name: host, label: h, definition: x, source: y}\n" * 2, "'roles: host' twice"),
        ("  - [host\n", "not a vocabulary"),
    ],
)
def test_a_faulty_vocabulary_fails_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    write_words(tmp_path, text)
    monkeypatch.setattr(vocabularies, "_FOLDER", tmp_path)
    with pytest.raises(DatabaseError, match=complaint):
        vocabularies.load_vocabularies()


def test_the_digest_of_the_vocabulary_changes_with_any_word_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = set()
    for number, text in enumerate(("name: open", "name: shut", "name: open")):
        path = tmp_path / str(number) / "words.yaml"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        monkeypatch.setattr(vocabularies, "_FOLDER", path.parent)
        digests.add(vocabularies.vocabulary_digest())
    assert len(digests) == 2


def test_an_abbreviation_in_a_label_is_one_that_the_glossary_tells() -> None:
    terms, link_types = vocabularies.load_vocabularies()
    told = {word for term in terms if term.vocabulary == "glossary" for word in abbreviations(term.label)}
    labels = [one.label for one in terms if one.vocabulary not in KEPT_AS_CALLED]
    labels += [label for one in link_types for label in (one.forward, one.reverse)]
    spelt_out = [re.sub(r"\([^)]*\)", "", label) for label in labels]
    assert "STP" in told
    assert [label for label in spelt_out if not abbreviations(label) <= told] == []


KEPT_AS_CALLED = ("glossary", "nicknames", "system_nicknames", "council_towns")
"""Vocabularies of what people call bodies, and of terms themselves."""


def abbreviations(label: str) -> set[str]:
    """Return the words of a label in capitals."""
    return {word.removesuffix("s") for word in re.findall(r"\b[A-Z]{2,}s?\b", label)}
