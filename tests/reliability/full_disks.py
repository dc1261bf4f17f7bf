"""Disks that fill up while something is written: one line, the register as before, and all is well with room again."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.commands.test_full_and_closed import FULL, NO_SPACE, into_full
from tests.commands.test_manners import command
from tests.reliability.deeds import DEEDS, Workshop
from tests.reliability.registers import Said
from tests.reliability.sampling import chance, samples
from tests.trouble import small_disk
from tui.cli.arguments import FORMATS

READING = (
    ["stats"], ["runs"], ["diff", "2"], ["review"], ["formats"], ["doctor"], ["find", "trust"], ["find", "kind:site"],
    ["show", "RZ1"], ["links", "RZ1"], ["timeline", "arr:bay-alliance"], ["sql", "SELECT * FROM name"],
)  # fmt: skip


def check(workshop: Workshop, name: str, done: Said) -> None:
    """What could not be written is told in a line, and changed nothing; what could be is there."""
    assert done.code in (0, 4), done
    is_done = workshop.look(name)
    # Who only looks is shown the built-in register from memory where none can be made.
    assert is_done == (done.code == 0) or (name == "first look" and not done.code), done


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as a disk does that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def room(workshop: Workshop, name: str, rng: Random, most: float) -> int:
    """Bytes of room: from hardly any beyond the register as it is to more than the deed asks for."""
    before = workshop.path.stat().st_size if workshop.path.exists() else 0
    return before + int(rng.random() ** 2 * most * workshop.undisturbed(name).size)


@pytest.mark.parametrize("name", DEEDS)
@samples(6)
def test_disks_without_room(workshop: Workshop, tmp_path: Path, name: str, number: int) -> None:
    rng = chance(f"disk/{name}", number)
    workshop.undisturbed(name)
    workshop.prepare(name)
    size = room(workshop, name, rng, 2.5) + (1 << 16)
    with small_disk(tmp_path / "disk", size) as disk, workshop.moved_to(disk):
        check(workshop, name, workshop.do(name))
    done = workshop.do(name)
    assert done.code == 0, done


@pytest.mark.parametrize("name", DEEDS)
@samples(8)
def test_files_that_may_not_grow(workshop: Workshop, name: str, number: int) -> None:
    rng = chance(f"growth/{name}", number)
    workshop.undisturbed(name)
    workshop.prepare(name)
    with files_of_at_most(room(workshop, name, rng, 1.2)):
        done = workshop.do(name)
    check(workshop, name, done)
    workshop.check(name)


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@samples(40)
def test_answers_that_cannot_be_written(rich: Path, cache: Path, number: int) -> None:
    rng = chance("answer", number)
    words = rng.choice([*READING, ["export", "--to", "records"]])
    form = () if words[0] == "export" else ("--format", rng.choice(FORMATS))
    assert into_full(*command(*words, *form, "--db", rich, cache=cache)) == (5, NO_SPACE)
