"""A register that holds what a reader by the batch gave it, in a dictionary; as strict as the contract lets it be."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db.statements import BatchedRows, Named, Prepared, RejectSaid, RowSaid, Statement
from importers.inputs import Inputs
from importers.ods.statements import StatementMaker
from importers.ods_xml.batches import ReleaseBatches
from importers.ods_xml.head import read_head
from importers.ods_xml.parts import ReleasePart
from importers.ods_xml.rows import ReleaseRows
from importers.plan import plan
from tests.importers.things import given, installed
from tests.national.markup import document
from tests.national.things import PUBLISHED, File, Org


@dataclass(slots=True)
class Account:
    """What a release came to."""

    read: int = 0
    merged: int = 0
    rejects: list[RejectSaid] = field(default_factory=list)
    statements: dict[str, Statement] = field(default_factory=dict)
    """What the rows of the release say, by key; those that are as they were among them."""
    unchanged: int = 0


@dataclass(slots=True)
class Register:
    """Meets `db.statements.Held`, and takes batches."""

    digests: dict[int, int] = field(default_factory=dict)
    rows: dict[str, RowSaid] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    before: dict[int, tuple[str, Named]] = field(default_factory=dict)

    def prepare(self, row: RowSaid) -> Prepared:
        """All of a row, in a form that marshal takes."""
        return (pickle.dumps(row),)

    def prepare_to_compare(self, row: RowSaid) -> Prepared:
        """The same: nothing is compared."""
        return self.prepare(row)

    def compare(self, rows: Sequence[Prepared]) -> Sequence[Prepared]:
        """The rows as they are."""
        return rows

    def named(self, keys: Iterable[str]) -> Mapping[str, Named]:
        """Those of some records that one row says all of."""
        rows = ((key, self.rows[key]) for key in keys if key in self.rows)
        return {key: _named(row, self.digests.get(row.digest or 0)) for key, row in rows if not _partial(row)}

    def earlier(self, record: int) -> tuple[str, Named]:
        """Key and name of a record as it was before the release."""
        return self.before[record]

    def take(self, batched: BatchedRows) -> Account:
        """Take a release: each key from one row at most, but for those that gave way."""
        account = Account()
        keys = {number: key for key, number in self.numbers.items()}
        stand: set[str] = set()
        for batch in batched.batches(self):
            account.read += batch.read
            account.merged += batch.merged
            account.rejects += batch.rejects
            for number in batch.unchanged:
                assert keys[number] not in stand
                stand.add(keys[number])
                account.unchanged += 1
            for key in batch.replaced:
                stand.remove(key)
            for (data,) in batch.rows:
                row: RowSaid = pickle.loads(data)
                (statement,) = row.statements
                assert statement.key not in stand
                stand.add(statement.key)
                self.rows[statement.key] = row
                self.numbers.setdefault(statement.key, len(self.numbers))
        account.statements = {key: self.rows[key].statements[0] for key in stand}
        held = {key: row for key, row in self.rows.items() if not _partial(row) and row.digest is not None}
        self.digests = {row.digest or 0: self.numbers[key] for key, row in held.items()}
        self.before = {self.numbers[key]: (key, _named(row, self.numbers[key])) for key, row in held.items()}
        return account


def _partial(row: RowSaid) -> bool:
    return row.statements[0].partial


def _named(row: RowSaid, record: int | None) -> Named:
    (statement,) = row.statements
    (name,) = statement.names
    return Named(name.verbatim or name.name, statement.opened, record)


def release(full: Sequence[Org], archive: Sequence[Org]) -> tuple[ReleasePart, ...]:
    """The two files of a release with these records."""
    files = (File(list(full)), File(list(archive), archive=True))
    sources = [given(document(file), f"{'archive' if file.archive else 'full'}.xml") for file in files]
    return tuple(ReleasePart(source, read_head(source)) for source in sources)


@contextmanager
def release_in(path: Path) -> Iterator[tuple[ReleasePart, ...]]:
    """The files of a release that a zip holds."""
    with Inputs([str(path)]) as inputs:
        (entry,) = plan(inputs, installed()).planned
        yield tuple(ReleasePart(source, read_head(source)) for source in entry.source.parts)


def by_the_batch(parts: tuple[ReleasePart, ...], register: Register, processes: int = 0) -> Account:
    """What a register takes of a release by the batch."""
    return register.take(ReleaseBatches(parts, _maker(parts), processes))


def one_by_one(parts: tuple[ReleasePart, ...]) -> Account:
    """What the rows of the same release say."""
    account = Account()
    for row in ReleaseRows(parts, _maker(parts)):
        account.read += 1
        if isinstance(row, RejectSaid):
            account.rejects.append(row)
            continue
        account.merged += not row.statements
        account.statements |= {statement.key: statement for statement in row.statements}
    return account


def _maker(parts: tuple[ReleasePart, ...]) -> StatementMaker:
    return StatementMaker(PUBLISHED, {name: word for part in parts for name, word in part.head.names.items()})
