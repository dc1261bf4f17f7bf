"""All that changed since a day: a list of links, then each record by itself, going on where an earlier try stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from db.dates import earliest
from db.errors import InputError, NotFoundError, UsageError
from importers.ods_api import fetched_text
from importers.ods_api.addresses import SOURCE, is_code
from importers.ods_api.api import Api, NoRecordError
from importers.ods_api.cache import CachedPull, not_kept
from importers.ods_api.client import TooLargeError

REACH = timedelta(days=185)
"""How far back the API knows of changes; it refuses an earlier day."""

OnFetched = Callable[[int, int], None]
"""Hears how many records have been fetched now, and of how many that were missing."""


def first_day(since: str, today: date) -> str:
    """The day since which is asked; raises `UsageError`, before anything is asked, for one that the API refuses."""
    day = date.fromisoformat(earliest(since) or since)
    if day > today:
        raise UsageError(f"--since {since}: lies ahead; give a day up to {today.isoformat()}")
    if day < today - REACH:
        raise UsageError(
            f"--since {since}: the API knows of changes in the last {REACH.days} days only, from "
            f"{(today - REACH).isoformat()}; import the national XML release, and what changed after it from here"
        )
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class Pull:
    """One pull, and whoever hears how far it is."""

    api: Api
    kept: CachedPull
    since: str
    today: date
    on_fetched: OnFetched

    def fetch(self) -> Path:
        """Fetch whatever is missing; returns the file that holds all of it.

        Raises `NotFoundError` where nothing changed, `InputError` where no answer comes: what was fetched stays.
        """
        try:
            codes = self.kept.listed(self.today)
            if codes is None:
                codes = self.api.changed(self.since)
                if not codes:
                    raise NotFoundError(f"{SOURCE}: nothing changed since {self.since}; there is nothing to import")
                url = self.api.client.shown("sync")
                self.kept.begin(self.today, codes, fetched_text.heading(self.today.isoformat(), url, self.since))
            if not self.kept.whole:
                self._complete(self.kept, codes)
        except OSError as error:
            raise not_kept(self.kept.folder, SOURCE, error) from error
        return self.kept.text

    def _complete(self, kept: CachedPull, codes: list[str]) -> None:
        done = kept.done()
        missing = codes[done:]
        try:
            with kept.text.open("a", encoding="utf-8", newline="\n") as file:
                for number, code in enumerate(missing):
                    self.on_fetched(number, len(missing))
                    file.write(f"{self._line(code)}\n")
                    file.flush()
                file.write(f"{fetched_text.names(self.api.names(kept.lines()))}\n")
        except InputError as error:
            fetched = f"{kept.done():,} of {len(codes):,} records are kept"
            raise InputError(f"{error} ({fetched}, the same command goes on from there)") from error

    def _line(self, code: str) -> str:
        """A record, or why there is none."""
        if not is_code(code):
            return fetched_text.refusal("the API lists a change of what is no ODS code", code)
        try:
            return self.api.record(code)
        except NoRecordError as error:
            return fetched_text.refusal(f"{error}, though it lists it as changed", code)
        except TooLargeError:
            return fetched_text.refusal("the API answers with more than any record holds", code)
