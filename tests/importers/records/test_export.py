"""What is exported, edited and imported again arrives as edited; what is not edited arrives as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from db.errors import NotFoundError
from db.model import Evidence, Record
from db.register import Register, open_register
from db.store.session import ImportSession
from importers.export import export_records
from tests.importers.records.files import HEADER, STORY, reading, rows, statements

VOCABULARY = """\
vocabulary:
  roles: [{name: chief-steward, definition: Who looks after it., source: us}]
  link_types: [{name: advises-on, forward: advises on, reverse: advised on by, definition: d, source: s,
      owner: target, target_kinds: [arrangement]}]
arrangements:
  - key: arr:circle
    name: Circle
    participants: [{who: ods:RLQ, role: chief-steward}]
    links: [{type: advises-on, from: ods:RLQ}]
"""


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A new register in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        yield made


def imported(connection: sqlite3.Connection, *texts: str) -> Register:
    """Import texts into a register, all at once."""
    with ImportSession.in_memory(connection, command="test") as session:
        for number, text in enumerate(texts):
            session.take(reading(text, f"file-{number}.yaml"), format="records", strict=True)
        session.finish()
    return Register(connection, label="test register")


def told(record: Record) -> object:
    """Return a record without the numbers that only this register gives, its evidence written out."""
    evidence = {one.id: one._replace(id=0) for one in record.evidence}

    def written(ids: tuple[int, ...]) -> list[Evidence]:
        return sorted((evidence[one] for one in ids), key=repr)

    items: list[tuple[object, list[Evidence]]] = []
    items += [(one._replace(evidence=()), written(one.evidence)) for one in record.names]
    items += [(one._replace(evidence=()), written(one.evidence)) for one in record.identifiers]
    items += [(one._replace(evidence=()), written(one.evidence)) for one in record.facts]
    items += [(one._replace(evidence=()), written(one.evidence)) for one in record.events]
    links = [
        (
            link._replace(
                id=0,
                evidence=(),
                facts=(),
                values=(),
                ended_with=link.ended_with and link.ended_with._replace(evidence=()),
            ),
            written(link.ended_with.evidence if link.ended_with else ()),
            written(link.evidence),
            [(fact._replace(evidence=()), written(fact.evidence)) for fact in link.facts],
            [(value._replace(evidence=()), written(value.evidence)) for value in link.values],
        )
        for link in record.links
    ]
    bare = record._replace(names=(), identifiers=(), facts=(), events=(), links=(), evidence=(), own_evidence=())
    items += [(one._replace(evidence=()), written(one.evidence)) for one in record.values]
    bare = bare._replace(values=())
    return bare, sorted(items, key=repr), sorted(links, key=repr), written(record.own_evidence)


def everything(register: Register) -> dict[str, object]:
    """Return all that a register holds of each record."""
    return {key: told(register.record(key)) for key in register.keys()}


def test_an_export_imported_elsewhere_tells_the_same(connection: sqlite3.Connection) -> None:
    first = imported(connection, STORY, HEADER + VOCABULARY)
    text = export_records(first, published="2026-01-01")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as other:
        assert everything(imported(other, text)) == everything(first)


def test_an_export_of_more_than_is_held_in_memory_says_the_same(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = imported(connection, STORY)
    text = export_records(register, published="2026-01-01")
    monkeypatch.setattr("db.files.spool._LOT", 1)
    assert export_records(register, published="2026-01-01") == text


def test_an_export_imported_again_changes_nothing_that_is_told(connection: sqlite3.Connection) -> None:
    first = imported(connection, STORY)
    before = everything(first)
    text = export_records(first, published="2026-01-01")
    after = imported(connection, text)
    assert everything(after) == before
    assert export_records(after, published="2026-01-01") == text


def test_what_was_edited_arrives_as_edited(connection: sqlite3.Connection) -> None:
    text = export_records(imported(connection, STORY), ["arr:foundation-group"], published="2026-01-01")
    edited = text.replace("status: planned", "status: open").replace("role: member", "role: lead", 1)
    edited = edited.replace("Two boards decide", "Two boards have decided")
    record = imported(connection, edited).record("arr:foundation-group")
    assert record.status == "open"
    assert [event.text for event in record.events] == ["Two boards have decided"]
    assert sorted(str(link.role) for link in record.links) == ["lead", "member"]


def test_what_was_taken_out_is_gone(connection: sqlite3.Connection) -> None:
    text = export_records(imported(connection, STORY), ["arr:foundation-group"], published="2026-01-01")
    kept = [line for line in text.splitlines() if "who: ods:RJC" not in line and "decision-due" not in line]
    assert len(kept) == len(text.splitlines()) - 2
    shortened = "\n".join(kept).replace("    events:\n", "")
    record = imported(connection, shortened).record("arr:foundation-group")
    assert [link.key for link in record.links] == ["ods:RLQ"]
    assert record.events == ()


def test_an_export_of_some_records_brings_what_they_cite(connection: sqlite3.Connection) -> None:
    register = imported(connection, STORY)
    text = export_records(register, ["ods:RLQ"], published="2026-01-01")
    assert set(statements(text)) == {"ods:RLQ", "doc:announcement"}
    found = reading(text)
    assert "file:trust-list" in {source.key for source in found.cited}
    assert (found.source.complete, found.source.published) == (True, "2026-01-01")


def test_the_whole_built_in_register_comes_back(connection: sqlite3.Connection) -> None:
    with open_register(builtin=True) as register:
        before, text = everything(register), export_records(register, published="2026-01-01")
    assert everything(imported(connection, text)) == before


def test_each_link_stands_once_at_the_record_that_owns_it(connection: sqlite3.Connection) -> None:
    text = export_records(imported(connection, STORY, HEADER + VOCABULARY), published="2026-01-01")
    said = {key: [link.type for link in one.links] for key, one in statements(text).items()}
    assert said == {
        "doc:announcement": [],
        "ods:RLQ": [],
        "arr:circle": ["participates-in", "advises-on"],
        "arr:foundation-group": ["participates-in", "participates-in"],
        "person:glen-burley": ["holds-post-in"],
    }


def test_different_records_make_different_files(connection: sqlite3.Connection) -> None:
    register = imported(connection, STORY)
    keys = [["ods:RLQ"], ["arr:foundation-group"], None]
    ids = {reading(export_records(register, one)).source.key for one in keys}
    assert len(ids) == 3
    assert reading(export_records(register, ["ods:RLQ", "ods:RLQ"])).source.key in ids


def test_hostile_text_is_written_so_that_it_is_seen_and_comes_back(connection: sqlite3.Connection) -> None:
    name = 'Evil \\x1b[31m \\u202e \\x00 \\n \\"x\\": y'
    text = export_records(imported(connection, HEADER + f'organisations: [{{key: org:evil, name: "{name}"}}]'))
    assert all(mark.isprintable() or mark == "\n" for mark in text)
    (said,) = statements(text)["org:evil"].names
    assert said.name == 'Evil \x1b[31m \u202e \x00 \n "x": y'


def test_a_record_that_only_links_name_is_named_there(connection: sqlite3.Connection) -> None:
    register = imported(connection, STORY)
    assert register.record("ods:RJC").placeholder
    text = export_records(register)
    assert "ods:RJC" not in statements(text)
    assert "South Warwickshire NHS FT" in text
    assert statements(export_records(register, ["ods:RJC"]))["ods:RJC"].partial


def test_a_key_that_there_is_not_is_said(connection: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError):
        export_records(imported(connection, STORY), ["org:nobody"])


def test_nothing_exported_is_refused(connection: sqlite3.Connection) -> None:
    text = export_records(imported(connection, STORY, HEADER + VOCABULARY))
    assert len(rows(text)) == len(statements(text))
