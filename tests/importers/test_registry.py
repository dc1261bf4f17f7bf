"""Importers are found where any distribution registers them; a broken one is named and stops nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from db.errors import UsageError
from importers.base import Importer
from importers.registry import BUILT_IN, GROUP, load

ROOT = Path(__file__).resolve().parents[2]


def test_ours_are_there_whether_installed_or_not() -> None:
    assert set(BUILT_IN) <= {entry.name for entry in load().installed}
    assert load(()).installed == ()


def test_the_list_of_ours_is_the_one_that_is_registered() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"][GROUP] == BUILT_IN


def test_each_of_ours_says_what_it_reads() -> None:
    for entry in load().installed:
        assert isinstance(entry.importer, Importer)
        assert entry.importer.describes
        assert entry.origin == "interlock"


def test_one_that_cannot_be_loaded_is_named_when_asked_for() -> None:
    registry = load([("odd", "nowhere.at.all:importer", "odd-plugin"), ("ods-csv", BUILT_IN["ods-csv"], "interlock")])
    assert [entry.name for entry in registry.installed] == ["ods-csv"]
    with pytest.raises(UsageError, match="format 'odd' of odd-plugin could not be loaded: ModuleNotFoundError"):
        registry.named("odd")


def test_what_is_no_importer_is_not_taken_for_one() -> None:
    (broken,) = load([("path", "os:sep", "odd-plugin")]).broken
    assert "is no importer" in broken.reason


def test_ours_keep_their_names_against_others() -> None:
    target = BUILT_IN["ods-csv"]
    registry = load([("ods-csv", target, "another"), ("ods-csv", target, "interlock")])
    assert [entry.origin for entry in registry.installed] == ["interlock"]
    assert registry.broken[0].reason == "the name 'ods-csv' is taken by interlock"
