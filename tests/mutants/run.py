"""Puts each mutant of the list in the code and runs the test that notices it.

python -m tests.mutants.run [--numbers 1-20,33] [--jobs 2]     which are killed
python -m tests.mutants.run --check                            which places and tests are not found, running none
python -m tests.mutants.run --carry [MOVES ...]                correct the list after code and tests have moved
python -m tests.mutants.run --numbers 7 --among tests/db       write another test that kills it into the list
"""

from __future__ import annotations

import argparse
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.mutants.carrying import Moves, found_again, moved, stands, tests_again
from tests.mutants.places import ROOT, Mutant, read_list, write_list
from tests.mutants.trial import KILLED, SURVIVED, Trial, Verdict, load_what_is_not_ours

NO_PLACE, UNSOUND = "place not found", "its test fails without it"
SECONDS = 120.0
"""How long a trial may take; those of the list take one or two."""


def chosen(text: str | None, mutants: Sequence[Mutant]) -> list[Mutant]:
    """Return the mutants with the numbers that a text like `1-20,33` names, or all."""
    if not text:
        return list(mutants)
    wanted: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        wanted.update(range(int(first), int(last or first) + 1))
    return [one for one in mutants if one.number in wanted]


def failing(mutants: Sequence[Mutant]) -> set[str]:
    """Return the tests that fail without any mutant, by which none is killed."""
    tests = sorted({one.test for one in mutants})
    verdict = Trial(None, tests, SECONDS * 10, every=True).end()
    if verdict.outcome == SURVIVED:
        return set()
    return set(verdict.failed) or {test for test in tests if Trial(None, [test], SECONDS).end().outcome != SURVIVED}


def trials(
    mutants: Sequence[Mutant], jobs: int, tests_of: Callable[[Mutant], Sequence[str]], seconds: float
) -> Iterator[tuple[Mutant, Verdict]]:
    """Try mutants, some at a time, and yield how each went as soon as that is known."""
    waiting, running = list(mutants), list[Trial]()
    while waiting or running:
        while waiting and len(running) < jobs:
            one = waiting.pop(0)
            running.append(Trial(one, tests_of(one), seconds))
        ready = select.select([trial.channel for trial in running], [], [], min(trial.left for trial in running))[0]
        for trial in [trial for trial in running if trial.channel in ready or trial.left == 0]:
            running.remove(trial)
            assert trial.mutant is not None
            yield trial.mutant, trial.end()


def check(mutants: Sequence[Mutant]) -> int:
    """Name what is not where the list says."""
    known = collected()
    lost = [(one, NO_PLACE) for one in mutants if not stands(one)]
    lost += [(one, f"no test {one.test}") for one in mutants if one.test not in known]
    for one, what in lost:
        print(f"{one.number:4} {one.place}: {what}")
    print(f"{len(mutants)} mutants, {len({one.number for one, _ in lost})} to carry over")
    return 1 if lost else 0


def collected() -> set[str]:
    """Return the ids of all tests."""
    words = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-n0", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return {line for line in done.stdout.splitlines() if "::" in line}


def carry(moves: Sequence[Path]) -> int:
    """Correct places and tests in the list, and name those that a person has to look for."""
    lists, left = [Moves.read(path) for path in moves], 0
    held: list[Mutant] = []
    for one in read_list():
        there = moved(one, lists)
        if stands(there):
            held.append(there)
            continue
        again, places = found_again(there)
        if again is None:
            again, _ = found_again(one)
        held.append(again or one)
        if again is not None:
            print(f"{one.number:4} {one.place} -> {again.place}: {again.was}")
            continue
        left += 1
        print(f"{one.number:4} {there.place}: not found: {one.was}\n     {one.now}")
        print("".join(f"     perhaps {place.module}:{place.function}: {place.text}\n" for place in places), end="")
    known = collected()
    held = list(tests_again(held, known))
    for one in held:
        if one.test not in known:
            left += 1
            print(f"{one.number:4} no test {one.test}")
    before = read_list()
    write_list(held)
    print(f"{sum(one != other for one, other in zip(before, held, strict=True))} corrected, {left} left to look for")
    return 1 if left else 0


def find_tests(mutants: Sequence[Mutant], among: Sequence[str], jobs: int, seconds: float) -> int:
    """Write into the list the first of some tests that kills each mutant."""
    found: dict[int, str] = {}
    for one, verdict in trials(mutants, jobs, lambda _: among, seconds):
        if verdict.failed:
            found[one.number] = verdict.failed[0]
        print(f"{one.number:4} {verdict.outcome}: {', '.join(verdict.failed)}", flush=True)
        write_list([replace(it, test=found.get(it.number, it.test)) for it in read_list()])
    return 0 if len(found) == len(mutants) else 1


def run(mutants: Sequence[Mutant], jobs: int, seconds: float, trusted: bool) -> int:
    """Try the mutants and say which are not killed."""
    begun = time.monotonic()
    outcomes: Counter[str] = Counter()
    standing = [one for one in mutants if stands(one)]
    bad = set() if trusted else failing(standing)

    def tell(one: Mutant, outcome: str) -> None:
        outcomes[outcome] += 1
        if outcome != KILLED:
            print(f"{one.number:4} {one.place}: {outcome}\n     {one.was}\n  -> {one.now}\n     {one.test}", flush=True)

    for one in mutants:
        if one not in standing:
            tell(one, NO_PLACE)
        elif one.test in bad:
            tell(one, UNSOUND)
    for one, verdict in trials([one for one in standing if one.test not in bad], jobs, lambda one: [one.test], seconds):
        tell(one, verdict.outcome)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
    print(f"{len(mutants)} mutants: {told}; {time.monotonic() - begun:.0f} s")
    return 0 if outcomes[KILLED] == len(mutants) else 1


def main() -> int:
    """Do what the words on the command line say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", help="only these, as in 1-20,33")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long one may take")
    parser.add_argument("--trust", action="store_true", help="do not run the tests without mutants first")
    parser.add_argument("--check", action="store_true", help="look for places and tests, and run nothing")
    parser.add_argument("--carry", nargs="*", type=Path, metavar="MOVES", help="correct the list")
    parser.add_argument("--among", nargs="+", metavar="TESTS", help="find a test that kills")
    words = parser.parse_args()
    if words.carry is not None:
        return carry(words.carry)
    mutants = chosen(words.numbers, read_list())
    if words.check:
        return check(mutants)
    load_what_is_not_ours()
    if words.among:
        return find_tests(mutants, words.among, words.jobs, words.seconds)
    return run(mutants, words.jobs, words.seconds, words.trust)


if __name__ == "__main__":
    sys.exit(main())
