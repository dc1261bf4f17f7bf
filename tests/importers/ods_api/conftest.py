"""A server for each test, and the setting that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from importers.ods_api.addresses import VARIABLE
from tests.importers.ods_api.server import Clock, Server, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server to which the setting points."""
    with serving() as known:
        monkeypatch.setenv(VARIABLE, known.base)
        yield known


@pytest.fixture
def clock() -> Clock:
    """A clock that nobody waits for."""
    return Clock()
