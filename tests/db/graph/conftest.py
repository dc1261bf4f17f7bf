"""Small registers that the graph tests fill by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.db.reading.small import Small


@pytest.fixture
def small() -> Iterator[Small]:
    """An empty register in memory, to be filled with rows."""
    made = Small()
    yield made
    made.connection.close()
