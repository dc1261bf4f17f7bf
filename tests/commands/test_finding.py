"""`interlock find`, as people and scripts ask: true counts, codes in text, closed bodies, nothing found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Asking, Interlock, register_of


@pytest.fixture(scope="module")
def surgeries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three hundred surgeries, and two bodies that have names in common."""
    bodies: list[dict[str, object]] = [{"key": f"ods:X{n:04}", "name": f"Surgery {n}"} for n in range(300)]
    bodies += [
        {"key": "ods:RZ1", "name": "Weir Valley NHS Trust", "type": "nhs-trust"},
        {"key": "ods:Y01234", "name": "Weir Valley NHS Trust", "type": "prescribing-cost-centre"},
        {"key": "ods:Y05678", "name": "Old Weir Practice", "type": "gp-practice", "status": "closed"},
    ]
    return register_of(tmp_path_factory.mktemp("surgeries"), {"organisations": bodies})


def test_a_limit_is_said_beside_the_true_number(interlock: Interlock, surgeries: Path) -> None:
    one = interlock("find", "surgery", "--limit", "1", "--db", surgeries, "--format", "json")
    answer = json.loads(one.stdout)
    assert (answer["total"], answer["total_is_exact"], answer["truncated"]) == (300, True, True)
    assert one.stderr == "1 of 300 shown; more words narrow it, --limit N shows more\n"
    most = interlock("find", "surgery", "--limit", "100", "--db", surgeries)
    assert most.stderr.startswith("100 of 300 shown;")
    assert len(most.stdout.splitlines()) == 101
    whole = interlock("find", "surgery", "--limit", "1000", "--db", surgeries, "--format", "jsonl")
    assert (len(whole.stdout.splitlines()), whole.stderr) == (300, "")


def test_a_closed_body_is_found_by_its_exact_name_and_marked(interlock: Interlock, surgeries: Path) -> None:
    found = interlock("find", "old weir practice", "--db", surgeries, "--format", "json")
    (hit,) = json.loads(found.stdout)["results"]
    assert (hit["key"], hit["open"]) == ("ods:Y05678", False)
    assert "closed" in interlock("find", "old weir practice", "--db", surgeries).stdout


@pytest.mark.parametrize("command", ["show", "links", "timeline"])
def test_a_name_that_a_cost_centre_shares_is_the_trusts(interlock: Interlock, surgeries: Path, command: str) -> None:
    done = interlock(command, "Weir Valley NHS Trust", "--db", surgeries, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert '"ods:RZ1"' in done.stdout
    assert "may be" not in done.stderr


@pytest.mark.parametrize("text", ["Wye Valley NHS Trust (RLQ)", "wye valley rlq", "RLQ,"])
def test_a_code_in_a_text_finds_its_record_for_find_and_show(asked: Asking, built_in: Path, text: str) -> None:
    assert asked("find", text, "--db", built_in)["results"][0]["key"] == "ods:RLQ"
    assert asked("show", text, "--db", built_in)["record"]["key"] == "ods:RLQ"


def test_nothing_found_names_the_nearest_words_and_what_to_leave_out(interlock: Interlock, built_in: Path) -> None:
    done = interlock("find", "wye valey zebra", "kind:site", "--db", built_in)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "interlock: nothing found for wye valey zebra kind:site; no record has “valey” (nearest"
    )
    assert done.stderr.count("\n") == 1
    done = interlock("find", "wye valley", "kind:site", "--db", built_in)
    assert "; without kind:site there are " in done.stderr
