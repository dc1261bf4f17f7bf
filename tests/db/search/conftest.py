"""What the tests of search share."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature, stories


@pytest.fixture(scope="module")
def register() -> Miniature:
    """A miniature of the stories; tests only read it."""
    return stories()
