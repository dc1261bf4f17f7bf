"""Two records side by side, as a command answers."""

from __future__ import annotations

import json

from tests.commands.conftest import Interlock


def test_the_command_answers_in_every_form(interlock: Interlock) -> None:
    told = json.loads(interlock("compare", "ods:RLQ", "ods:RJC", "--builtin", "--format", "json").stdout)
    assert told["keys"] == ["ods:RLQ", "ods:RJC"]
    group = next(line for line in told["lines"] if line["key"] == "arr:foundation-group")
    assert (group["section"], group["same"]) == ("common", True)
    assert all(set(ids) <= {one["id"] for one in told["evidence"]} for ids in group["evidence"].values())
    page = interlock("compare", "ods:RLQ", "ods:RJC", "--builtin").stdout
    assert "Foundation Group  arr:foundation-group  both:  member" in page
    rows = interlock("compare", "ods:RLQ", "ods:RJC", "--builtin", "--format", "csv").stdout.splitlines()
    assert len(rows) == len(told["lines"]) + 1
    assert interlock("compare", "ods:RLQ", "ods:RLQ", "--builtin").returncode == 2
