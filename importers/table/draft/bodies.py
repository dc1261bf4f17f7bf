"""Which columns speak of one body, what each body is, and how those of a row are tied to one another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.table.draft.columns import DraftColumn
from importers.table.draft.headings import plain_words, words

_COMMON = frozenset("nhs trust foundation hospital hospitals council of the and university health care".split())
_DETERMINED = 0.98
"""The share of values of one column that must have one value of another, so that the first tells the second."""


@dataclass(slots=True)
class DraftBody:
    """One body of a row: its columns by what they hold, what it is, and the bodies above it."""

    codes: dict[str, DraftColumn] = field(default_factory=dict)
    """By scheme: ods, gss, or `code` for one of another register."""
    name: DraftColumn | None = None
    kind: str = "organisation"
    type: str | None = None
    types: list[tuple[str, str]] = field(default_factory=list)
    """Types that the end of a name tells, where there are several."""
    unsure: list[str] = field(default_factory=list)
    main: bool = False

    @property
    def columns(self) -> list[DraftColumn]:
        """All columns that tell which body it is."""
        return [*self.codes.values(), *([self.name] if self.name else [])]

    @property
    def lead(self) -> DraftColumn:
        """The column that tells best which body it is."""
        for scheme in ("ods", "gss", "code"):
            if scheme in self.codes:
                return self.codes[scheme]
        assert self.name is not None
        return self.name

    def says(self, phrases: Sequence[str]) -> bool:
        """Whether the heading of one of its columns has one of some phrases."""
        return any(column.says(phrases) for column in self.columns)

    @property
    def called(self) -> str:
        """What to call it in a comment."""
        return (self.name or self.lead).heading


def bodies_of(columns: Sequence[DraftColumn]) -> list[DraftBody]:
    """The bodies that the rows of a table speak of, the one that they are about first."""
    found: list[DraftBody] = []
    for column in columns:
        if column.kind in ("ods", "gss", "code"):
            _place(found, column)
    if not any(column.kind == "name" for column in columns):
        for column in [one for one in columns if one.kind == "maybe"][:1]:
            column.kind = "name"
    for column in columns:
        if column.kind == "name":
            _name(found, column)
    found = [body for body in found if not _is_spelling(body, found)]
    found = [body for body in found if body.name is not None or {"ods", "gss"} & body.codes.keys() or len(found) == 1]
    for body in found:
        _classify(body)
    main = _main(found)
    if main is not None:
        main.main = True
        if main.type is None and any(column.kind == "member" for column in columns):
            main.kind = "arrangement"
        found.sort(key=lambda body: not body.main)
    return found


def _place(bodies: list[DraftBody], column: DraftColumn) -> None:
    """Put a code with the others of its body, or into a body of its own."""
    for body in bodies:
        other = body.lead
        same = other.stem == column.stem
        near = abs(other.place - column.place) == 1 and column.kind not in body.codes and other.stem & column.stem
        if (same or near) and determines(other, column) and determines(column, other):
            scheme = column.kind if column.kind not in body.codes else "code"
            if column.kind == "ods" and "ods" in body.codes and "ods" in column.heading_words:
                body.codes["code"], body.codes["ods"] = body.codes["ods"], column
            else:
                body.codes.setdefault(scheme, column)
            return
    bodies.append(DraftBody({column.kind: column}))


def _name(bodies: list[DraftBody], column: DraftColumn) -> None:
    """Give a name to the body whose it is, or make one that is known by its name alone."""
    own = column.stem
    nameless = [body for body in bodies if body.name is None]
    exact = [body for body in nameless if any(one.stem == own for one in body.codes.values())]
    related = [body for body in nameless if any(one.stem & own for one in body.codes.values())]
    near = [body for body in nameless if any(abs(one.place - column.place) == 1 for one in body.codes.values())]
    for body in [*exact, *related, *near]:
        if determines(body.lead, column, 0.8):
            body.name = column
            return
    if any(body.name is not None and (body.name.stem == own or "cy" in column.heading_words) for body in bodies):
        column.kind = "short"
        return
    bodies.append(DraftBody(name=column))


def _is_spelling(body: DraftBody, bodies: Sequence[DraftBody]) -> bool:
    """Whether a name is only another spelling of a body's: one for one, and most often with a word in common."""
    name = body.name
    if name is None or body.codes:
        return False
    for other in bodies:
        if other is body or other.name is None or other.name.place > name.place:
            continue
        if not (determines(other.name, name, 0.9) and determines(name, other.name, 0.9)):
            continue
        pairs = [(mine, theirs) for mine, theirs in zip(name.values, other.name.values, strict=True) if mine and theirs]
        shared = sum(
            bool(set(plain_words(mine).split()) & set(plain_words(theirs).split()) - _COMMON) for mine, theirs in pairs
        )
        if shared >= 0.6 * len(pairs):
            name.kind = "spelling"
            return True
    return False


