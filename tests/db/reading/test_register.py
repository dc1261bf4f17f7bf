"""A register as an object: opening, closing, sharing between threads, interrupting."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Event, Thread

import pytest

import db.register
from db.errors import DatabaseError, InterlockError, QueryInterruptedError
from db.register import BUILT_IN, Register, open_register
from tests.db.reading.small import Small

ENDLESS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n WHERE started() IS NULL"
)


def test_an_interrupt_from_another_thread_stops_the_call(small: Small) -> None:
    small.record("ods:A", "A")
    register = small.register()
    started = Event()
    small.connection.create_function("started", 0, started.set)
    caught: list[InterlockError] = []

    def ask() -> None:
        try:
            register.sql(ENDLESS, seconds=60)
        except InterlockError as error:
            caught.append(error)

    thread = Thread(target=ask)
    thread.start()
    assert started.wait(10)
    register.interrupt()
    thread.join(10)

    assert not thread.is_alive()
    assert isinstance(caught[0], QueryInterruptedError)
    assert "--seconds" not in str(caught[0])
    assert register.brief("ods:A").name == "A"


def test_an_interrupt_between_two_statements_still_stops_the_call(small: Small) -> None:
    small.record("ods:A", "A")
    register = small.register()
    seen: list[str] = []

    def interrupt_once(statement: str) -> None:
        seen.append(statement)
        if len(seen) == 3:
            register.interrupt()

    small.connection.set_trace_callback(interrupt_once)
    with pytest.raises(QueryInterruptedError):
        register.record("ods:A")
    small.connection.set_trace_callback(None)

    assert register.record("ods:A").name == "A"


def test_an_interrupt_without_a_call_does_nothing(small: Small) -> None:
    small.record("ods:A", "A")
    register = small.register()

    register.interrupt()

    assert register.brief("ods:A").name == "A"
    register.close()
    register.interrupt()


def test_threads_take_turns(small: Small) -> None:
    for number in range(50):
        small.record(f"ods:{number}", f"Body {number}")
    register = small.register()
    problems: list[BaseException] = []

    def read() -> None:
        try:
            for key in register.keys():
                assert register.record(key).key == key
        except BaseException as error:
            problems.append(error)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []


def test_a_call_sees_one_state_even_if_an_import_ends_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    writer = Small(path)
    writer.connection.execute("PRAGMA journal_mode = WAL")
    body = writer.record("ods:A", "A")
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    register = Register(reader, label="shared", path=path)

    def write_once(statement: str) -> None:
        if "FROM event" in statement:
            reader.set_trace_callback(None)
            writer.insert("event", record_id=body, date=None, kind="other", text="came meanwhile")

    reader.set_trace_callback(write_once)
    assert register.record("ods:A").events == ()
    assert [event.text for event in register.record("ods:A").events] == ["came meanwhile"]
    register.close()
    writer.connection.close()


def test_a_closed_register_says_so(small: Small) -> None:
    with small.register() as register:
        pass
    register.close()

    for call in (register.runs, register.stats, lambda: register.brief("ods:A"), lambda: next(register.keys())):
        with pytest.raises(DatabaseError, match="a small register: has been closed"):
            call()


def test_a_damaged_database_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    made = Small(path)
    for number in range(200):
        made.record(f"ods:{number}", f"Body {number}" * 50)
    made.connection.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    register = Register(sqlite3.connect(path), label="register.db", path=path)

    with pytest.raises(DatabaseError, match=r"register\.db: is damaged") as caught:
        register.stats()

    assert "\n" not in str(caught.value)
    register.close()


def test_a_locked_database_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    made = Small(path)
    made.record("ods:A", "A")
    made.connection.execute("BEGIN EXCLUSIVE")
    register = Register(sqlite3.connect(path, timeout=0), label="register.db", path=path)

    with pytest.raises(DatabaseError, match="is locked"):
        register.brief("ods:A")

    made.connection.rollback()
    assert register.brief("ods:A").name == "A"
    register.close()
    made.connection.close()


class Opened:
    """What `open_register` asked for, in place of files that it would open."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, small: Small) -> None:
        self.asked: list[str] = []
        self.refuse_to_create = False
        self._small = small
        monkeypatch.setattr(db.register, "open_reading", self._open)
        monkeypatch.setattr(db.register, "builtin_connection", self._built_in)
        monkeypatch.setattr(db.register, "create_register", self._create)

    def _open(self, path: Path | str) -> sqlite3.Connection:
        self.asked.append(f"open {Path(path).name}")
        return self._small.connection

    def _built_in(self) -> sqlite3.Connection:
        self.asked.append("built-in")
        return self._small.connection

    def _create(self, path: Path | str) -> None:
        self.asked.append(f"create {Path(path).name}")
        if self.refuse_to_create:
            raise PermissionError(path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, small: Small) -> Opened:
    """Watch what is opened."""
    return Opened(monkeypatch, small)


def test_a_named_file_is_opened_before_the_environments(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLOCK_DB", "environment.db")

    named = open_register("named.db")

    assert (named.label, named.path) == ("named.db", Path("named.db"))
    assert open_register().label == "environment.db"
    assert open_register(builtin=True).label == BUILT_IN
    assert opened.asked == ["open named.db", "open environment.db", "built-in"]


def test_the_users_own_database_is_made_when_it_is_missing(opened: Opened) -> None:
    assert open_register().label == "interlock.db"
    assert opened.asked == ["create interlock.db", "open interlock.db"]


def test_where_it_cannot_be_made_the_built_in_register_is_read(opened: Opened) -> None:
    opened.refuse_to_create = True

    register = open_register()

    assert (register.label, register.path) == (BUILT_IN, None)
    assert opened.asked == ["create interlock.db", "built-in"]


def test_a_file_that_the_user_named_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing.db"

    with pytest.raises(DatabaseError, match=r"missing\.db"):
        open_register(missing)
    monkeypatch.setenv("INTERLOCK_DB", str(missing))
    with pytest.raises(DatabaseError, match=r"missing\.db"):
        open_register()

    assert not missing.exists()
