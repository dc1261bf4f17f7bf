"""Codes that come more than once in a release, and which of their records counts.

The full file outweighs the archive, a record its stub, and of two records of one code in one file the one that starts
later; two that start alike are refused. Rows that are read one by one and rows by the batch are both judged here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from enum import Enum
from sys import intern

from db.errors import InputError


class Verdict(Enum):
    """How a record stands to those of its code that came before."""

    FIRST = "first"
    BETTER = "better"
    WORSE = "worse"


@dataclass(slots=True)
class Repeats:
    """Hears of every record with its code, its opening day and its line; lines go on from one file to the next."""

    labels: list[str] = field(default_factory=list)
    """What the files so far are called."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line of the record that counts, by code."""
    losers: dict[int, str] = field(default_factory=dict)
    """Codes of records that do not count, by line."""
    _begins: list[int] = field(default_factory=list)
    _starts: list[str] = field(default_factory=list)
    """Opening days by line."""
    _ties: dict[str, set[int]] = field(default_factory=dict)
    _stubs: dict[str, list[int]] = field(default_factory=dict)

    def begin(self, label: str, line: int) -> None:
        """Go on to a file whose first record is at a line."""
        self.labels.append(label)
        self._begins.append(line)

    def end(self) -> None:
        """Raise `InputError` where two records of the file that has ended start alike and none starts later."""
        if self._ties:
            (first, second), code = min((sorted(lines)[:2], code) for code, lines in self._ties.items())
            label = self.labels[self._part(first)]
            raise InputError(f"{label}: {code} is described twice with one start, as records {first} and {second}")

    def add(self, code: str, line: int, start: str | None) -> Verdict:
        """Hear of a record."""
        start = start or ""
        before = self.lines.setdefault(code, line)
        self._note(line, start)
        if before == line:
            return Verdict.FIRST
        part, part_before = self._part(line), self._part(before)
        start_before = self._starts[before]
        if part == part_before and start == start_before:
            self._ties.setdefault(code, {before}).add(line)
        if part > part_before or (part == part_before and start <= start_before):
            self.losers[line] = code
            return Verdict.WORSE
        self._ties.pop(code, None)
        self.losers[before] = code
        self.lines[code] = line
        return Verdict.BETTER

    def _note(self, line: int, start: str) -> None:
        self._starts.extend([""] * (line + 1 - len(self._starts)))
        self._starts[line] = intern(start)

    def add_stub(self, code: str, line: int) -> None:
        """Hear of a record that only names what another one describes."""
        self._stubs.setdefault(code, []).append(line)

    def stubs(self, described: Set[str]) -> dict[int, str]:
        """Return the codes of stubs that nothing describes, by line; `described` are codes that something else does.

        Raises `InputError` for a code of which there are two.
        """
        left: dict[int, str] = {}
        for code in self.stub_codes():
            if code not in described:
                line, *more = self._stubs[code]
                if more:
                    label = self.labels[self._part(more[0])]
                    raise InputError(f"{label}: {code} is a stub twice and described nowhere")
                left[line] = code
        return left

    def stub_codes(self) -> Iterator[str]:
        """Yield codes of stubs that no record of the release describes, as far as was heard of."""
        return (code for code in self._stubs if code not in self.lines)

    def reason(self, line: int) -> str:
        """Why a record does not count, once all have been heard of."""
        code = self.losers[line]
        counts = self.lines[code]
        if self._part(line) > self._part(counts):
            return f"{code} is described by record {counts} of the full file, which counts"
        return f"{code} is described by record {counts} as well, which starts later"

    def _part(self, line: int) -> int:
        return bisect_right(self._begins, line) - 1
