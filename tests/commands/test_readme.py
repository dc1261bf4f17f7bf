"""What README shows is what the commands print."""

from __future__ import annotations

import re
from pathlib import Path

from tests.readme import README, renewed


def test_the_output_in_the_readme_is_true(country: Path) -> None:
    text = README.read_text("utf-8")
    assert re.search(r"^\$ interlock find", text, re.MULTILINE), "the tour shows no command"
    assert renewed(text, country) == text, "run `make docs`"