def determines(one: DraftColumn, other: DraftColumn, enough: float = _DETERMINED) -> bool:
    """Whether each value of a column comes with one value of another."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for mine, theirs in zip(one.values, other.values, strict=True):
        if mine and theirs:
            met[mine][theirs] += 1
    if not met:
        return False
    single = sum(len(counts) == 1 for counts in met.values())
    return single >= enough * len(met)


def _main(bodies: Sequence[DraftBody]) -> DraftBody | None:
    """The body that a row is about: the one with most different values, the first of several."""
    if not bodies:
        return None

    def rank(body: DraftBody) -> tuple[int, bool, int]:
        distinct = len(set(body.lead.filled))
        return (distinct, not body.lead.stem, -body.lead.place)

    most = max(len(set(body.lead.filled)) for body in bodies)
    close = [body for body in bodies if len(set(body.lead.filled)) >= 0.97 * most]
    plain_ones = [body for body in close if any(not one.stem for one in body.columns)]
    return max(plain_ones or close, key=rank)


def _classify(body: DraftBody) -> None:
    """What a body is: by the words of its names, by its codes, by its headings; unsure where only one of them tells."""
    by_name = _by_names(body)
    by_code = _by_codes(body)
    by_heading = next(
        ((kind, type_) for kind, type_, phrases in words()["types"] if body.says(phrases)), None
    )  # fmt: skip
    found = by_name or by_heading or by_code
    if by_heading and by_heading[0] == "arrangement" and not by_name:
        found = by_heading
    if by_code and by_code[0] == "site" and not (by_name or by_heading):
        found = by_code
    if found is None:
        body.unsure.append("what kind of body this is: its type is left out")
        return
    body.kind, body.type = found
    if sum(one is not None for one in (by_name, by_code, by_heading)) < 2:
        body.unsure.append("its type, told by one sign only")
    if by_code and by_heading and by_code != by_heading and by_code[1] != body.type:
        body.unsure.append(f"its type, which the codes would have as {by_code[1]}")


def _by_names(body: DraftBody) -> tuple[str, str] | None:
    if body.name is None:
        return None
    names = [f" {plain_words(name)} " for name in set(body.name.filled)]
    trusts = [
        (sum(name.endswith(f" {ending} ") for name in names) / max(len(names), 1), type_, said)
        for ending, type_, said in (
            ("nhs foundation trust", "nhs-foundation-trust", "NHS Foundation Trust"),
            ("nhs trust", "nhs-trust", "NHS Trust"),
        )
    ]
    ended = sum(share for share, _, _ in trusts)
    if ended >= 0.5:
        told = [(type_, said) for share, type_, said in trusts if share]
        if len(told) > 1 or ended < 1:
            body.types = told
        return "organisation", told[0][0]
    for kind, type_, phrases in words()["types"]:
        long = [phrase for phrase in phrases if len(phrase) > 4]
        if sum(any(f" {phrase} " in name for phrase in long) for name in names) >= 0.5 * len(names):
            return kind, type_
    return None


def _by_codes(body: DraftBody) -> tuple[str, str] | None:
    for scheme, pattern, kind, type_ in words()["codes"]:
        column = body.codes.get(scheme)
        if (
            column is not None
            and column.share(re.compile(f"(?:{pattern})" + (".*" if scheme == "gss" else "")).fullmatch) >= 0.8
        ):
            return kind, type_
    return None


def parents_of(body: DraftBody, bodies: Sequence[DraftBody]) -> list[DraftBody]:
    """The bodies directly above one: those that it tells, but for those that one of these tells as well."""
    told = [
        other for other in bodies
        if other is not body and determines(body.lead, other.lead, 0.9) and _above(other, body)
    ]  # fmt: skip
    return [
        one for one in told
        if not any(
            other is not one and determines(other.lead, one.lead, 0.95) and _above(one, other) for other in told
        )
    ]  # fmt: skip


def _above(one: DraftBody, other: DraftBody) -> bool:
    """Whether a body is the larger of two: it has fewer values, or as many and stands after the other."""
    mine, theirs = len(set(one.lead.filled)), len(set(other.lead.filled))
    if mine < 0.9 * theirs or is_later(other.lead, one.lead):
        return True
    # One for one it may stand there by chance, as lists side by side do, unless its heading says what it is.
    told = any(
        one.says(phrases) for name, phrases in words()["links"].items() if name != "in-geography-of" or not other.main
    )
    return told and (other.main or (not one.main and (mine, -one.lead.place) < (theirs, -other.lead.place)))


def is_later(one: DraftColumn, other: DraftColumn) -> bool:
    """Whether a column is that of a later year: `ltla17_code` beside `ltla16_code`."""
    if one.kind != other.kind:
        return False
    first, second = "".join(one.heading_words), "".join(other.heading_words)
    years = [re.findall(r"\d+", text) for text in (first, second)]
    bare = [re.sub(r"\d+", "", text) for text in (first, second)]
    return bare[0] == bare[1] and len(years[0]) == len(years[1]) == 1 and int(years[0][0]) < int(years[1][0])
