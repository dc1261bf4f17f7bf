"""One register measured: keystrokes, what is found, whole processes, each beside its rivals."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from db import open_register
from db.database.connection import open_reading
from db.search.spelling import vocabulary
from tests.benchmarks.searching import cold, report, rivals
from tests.benchmarks.searching.measuring import Found, Search, Times, found, timed, timed_beside
from tests.benchmarks.searching.queries import Asked, asked, filtered, keystrokes, records, unique

_SLOW = ("brute force", "brute force, normalised")
_TYPED = ("as typed", "one error", "two errors")
_ASKED = ("as typed", "one error", "two errors", "a word dropped", "words swapped", "abbreviated", "acronym", "code")
_OWN = "interlock"
_TYPED_BESIDE, _ASKED_BESIDE = 8, 6
"""Names typed beside brute force for each that it is asked, and letters of them that it is asked."""


class Run:
    """What is measured over one register."""

    def __init__(self, title: str, path: Path, folder: Path, options: Namespace) -> None:
        self._title, self._path, self._folder, self._options = title, path, folder, options
        self._register = open_register(path)
        with closing(open_reading(path)) as conn:
            self._all = records(conn)
            self._words = len(vocabulary(conn))
        self._unique = unique(self._all)
        gc.collect()
        gc.freeze()
        self._open = [one for one in self._unique if one.is_open]
        # The first search loads the search, which the cold processes below are there to measure.
        self._register.find("wye vlaley kind:organisation")

    def report(self) -> str:
        """Measure everything, and return it as Markdown."""
        with closing(self._register):
            parts = [
                f"## {self._title.capitalize()}: {len(self._all):,} records, {len(self._unique):,} names that only one"
                f" has, {self._words:,} words\n",
                report.times(self._keystrokes()),
                self._rivals(),
                "" if self._options.alone else self._against_brute_force(),
                self._processes(),
            ]
        return "\n".join(parts)

    def _find(self, text: str) -> list[str]:
        return [hit.brief.key for hit in self._register.find(text).hits]

    def _find_all(self, text: str) -> list[str]:
        """Search the closed ones as well, so that all ways to search have the same names."""
        return [hit.brief.key for hit in self._register.find(text, closed=True).hits]

    def _asked(self, what: str, number: int) -> list[Asked]:
        return asked(self._unique, what, number, self._options.seed)

    def _typed(self, what: str) -> list[Asked]:
        return asked(self._open, what, self._options.typed, self._options.seed)

    def _keystrokes(self) -> dict[str, Times]:
        """Time the search while names are typed, and for the queries that are asked whole."""
        measured: dict[str, Times] = {}
        for what in _TYPED:
            self._say(f"typing {what}")
            measured[f"{what}, letter by letter"] = timed(self._find, keystrokes(self._typed(what)))
        measured["as typed, letter by letter, --all"] = timed(self._find_all, keystrokes(self._typed("as typed")))
        for what in (*_ASKED, "filters"):
            queries = self._queries(what)
            self._say(f"asking {what}")
            search = self._find if what == "filters" else self._find_all
            measured[f"{what}, whole"] = timed(search, (one.text for one in queries))
        return measured

    def _queries(self, what: str) -> list[Asked]:
        if what == "filters":
            return filtered(self._open, self._options.queries, self._options.seed)
        return self._asked(what, self._options.queries)

    def _ways(self) -> dict[str, Search]:
        ways: dict[str, Search] = {_OWN: self._find_all}
        ways[_SLOW[0]] = rivals.brute_force(self._all)
        ways[_SLOW[1]] = rivals.brute_force_normalised(self._all)
        ways["FTS5, words as prefixes"] = rivals.full_text(self._all)
        ways["FTS5, trigrams"] = rivals.trigrams(self._all)
        fzf = rivals.fzf(self._all, self._folder)
        if fzf is not None:
            ways["fzf --filter"] = fzf
        return ways

    def _rivals(self) -> str:
        """Return where each way to search puts what was meant, and how long each takes for the same few queries."""
        ways = {_OWN: self._find_all} if self._options.alone else self._ways()
        few = self._options.brute
        measured: dict[str, dict[str, Found]] = {}
        for what in _ASKED:
            self._say(f"looking for {what}")
            queries = self._queries(what)
            measured[what] = {_OWN: found(self._find_all, queries)}
            if what not in ("code", "acronym") and len(ways) > 1:
                measured[what] |= {way: found(search, queries[:few]) for way, search in ways.items() if way != _OWN}
        if self._options.alone:
            return report.finding(measured, list(ways))
        texts = [one.text for what in _TYPED for one in self._queries(what)[:few]]
        compared = {way: timed(search, texts) for way, search in ways.items() if way != "fzf --filter"}
        keys = list(keystrokes(self._asked("as typed", _TYPED_BESIDE * few)))
        own, slow = timed_beside(self._find_all, ways[_SLOW[0]], keys, _ASKED_BESIDE * few)
        compared = {f"{_OWN}, letter by letter": own, f"{_SLOW[0]}, letter by letter": slow, **compared}
        said = (
            f"Brute force takes {slow.p50 / own.p50:,.0f} times as long as a keystroke by the middle of both, "
            f"{compared[_SLOW[0]].p50 / own.p50:,.0f} times where it is asked whole names only, "
            f"{compared[_SLOW[0]].p50 / compared[_OWN].p50:,.0f} times as long as a whole query.\n"
        )
        absent = (
            "" if "fzf --filter" in ways else "fzf is not installed (`apt-get install fzf`), so it was not measured.\n"
        )
        head = f"Asked of Interlock as often as it says, of the others the first {few} each.\n"
        return "\n".join([head, report.finding(measured, list(ways)), report.times(compared), said, absent])

    def _against_brute_force(self) -> str:
        """Return what both find of queries enough to tell 99 from 100 %, and what was not first."""
        few = self._options.compared
        brute = rivals.brute_force_normalised(self._all)
        measured: dict[str, dict[str, Found]] = {}
        missed: list[str] = []
        for what in _TYPED:
            self._say(f"brute force, {what}")
            queries = self._queries(what)[:few]
            measured[what] = {_OWN: found(self._find_all, queries), _SLOW[1]: found(brute, queries)}
            for one in queries:
                first = next(iter(self._find_all(one.text)), "nothing")
                if first != one.key:
                    missed.append(f"- `{one.text}` ({what}): {first} before {one.key}")
        head = f"The same {few} queries asked of both, to tell 99 from 100 %; below, those where another came first.\n"
        return "\n".join([head, report.finding(measured, [_OWN, _SLOW[1]]), *missed, ""])

    def _processes(self) -> str:
        self._say("whole processes")
        queries = self._asked("as typed", 7) + self._asked("one error", 7)
        timed = cold.processes(self._path, self._all, queries, self._folder)
        cold.run(timed, self._options.rounds)
        return report.processes(timed)

    def _say(self, text: str) -> None:
        print(f"{self._title}: {text}", file=sys.stderr, flush=True)
