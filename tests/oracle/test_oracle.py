"""What the register held and answered when the oracle was frozen, it holds and answers today."""

from __future__ import annotations

import pytest

from tests.depth import DEEP
from tests.oracle.compare import READERS, scenario_differences
from tests.oracle.frozen import FOLDER
from tests.oracle.scenarios import QUICK, SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS if DEEP else QUICK)
def test_a_register_holds_and_answers_what_it_did(name: str) -> None:
    assert list(scenario_differences(name, True, FOLDER)) == []


if DEEP:

    @pytest.mark.parametrize("name", [name for name in SCENARIOS if name.startswith("seed")])
    @pytest.mark.parametrize("reader", ["records", "usual"])
    def test_so_it_does_however_releases_are_read(name: str, reader: str) -> None:
        assert list(scenario_differences(name, READERS[reader], FOLDER)) == []
