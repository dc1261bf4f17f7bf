"""Bodies of one name that are several: rows that know them by the name alone and differ in place, postcode or parent.

A key made of a name means one record, so that four hospitals called St Mary's would become one. Where the rows of a
file tell them apart, each gets the place (else the postcode, else the parent) into its key; a row that tells nothing
keeps the key of the name, and the import says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from db import keys
from db.statements import End, RejectSaid, RowSaid, Statement
from importers.limits import Limits
from importers.table.language.mapping import Block, MappedTable

_KINDS = ("organisation", "site", "arrangement")
_SCHEMES = ("org", "site", "arr")
_PARENT = ("operated-by", "branch-of", "sub-division-of", "part-of", "subsidiary-of", "constituent-of")
"""Links of which a body has one at a time."""
_TELLING = ("codes", "postcode", "place", "parent")
"""What tells bodies apart, the most telling first."""
_NAMED = 6
"""Keys that a message names."""
_TOLD = 100
"""Names that are told of, each in a message."""
_ALIKE = 100
"""Bodies of one name that are alike in what tells most; beyond, no further ones are told apart."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a row tells of a body beside its name, as far as it tells bodies apart; empty where it does not say."""

    codes: frozenset[tuple[str, str]] = frozenset()
    postcode: str = ""
    place: str = ""
    parent: str = ""


@dataclass(slots=True)
class _Body:
    """Rows that can mean one body, and all that they tell of it."""

    met: list[Traits] = field(default_factory=list)
    codes: dict[str, set[str]] = field(default_factory=dict)
    postcodes: set[str] = field(default_factory=set)
    told: dict[str, set[str]] = field(default_factory=lambda: {"place": set(), "parent": set()})
    told_alone: dict[str, set[str]] = field(default_factory=lambda: {"place": set(), "parent": set()})
    """The same of rows without a postcode."""

    def may_be(self, one: Traits) -> bool:
        """Whether a row can mean it: two postcodes tell whatever place and parent say."""
        if any(_others(self.codes.get(scheme, ()), value) for scheme, value in one.codes):
            return False
        if one.postcode and _others(self.postcodes, one.postcode):
            return False
        told = self.told_alone if one.postcode else self.told
        return not any(value and _others(told[name], value) for name in told for value in [getattr(one, name)])

    def add(self, one: Traits) -> None:
        """Take a row for it."""
        self.met.append(one)
        for scheme, value in one.codes:
            self.codes.setdefault(scheme, set()).add(value)
        if one.postcode:
            self.postcodes.add(one.postcode)
        for told in (self.told,) if one.postcode else (self.told, self.told_alone):
            for name, values in told.items():
                values.update(filter(None, [getattr(one, name)]))


def _others(values: Collection[str], value: str) -> bool:
    """Whether there are other values than one."""
    return len(values) > (value in values)


