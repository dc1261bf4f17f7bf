"""The release that other tests make: the same each time, and like the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.national.making import make


def test_the_same_seed_makes_the_same_release(tmp_path: Path) -> None:
    assert make(tmp_path / "release.zip", 300, 7) == make(tmp_path / "again.zip", 300, 7)
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "release.zip").read_bytes()


def test_the_made_up_country_is_like_the_real_one(tmp_path: Path) -> None:
    truth = make(tmp_path / "country.zip", 2500, 3)
    relations = sum(truth.links.values()) - truth.successions
    assert truth.roles / truth.records == pytest.approx(1.43, rel=0.1)
    assert relations / truth.records == pytest.approx(2.07, rel=0.1)
    assert truth.open / truth.records == pytest.approx(0.585, rel=0.1)
