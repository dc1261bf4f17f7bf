"""A user's folders are those that platformdirs names, though Linux is answered without it."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from db.files.user_folders import Kind, user_folder


@pytest.mark.parametrize("named", [None, "", " ", "elsewhere"])
@pytest.mark.parametrize("kind", ["data", "cache", "config", "state"])
def test_each_is_where_platformdirs_has_it(
    kind: Kind, named: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    variable = f"XDG_{kind.upper()}_HOME"
    if named is None:
        monkeypatch.delenv(variable, raising=False)
    else:
        monkeypatch.setenv(variable, str(tmp_path / named) if named == "elsewhere" else named)
    expected = getattr(platformdirs, f"user_{kind}_path")("interlock", appauthor=False)
    assert user_folder(kind) == expected


def test_a_folder_that_is_no_whole_path_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    with pytest.raises(OSError, match="home folder is not known"):
        user_folder("data")
