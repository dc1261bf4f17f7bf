"""The stories alone, with which registers of tests and of what is measured start: made in a second."""

from __future__ import annotations

import os
from pathlib import Path

from importers.builtin_folders import VARIABLE

STORIES = Path(__file__).parents[1] / "importers" / "builtin" / "stories"


def start_with_stories() -> None:
    """Let this process, and those that it starts, begin registers with the stories, and with no national layers."""
    os.environ[VARIABLE] = str(STORIES)
