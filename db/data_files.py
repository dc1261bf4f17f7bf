"""The data files that come with the program: lists of words, codes and exceptions, each with its source."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def load_data(package: str, name: str) -> Any:  # noqa: ANN401 (each caller knows what its own file holds)
    """Return what a YAML file of a package holds; unlike documents of users it is trusted, so no lines are kept."""
    import yaml  # late: 20 ms, which a command that reads no such file does without

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it was built, ten times as fast
    return yaml.load(files(package).joinpath(name).read_text("utf-8"), Loader=loader)
