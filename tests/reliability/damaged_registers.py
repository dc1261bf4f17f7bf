"""Damaged registers: each command answers or says what is wrong in one line, and none calls it a bug."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import copyfile

from tests.commands.test_damaged_values import READING, damaged
from tests.importers.ods_csv import lists
from tests.reliability.registers import said
from tests.reliability.sampling import SEED, chance, samples

PAGE = 4096


def spoil(path: Path, rng: Random) -> None:
    """Damage the bytes of a file: some flipped, pages emptied, doubled or swapped, its end cut or drawn out."""
    data = bytearray(path.read_bytes())
    pages = max(len(data) // PAGE, 1)
    for _ in range(rng.choice((1, 1, 2, 5, 40))):
        one, other = (PAGE * rng.randrange(pages) for _ in range(2))
        match rng.randrange(6):
            case 0:
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            case 1:
                data[one : one + PAGE] = bytes(len(data[one : one + PAGE]))
            case 2:
                data[one : one + PAGE] = data[other : other + PAGE]
            case 3:
                data[one : one + 16] = rng.randbytes(16)
            case 4:
                # The head of the file and of its first page, where the version, the sizes and the schema stand.
                data[rng.randrange(min(200, len(data)))] = rng.randrange(256)
            case _ if rng.random() < 0.3:
                del data[rng.randrange(len(data)) :]
                data += bytes(rng.choice((0, 1, PAGE)))
            case _:
                place = rng.randrange(len(data))
                data[place : place + 8] = rng.randbytes(8)
        data = data or bytearray(1)
        pages = max(len(data) // PAGE, 1)
    path.write_bytes(data)


def check(path: Path, rng: Random, list_: Path) -> int:
    """Ask some commands of a damaged register, those that look and one that writes; how many there were."""
    writing = (["import", str(list_)], ["undo", "2"], ["review", "--reject", "1"], ["doctor", "--rebuild-index"])
    asked = [*rng.sample(READING, 3), ["doctor"], rng.choice(writing)]
    for words in asked:
        done = said(*words, "--db", path)
        # A register from which rows are gone may hold what was asked for no more.
        assert done.code in (0, 1, 2, 4), (words, done)
    return len(asked)


def trusts(folder: Path) -> Path:
    """A list of one trust."""
    path = folder / "etr-2024-05.csv"
    path.write_text(lists.text([lists.trust()]), "utf-8")
    return path


@samples(120)
def test_damaged_bytes(rich: Path, tmp_path: Path, number: int, counts: Callable[[int], None]) -> None:
    rng = chance("bytes", number)
    path = Path(copyfile(rich, tmp_path / "r.db"))
    spoil(path, rng)
    counts(check(path, rng, trusts(tmp_path)))


@samples(48)
def test_damaged_logs(built_in: Path, tmp_path: Path, number: int, counts: Callable[[int], None]) -> None:
    rng = chance("logs", number)
    path = Path(copyfile(built_in, tmp_path / "r.db"))
    wal = path.with_name("r.db-wal")
    with closing(sqlite3.connect(path)) as register:
        register.execute("UPDATE run SET command = 'changed' || hex(zeroblob(9000))")
        register.commit()
        log = wal.read_bytes()
        content = path.read_bytes()
    path.write_bytes(content)
    wal.write_bytes(log)
    spoil(rng.choice((wal, wal, path)), rng)
    if rng.random() < 0.3:
        wal.rename(path.with_name("r.db-journal"))
    counts(check(path, rng, trusts(tmp_path)))


@samples(120)
def test_damaged_values(rich: Path, tmp_path: Path, number: int, counts: Callable[[int], None]) -> None:
    rng = chance("values", number)
    path = tmp_path / "r.db"
    damaged(rich, path, SEED * 1_000_003 + number)
    counts(check(path, rng, trusts(tmp_path)))
