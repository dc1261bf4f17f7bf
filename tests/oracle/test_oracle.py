"""What the register held and answered when the oracle was frozen, it holds and answers today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.depth import DEEP
from tests.oracle.compare import READERS, scenario_differences
from tests.oracle.frozen import FOLDER
from tests.oracle.scenarios import QUICK, SCENARIOS


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests of this file, so that the built-in register is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def kept_image(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the built-in register be found there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


@pytest.mark.parametrize("name", SCENARIOS if DEEP else QUICK)
def test_a_register_holds_and_answers_what_it_did(name: str) -> None:
    assert list(scenario_differences(name, True, FOLDER)) == []


if DEEP:

    @pytest.mark.parametrize("name", [name for name in SCENARIOS if name.startswith("seed")])
    @pytest.mark.parametrize("reader", ["records", "usual"])
    def test_so_it_does_however_releases_are_read(name: str, reader: str) -> None:
        assert list(scenario_differences(name, READERS[reader], FOLDER)) == []
