"""Most of what holds for records taken one by one has to hold for records taken by the batch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.importers.ods_xml.taking import by_batch

_BOTH = ("test_traps", "test_counts", "test_releases", "test_damage", "test_evidence_rows")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of these modules in both ways."""
    if metafunc.module.__name__.rpartition(".")[2] in _BOTH:
        metafunc.parametrize("taken", [False, True], ids=["one by one", "by the batch"], indirect=True)


@pytest.fixture(autouse=True)
def taken(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Say how rows are taken in this test; pytest sets up what a test does not name only where it is used by all."""
    asked: bool = getattr(request, "param", False)
    token = by_batch.set(asked)
    yield asked
    by_batch.reset(token)
