"""A register's records in the records format: what was exported, edited and imported again arrives as edited."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from db.errors import NotFoundError
from db.files.spool import KeptRows
from db.register import Register
from db.reports import SourceInfo
from db.statements import Cite, SourceSaid, Statement, TermSaid
from importers.records.file_text import FileText
from importers.records.resolved import ResolvedRecord
from importers.records.words import FileWords, types_of

COMMENT = "Written by `interlock export`. It says all there is of each record in it: edit it and import it again."
_UNDEFINED = "Used by an imported source, which does not define it."


def export_records(register: Register, keys: Iterable[str] | None = None, *, published: str | None = None) -> str:
    """Return as one text what `export_lines` yields."""
    return "\n".join(export_lines(register, keys, published=published)) + "\n"


def export_lines(
    register: Register, keys: Iterable[str] | None = None, *, published: str | None = None
) -> Iterator[str]:
    """Return the lines of a YAML file of records: those with the keys given and the documents they cite, or all.

    Each link stands once, at the record that owns it. `published` is the day of the export, today unless given, by
    which it counts as newer than what it was made from. Raises NotFoundError for a key that there is not.
    """
    day = published or datetime.date.today().isoformat()
    return _Export(register).file(None if keys is None else list(keys), day).lines()


class _Export:
    """One export: what the register knows of sources and words, read once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._sources = {one.key: one for one in register.sources()}
        self._link_types = {one.name: one for one in register.link_types()}

    def file(self, keys: list[str] | None, published: str) -> FileText:
        said = self._all() if keys is None else self._some(keys)
        # Those of a national register are more than are to be in memory.
        statements = KeptRows(said, plain=False, weight=lambda one: 1 + len(one.links))
        used = _Used()
        for one in statements:
            used.add(one)
        words = FileWords()
        return FileText(
            source=SourceSaid(
                key=f"file:{_identity(keys)}",
                title=f"Export of the {self._register.label}",
                published=published,
                complete=True,
            ),
            statements=statements,
            link_types=self._link_types,
            cited=[self._source(key) for key in sorted(self._with_releases(used.sources) - used.documents)],
            terms=list(self._terms([pair for pair in sorted(used.words) if not words.has(*pair)])),
            own_link_types=[
                self._link_types[name] for name in sorted(used.link_types) if not words.has("link_types", name)
            ],
            cites=_most_of(used.cites),
            comment=COMMENT,
        )

    def _all(self) -> Iterator[Statement]:
        """Every record that says anything; one that links only name is named there."""
        for key in self._register.keys():
            statement = self._statement(key)
            if not statement.partial or statement != Statement(statement.key, statement.kind, partial=True):
                yield statement

    def _some(self, keys: list[str]) -> Iterator[Statement]:
        """The records wanted, then the documents that they and those cite."""
        seen: set[str] = set()
        waiting = list(dict.fromkeys(keys))
        wanted = set(waiting)
        while waiting:
            key = waiting.pop(0)
            if key in seen:
                continue
            seen.add(key)
            try:
                statement = self._statement(key)
            except NotFoundError:
                if key in wanted:
                    raise
                continue
            if key not in wanted and (statement.kind != "document" or statement.partial):
                continue
            yield statement
            waiting += sorted({cite.source for cite in _cites(statement)} - seen)

    def _statement(self, key: str) -> Statement:
        return ResolvedRecord(self._register.record(key), self._link_types, self._sources.get(key)).statement()

    def _source(self, key: str) -> SourceSaid:
        info: SourceInfo | None = self._sources.get(key)
        if info is None:
            return SourceSaid(key, key)
        return SourceSaid(
            key, info.title, publisher=info.publisher, published=info.published, url=info.url, licence=info.licence,
            series=info.release_of, living=info.release_of is not None,
        )  # fmt: skip

    def _with_releases(self, keys: set[str]) -> set[str]:
        """Return sources with all releases of the registers that they are of: a later one repeats what one says."""
        releases = {key: one.release_of for key, one in self._sources.items() if one.release_of}
        registers = {releases[key] for key in keys & releases.keys()}
        return keys | {key for key, register in releases.items() if register in registers}

    def _terms(self, used: list[tuple[str, str]]) -> Iterator[TermSaid]:
        """The words that only this register knows, so that the file stands on its own elsewhere."""
        if not used:
            return
        known = {(one.vocabulary, one.name): one for one in self._register.terms()}
        for pair in used:
            term = known.get(pair)
            definition = (term and term.definition) or _UNDEFINED
            yield TermSaid(
                *pair, term.label if term else pair[1], definition, (term and term.source) or self._register.label
            )


def _identity(keys: list[str] | None) -> str:
    """The file's id: the same records give the same one, so that importing the export again replaces what it said."""
    if keys is None:
        return "export"
    return f"export-{hashlib.sha256(' '.join(sorted(set(keys))).encode()).hexdigest()[:10]}"


def _cites(statement: Statement) -> Iterator[Cite]:
    """Everything that a statement cites."""
    yield from statement.cites
    for said in (
        statement.names, statement.identifiers, statement.facts, statement.links, statement.events, statement.values,
    ):  # fmt: skip
        for item in said:
            yield from item.cites
    for link in statement.links:
        yield from (cite for fact in link.facts for cite in fact.cites)
        yield from (cite for value in link.values for cite in value.cites)


def _sources(statement: Statement) -> Iterator[str]:
    """The keys of all sources that a statement names."""
    yield from (cite.source for cite in _cites(statement))
    lists = (statement.unlisted_by, *(link.unlisted_by for link in statement.links))
    yield from (key for key in lists if key)


class _Used:
    """What statements use of what stands before them in a file."""

    def __init__(self) -> None:
        self.words: set[tuple[str, str]] = set()
        self.link_types: set[str] = set()
        self.sources: set[str] = set()
        self.documents: set[str] = set()
        """Keys of the documents among them, which are sources that need not be told apart."""
        self.cites: Counter[str] = Counter()

    def add(self, one: Statement) -> None:
        """Look through a statement."""
        self.words.update(_words(one))
        self.link_types.update(link.type for link in one.links)
        self.sources.update(_sources(one))
        self.cites.update(cite.source for cite in _cites(one))
        if one.kind == "document":
            self.documents.add(one.key)


def _most_of(counts: Counter[str]) -> str | None:
    """The source of more than half of all evidence, which then need not be named each time."""
    for source, count in counts.most_common(1):
        return source if 2 * count > counts.total() else None
    return None


def _words(statement: Statement) -> Iterator[tuple[str, str]]:
    """Every word of a vocabulary that a statement uses, link types aside."""
    pairs = [
        (types_of(statement.kind), statement.type),
        ("forms", statement.form),
        ("legal_forms", statement.legal_form),
        ("statuses", statement.status),
        *(("name_kinds", one.kind) for one in statement.names),
        *(("properties", one.property) for one in statement.facts),
        *(("event_kinds", one.kind) for one in statement.events),
    ]
    for link in statement.links:
        pairs += [("roles", link.role), ("link_statuses", link.status)]
        pairs += [("properties", one.property) for one in link.facts]
    yield from ((vocabulary, word) for vocabulary, word in pairs if word is not None)