@dataclass(slots=True)
class Namesakes:
    """What the rows of a file say of each body that they know by its name alone.

    Most names are told of in one way, which takes no more than two numbers for each.
    """

    _first: dict[int, int] = field(default_factory=dict)
    """By the hash of each key that of the first traits met."""
    _several: set[int] = field(default_factory=set)
    """Hashes of keys of which others were met since."""
    _met: dict[str, dict[Traits, list[int | None]]] = field(default_factory=dict)
    _keys: dict[str, dict[Traits, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    _parted: int = 0
    """Names that turned out to be those of several bodies."""

    def meeting(
        self, rows: Iterable[RowSaid | RejectSaid], label: str, limits: Limits
    ) -> Iterator[RowSaid | RejectSaid]:
        """Yield the rows of a table, and look at them; raises `InputError` where they name too many bodies."""
        for row in rows:
            for one in row.statements if isinstance(row, RowSaid) else ():
                if is_named_only(one):
                    name, told = hash(one.key), hash(traits(one))
                    limits.meet(label, name)
                    if self._first.setdefault(name, told) != told:
                        self._several.add(name)
            yield row

    def decide(self, rows: Iterable[RowSaid | RejectSaid]) -> None:
        """Decide which bodies are several, when all rows have been met; they are gone through again where any are."""
        for row in rows if self._several else ():
            for one in row.statements if isinstance(row, RowSaid) else ():
                if hash(one.key) in self._several and is_named_only(one):
                    self._met.setdefault(one.key, {}).setdefault(traits(one), []).append(row.line)
        for key, met in self._met.items():
            if len(met) > 1:
                self._part(key, met)
        if self._parted > _TOLD:
            self.remarks.append(f"{self._parted - _TOLD:,} more names are those of several bodies")

    def told_apart(self, row: RowSaid) -> RowSaid:
        """A row with the keys of the bodies that it means."""
        new = {
            one.key: key
            for one in row.statements
            if one.key in self._keys and is_named_only(one) and (key := self._keys[one.key].get(traits(one)))
        }
        return RowSaid(row.line, tuple(_renamed(one, new) for one in row.statements)) if new else row

    def _part(self, key: str, met: dict[Traits, list[int | None]]) -> None:
        bodies = _bodies(met)
        if len(bodies) < 2:
            return
        suffixes = _suffixes(bodies)
        if suffixes is None:
            return
        known = self._keys.setdefault(key, {})
        made: list[str] = []
        for body, suffix in zip(bodies, suffixes, strict=True):
            made.append(f"{key}-{suffix}")
            known |= {one: made[-1] for one in body.met}
        self._parted += 1
        if self._parted <= _TOLD:
            self._tell(key, met, known, made)

    def _tell(self, key: str, met: dict[Traits, list[int | None]], known: dict[Traits, str], made: list[str]) -> None:
        told = ", ".join(made[:_NAMED]) + (f" and {len(made) - _NAMED} more" if len(made) > _NAMED else "")
        self.remarks.append(f"{key} is the name of {len(made)} bodies, which differ in place or parent: {told}")
        rest = sorted(line for one in met if one not in known for line in met[one] if line is not None)
        if rest:
            line = f"line {rest[0]}" if len(rest) == 1 else f"lines {rest[0]} and {len(rest) - 1} more"
            self.remarks.append(f"{line}: which of these is meant cannot be told, so it stays {key}")


def may_know_names_only(table: MappedTable) -> bool:
    """Whether a table may make keys of names that mean several bodies."""
    return not table.one_by_name and any(_may_be_named(block) for block in table.records)


def _may_be_named(block: Block) -> bool:
    key = block.values.get("key")
    starts = [choice.template.parts[0] for choice in key.choices] if key is not None else []
    made = any(not isinstance(start, str) or start.partition(":")[0] in _SCHEMES for start in starts)
    return key is None or made


def is_named_only(said: Statement) -> bool:
    """Whether the key of a body is made of its name and of nothing else."""
    scheme, _, value = said.key.partition(":")
    if said.kind not in _KINDS or scheme not in _SCHEMES:
        return False
    return any(keys.slug(name.name) == value for name in said.names)


def traits(said: Statement) -> Traits:
    """What a statement tells of a body beside its name."""
    address = said.address
    place = address.town if address and address.town else None
    place = place or next((one.text for one in said.facts if one.property == "place" and one.text), None)
    parents = sorted(link.other.key for link in said.links if link.outward and link.type in _PARENT)
    return Traits(
        frozenset((one.scheme, one.value) for one in said.identifiers),
        "".join((address.postcode or "").split()).upper() if address else "",
        keys.slug(place or ""),
        parents[0] if len(parents) == 1 else "",
    )


def _bodies(met: Iterable[Traits]) -> list[_Body]:
    """Rows that can be one body, together; those of which that cannot be told are in none.

    What tells most goes first; each row is looked up by the first thing that it tells.
    """
    bodies: list[_Body] = []
    known: dict[tuple[str, object], dict[int, None]] = {}
    telling: dict[str, set[int]] = {name: set() for name in _TELLING}
    for one in sorted(met, key=lambda one: ([not getattr(one, name) for name in _TELLING], repr(one))):
        first = next((name for name in _TELLING if getattr(one, name)), None)
        same = known.get((first, getattr(one, first)), {}) if first else {}
        if len(same) > _ALIKE:
            continue
        fitting = [number for number in same if bodies[number].may_be(one)]
        if not bodies or (first and not fitting and (same or len(telling[first]) == len(bodies))):
            number = len(bodies)
            bodies.append(_Body())
        elif len(fitting) == 1 or len(bodies) == 1:
            number = fitting[0] if fitting else 0
        else:
            continue
        bodies[number].add(one)
        for name in _TELLING:
            if value := getattr(one, name):
                telling[name].add(number)
                known.setdefault((name, value), {})[number] = None
    return bodies


def _suffixes(bodies: list[_Body]) -> list[str] | None:
    """What tells the bodies apart, as parts of keys."""
    for name in ("place", "postcode", "parent"):
        texts = [next((text for one in body.met if (text := getattr(one, name))), "") for body in bodies]
        slugs = [keys.slug(text.partition(":")[2] or text) for text in texts]
        if all(slugs) and len(set(slugs)) == len(slugs):
            return slugs
    mixed = [
        keys.slug(" ".join(filter(None, (_first(body, "place"), _first(body, "postcode"), _first(body, "parent")))))
        for body in bodies
    ]
    if all(mixed) and len(set(mixed)) == len(mixed):
        return mixed
    codes = [keys.slug(" ".join(value for _, value in sorted(body.met[0].codes))) for body in bodies]
    return codes if all(codes) and len(set(codes)) == len(codes) else None


def _first(body: _Body, name: str) -> str:
    return next((text for one in body.met if (text := str(getattr(one, name)))), "")


def _renamed(said: Statement, new: dict[str, str]) -> Statement:
    links = tuple(
        replace(link, other=End(new[link.other.key], link.other.name, link.other.kind))
        if link.other.key in new
        else link
        for link in said.links
    )
    if said.key not in new:
        return replace(said, links=links) if links != said.links else said
    # The name is several bodies', so that no record of that name may be taken for this one.
    return replace(said, key=new[said.key], links=links, by_name=False)
