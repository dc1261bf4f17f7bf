"""Every command that reads answers from one state, though an import ends between two of its reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest

from db.register import Register, open_register
from db.statements import Reading, RowSaid, SourceSaid
from db.store.session import ImportSession
from tests.db.store.registers import trust
from tests.depth import DEEP
from tui.cli.main import main
from tui.explorer.desk import Channel

COMMANDS = (
    ["export", "--to", "records"],
    ["export", "--to", "records", "RLQ", "RJC"],
    ["find", "trust"],
    ["find", "kind:organisation", "--explain"],
    ["show", "RLQ"],
    ["links", "RLQ"],
    ["timeline", "RLQ"],
    ["stats"],
    ["runs"],
    ["diff", "1"],
    ["review"],
    ["sql", "select count(*) from record"],
)


@pytest.fixture
def path(built_in: Path, tmp_path: Path) -> Path:
    """A copy of the built-in register."""
    return Path(copyfile(built_in, tmp_path / "r.db"))


def commit(path: Path, number: int = 0) -> None:
    """Import what changes every answer: other names, and new bodies."""
    said = [RowSaid(1, (trust("RLQ", f"Renamed {number}"),)), RowSaid(2, (trust("RJC", "New trust"),))]
    said += [RowSaid(row, (trust(f"X{number}Y{row}", "One more trust"),)) for row in range(3, 60)]
    with ImportSession.begin(path, command="test") as session:
        session.take(Reading(SourceSaid(f"file:{number}", "b"), said), format="test")
        session.finish()


def committing(path: Path, monkeypatch: pytest.MonkeyPatch, after: int, number: int = 0) -> list[int]:
    """Let an import end when a register has been read from `after` times; the list tells how often it was read."""
    real = Register._reading
    read = [0]

    @contextmanager
    def reading(self: Register) -> Iterator[object]:
        with real(self) as connection:
            yield connection
        read[0] += 1
        if read[0] == after:
            commit(path, number)

    monkeypatch.setattr(Register, "_reading", reading)
    return read


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("after", [2, 3])
def test_an_answer_is_that_of_before_the_import_that_ended_meanwhile(
    words: list[str], after: int, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [*words, "--db", str(path)]
    code = main(command)
    before = capsys.readouterr()
    read = committing(path, monkeypatch, after)
    assert main(command) == code
    assert capsys.readouterr() == before
    assert read[0] >= 2


def test_exports_beside_imports_are_each_a_state_that_there_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", "--to", "records", "--db", str(path)]

    def export() -> str:
        assert main(command) == 0
        return capsys.readouterr().out

    states = [export()]
    found = []
    for number in range(4 if DEEP else 2):
        with monkeypatch.context() as patch:
            committing(path, patch, 3 * number + 2, number)
            found.append(export())
        states.append(export())
    assert found == states[:-1]
    assert len(set(states)) == len(states)


def test_the_explorer_answers_each_question_from_one_state(path: Path) -> None:
    channel = Channel(lambda: open_register(path))
    counted = []

    def question(reader: object) -> None:
        assert isinstance(reader, Register)
        for number in range(2):
            counted.append(len(list(reader.keys())))
            commit(path, number)

    channel.ask(question)
    assert counted[0] == counted[1]
    assert channel.ask(lambda reader: reader.stats()).records["organisation"] > counted[0] / 2
    channel.close()
