"""Two records side by side, and where records are, as commands answer."""

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


def test_the_command_draws_the_map_and_lists_the_areas(interlock: Interlock) -> None:
    page = interlock("places", "arr:foundation-group", "--builtin")
    assert "Foundation Group: linked to 2 records in 2 postcode areas" in page.stdout
    assert [line for line in page.stdout.splitlines() if "HR:1" in line and "LD" in line]
    told = json.loads(interlock("places", "type:trust", "--builtin", "--format", "json").stdout)
    assert told["total"] == sum(area["number"] for area in told["areas"]) == 7
    assert told["without_postcode"] == 1
    assert interlock("places", "kind:person", "--builtin").returncode == 1
