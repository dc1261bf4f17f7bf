"""The data files that come with the program are read alike whether YAML was built in C or not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

FILES = sorted(path for package in ("db", "importers", "tui") for path in Path(package).rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_is_read_alike_by_both_parsers(path: Path) -> None:
    text = path.read_text("utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(
        text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
