"""From a source argument that means the API to the file that an importer reads."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from db.errors import InputError, UsageError
from importers.base import Input
from importers.http import OnFetch
from importers.ods_api import fetched_text
from importers.ods_api.addresses import SOURCE, base_url, code_of
from importers.ods_api.api import Api, NoRecordError
from importers.ods_api.cache import folder_of, keeping
from importers.ods_api.client import Client
from importers.ods_api.pull import Pull, first_day


def _silent(label: str, done: int, total: int, seconds: float) -> None: ...


@dataclass(slots=True)
class Fetcher:
    """Fetches for one import, in one conversation with the server, so that its pace holds for all; a context."""

    spool: Callable[[], str]
    """Makes a temporary file that lasts as long as the import."""
    since: str | None = None
    on_fetch: OnFetch = _silent
    today: Callable[[], date] = date.today
    connect: Callable[[str], Client] = Client
    _stack: ExitStack = field(default_factory=ExitStack)
    _api: Api | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def fetch(self, source: str) -> Input:
        """What a source argument stands for; raises `UsageError`, `InputError` and `NotFoundError`, one line each."""
        return self._changes() if source == SOURCE else self._record(code_of(source))

    def _record(self, code: str) -> Input:
        """One record, in a temporary file."""
        api = self._connected()
        url = api.client.shown(f"organisations/{code}")
        try:
            record = api.record(code)
        except NoRecordError as error:
            raise InputError(f"ods:{code}: {error}; check the code") from error
        lines = (fetched_text.heading(self.today().isoformat(), url), record, fetched_text.names(api.names([record])))
        path = Path(self.spool())
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
        return _input(path, f"ods:{code}", url)

    def _changes(self) -> Input:
        """All that changed, in the file that the pull keeps."""
        if self.since is None:
            raise UsageError(f"{SOURCE}: since when? Give a day, as in: interlock import {SOURCE} --since 2026-07-08")
        today = self.today()
        since = first_day(self.since, today)
        begun = time.monotonic()

        def on_fetched(done: int, total: int) -> None:
            self.on_fetch(SOURCE, done, total, time.monotonic() - begun)

        api = self._connected()
        # Until the import has read it, nobody else may begin it anew.
        kept = self._stack.enter_context(keeping(folder_of(api.client.base, since), SOURCE))
        path = Pull(api, kept, since, today, on_fetched).fetch()
        return _input(path, SOURCE, api.client.shown("sync"))

    def _connected(self) -> Api:
        if self._api is None:
            self._api = Api(self._stack.enter_context(self.connect(base_url())))
        return self._api


def _input(path: Path, label: str, url: str) -> Input:
    name = f"{label.rpartition(':')[2]}.jsonl"
    return Input(name, label, lambda: path.open("rb"), path.stat().st_size, url)
