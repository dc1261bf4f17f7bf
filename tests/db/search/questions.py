"""Questions as people of the field put them, and how often a register answers them with the record that they mean.

`questions.csv`: the text, its kind, the key that must come first, and keys that may come first as well (a hospital
beside the trust that runs it, a board that ended beside its system). Facts are those of the lists of trusts and boards
of August 2026, of hospitals of 2018 and 2024, of councils, of networks of practices of October 2024, of footprints of
2019, of arrangements read on public pages, and of the built-in stories. They were written before any was asked. Search
was worked on with every second one, from the first; the others stayed unopened until that was done.

`unseen.csv`: others in the same columns, written from the same lists by one who had not read the first ones, in seven
lots, each asked once before anything was changed for it; before the later ones, what failed of those before was seen.
Of the fourth lot, by another writer, 85.3 % had what is meant first and 90.7 % among three when it was asked; of the
fifth, 94.4 and 95.6 %; of the sixth, 92.7 and 95.1 %; of the seventh, 91.9 and 94.2 %. Of the ninth, 120 by a writer
who had seen nothing of the search, 95.0 and 99.2 %; of the tenth, 130 by another such, 93.1 and 98.5 %; of the
eleventh, 130 by a third, after all had been mended, 99.2 and 100 %: those of the three that stand in no other lot or
part are the last rows, with their lot instead of a kind.

`spoken.csv`: two hundred and more of the kinds that failed in the seventh lot, written by who mended them: who runs
a place, who leads, boards and care of an area, other words for one thing, initials, former names. What is meant was
judged beside what search answered, so they hold what was reached, and tell nothing of questions unseen.

`systems.csv`: a sample of some 2,500 that were put to the search of every board, system, footprint, region, council,
former commissioner, alliance, network and group of the register, from how people call each; 81.6 % of all had what is
meant first before anything was changed for them, and 86.7 % among three; then they were mended by kind.

`trusts.csv`: a sample, drawn at random, of some 2,200 that were put to the search of every trust, its hospitals, health
boards, hospices, companies and charities of the register, from how people call each: 77.7 and 87.3 % of all before
anything was changed for them, 91.1 and 97.6 % after they were mended by kind. A hospital may stand for who runs it, and
that for it; five of odd wording were left out of the sample.

    python -m tests.db.search.questions REGISTER       # what fails of the first half, and the shares of all parts
    python -m tests.db.search.questions REGISTER PART  # what fails of another part, such as "unopened"
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from db.errors import NotFoundError
from db.register import Register, open_register

_FOLDER = Path(__file__).parent
HALVES = ("worked with", "unopened")
OTHERS = ("unseen", "spoken", "systems", "trusts")
PARTS = (*HALVES, *OTHERS)


class Question(NamedTuple):
    """What is asked, with the keys of the records that may come first, the one that is meant before the others."""

    text: str
    kind: str
    wanted: tuple[str, ...]


class Answer(NamedTuple):
    """The keys that a search found for a question, best first."""

    question: Question
    found: tuple[str, ...]

    def among(self, number: int) -> bool:
        """Whether one that may come first is among so many first ones."""
        return not set(self.question.wanted).isdisjoint(self.found[:number])


class Shares(NamedTuple):
    """How many questions were asked, and how many per cent of them had what is meant first, and among three."""

    asked: int
    first: float
    three: float


@cache
def questions(part: str) -> tuple[Question, ...]:
    """Return those of a part: rows in turn belong to the halves, the others have files of their own."""
    if part in OTHERS:
        return _read(f"{part}.csv")
    return _read("questions.csv")[HALVES.index(part) :: len(HALVES)]


def _read(name: str) -> tuple[Question, ...]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(row["question"], row["kind"], (row["first"], *row["may"].split())) for row in csv.DictReader(file)
        )


def answers(register: Register, part: str) -> list[Answer]:
    """Ask the questions of a part of which the register has the record that is meant."""
    return [
        Answer(one, tuple(hit.brief.key for hit in register.find(one.text, limit=3).hits))
        for one in questions(part)
        if is_held(register, one.wanted[0])
    ]


def is_held(register: Register, key: str) -> bool:
    """Whether a register has a record of that key."""
    try:
        return bool(register.resolve(key))
    except NotFoundError:
        return False


def shares(answered: Sequence[Answer]) -> Shares:
    """Return how well questions were answered."""
    number = len(answered)
    first, three = (100 * sum(one.among(most) for one in answered) / max(number, 1) for most in (1, 3))
    return Shares(number, first, three)


def main(path: str, shown: str = HALVES[0]) -> None:
    """Print what came first instead of what is meant for one part, by default that to work with, and all shares."""
    with open_register(Path(path)) as register:
        answered = {part: answers(register, part) for part in PARTS}
    for one in answered[shown]:
        if not one.among(1):
            place = "among three" if one.among(3) else "not among three"
            print(
                f"{one.question.text} ({one.question.kind}): {one.question.wanted[0]} {place}; {', '.join(one.found)}"
            )
    for part, listed in answered.items():
        asked, first, three = shares(listed)
        print(f"{part}: {asked} asked, {first:.1f} % first, {three:.1f} % among three")


if __name__ == "__main__":
    main(*sys.argv[1:3])
