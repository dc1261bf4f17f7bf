"""Readers and exports beside a writer: each answer is of one state that there was, or one line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

from db.statements import Reading, RowSaid, SourceSaid
from db.store.session import ImportSession
from db.store.undo import undo
from tests.db.store.registers import trust
from tests.db.test_readers_without_rights import COUNT, Reader
from tests.reliability.registers import held, said
from tests.reliability.sampling import chance, samples
from tests.trouble import OtherUser, folder_for_all

BODIES = 60
WORDS = (
    ["export", "--to", "records"], ["find", "Numbered", "--limit", "1000"],
    ["find", "kind:organisation", "--format", "csv"],
    ["find", "Numbered", "--format", "jsonl"], ["sql", "SELECT name FROM record WHERE name LIKE 'Numbered%'"],
    ["sql", "SELECT body FROM participations UNION SELECT name FROM organisations", "--format", "json"],
    ["export", "ods:X9Y1", "ods:X9Y2", "ods:X9Y3", "--to", "records"],
)  # fmt: skip
"""What shows several of the bodies that every state names anew."""
_STATE = re.compile(r"Numbered (\d+)")


def name_anew(path: Path, number: int) -> None:
    """Import a list that gives all bodies another name; every third time, take that back and import it again."""
    said_rows = [RowSaid(row, (trust(f"X9Y{row}", f"Numbered {number} of {row}"),)) for row in range(1, BODIES)]
    for again in range(2 if number % 3 == 2 else 1):
        with ImportSession.begin(path, command="test", wait=60) as session:
            session.take(Reading(SourceSaid("file:numbered", "a list", published="2024"), said_rows), format="test")
            run = session.finish().run
        if not again and number % 3 == 2:
            undo(path, run, wait=60)


@contextmanager
def writing(path: Path, begin: int) -> Iterator[None]:
    """A process that imports and undoes as fast as it can, until the block ends."""
    ends, ended = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(ended)
            os.set_blocking(ends, False)
            for number in range(begin, 10**6):
                name_anew(path, number)
                try:
                    if os.read(ends, 1) == b"":
                        break
                except BlockingIOError:
                    continue
            code = 0
        finally:
            os._exit(code)
    os.close(ends)
    try:
        yield
    finally:
        os.close(ended)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@samples(16)
def test_readers_and_exports(built_in: Path, tmp_path: Path, number: int, counts: Callable[[int], None]) -> None:
    rng = chance("readers", number)
    path = Path(copyfile(built_in, tmp_path / "r.db"))
    name_anew(path, 0)
    seen: set[str] = set()
    asked = 0
    with writing(path, 1):
        while asked < 12 or (len(seen) == 1 and asked < 500):
            asked += 1
            words = rng.choice(WORDS)
            done = said(*words, "--db", path)
            assert done.code == 0, (words, done)
            states = set(_STATE.findall(done.answer))
            assert len(states) == 1, (words, states)
            seen |= states
    assert len(seen) > 1, "the writer never wrote"
    assert held(path)
    counts(asked)


@samples(6)
def test_readers_without_rights(built_in: Path, tmp_path: Path, number: int, counts: Callable[[int], None]) -> None:
    asked = 60
    with folder_for_all() as folder:
        path = Path(copyfile(built_in, folder / "r.db"))
        path.chmod(0o644)
        reader = Reader(path, Path(copyfile(built_in, tmp_path / "loaded.db")))
        name_anew(path, 0)
        count = _count(path)
        other = OtherUser(reader.prepare, reader.answer)
        try:
            with writing(path, number + 1):
                for _ in range(asked):
                    answer = other("count")
                    assert answer == count or answer.endswith(
                        "an import changed it while it was being read; ask again"
                    ), answer
        finally:
            other.end()
    counts(asked)


def _count(path: Path) -> str:
    """What a reader without rights answers whatever the bodies are called."""
    done = said("sql", COUNT, "--db", path, "--format", "csv")
    return done.answer.splitlines()[1].partition(",")[0]
