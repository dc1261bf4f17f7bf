"""How records are connected, what they share, the tree around one: what commands answer, and how they refuse."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest

from tests.commands.conftest import Asking, Interlock


@pytest.fixture
def asked(asked: Asking) -> Asking:
    """Ask the built-in register."""
    return partial(asked, "--builtin")


def test_what_connects_two_trusts_is_told_in_sentences_with_who_says_so(interlock: Interlock) -> None:
    done = interlock("path", "RLQ", "south warwickshire", "--builtin")
    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert lines[:7] == [
        "Wye Valley NHS Trust and South Warwickshire NHS Foundation Trust: 3 of 10 ways",
        "1. 2 steps, over Glen Burley",
        "Glen Burley is chief executive of Wye Valley NHS Trust (undated source), and of South Warwickshire NHS "
        "Foundation Trust (undated source)  [1]",
        "2. 2 steps, over Foundation Group",
        "Wye Valley NHS Trust takes part in the Foundation Group (member, planned, undated source), and so does South "
        "Warwickshire NHS Foundation Trust  [2][3]",
        "3. 2 steps, over Joint board committee of the Foundation Group",
        "Wye Valley NHS Trust takes part in the Joint board committee of the Foundation Group (member, planned, "
        "undated source, inferred), and so does South Warwickshire NHS Foundation Trust  [4]",
    ]
    assert lines[7] == "Who says so"
    assert any(line.startswith("[1]  paragraph 2  stated") for line in lines)
    assert done.stderr == "there are more ways; -k 6 shows more\n"


def test_of_two_that_are_tied_directly_and_not_otherwise_it_is_said_how_to_learn_what_they_share(
    interlock: Interlock,
) -> None:
    done = interlock("path", "person:glen-burley", "RLQ", "--type", "holds-post-in", "--builtin")
    told = "ways much longer than that are left out; interlock shared person:glen-burley ods:RLQ tells what both are"
    assert (done.returncode, done.stderr) == (0, f"{told} linked to\n")
    not_all = interlock("path", "person:glen-burley", "RLQ", "-k", "1", "--builtin")
    assert not_all.stderr == "there are more ways; -k 2 shows more\n"


def test_ways_in_json_are_steps_each_with_the_link_by_which_it_is_reached(asked: Asking) -> None:
    found = asked("path", "RLQ", "RJC", "-k", "5")
    assert (found["from"], found["to"], found["truncated"]) == ("ods:RLQ", "ods:RJC", True)
    assert [way["hops"] for way in found["paths"]] == [2, 2, 2, 2, 3]
    first, second, third = next(way["steps"] for way in found["paths"] if way["steps"][1]["kind"] == "arrangement")
    assert (first["key"], first["link"]) == ("ods:RLQ", None)
    assert (second["key"], second["kind"], second["name"]) == (
        "arr:foundation-group",
        "arrangement",
        "Foundation Group",
    )
    link = second["link"]
    assert [link[field] for field in ("type", "label", "direction", "role")] == [
        "participates-in", "takes part in", "out", "member",
    ]  # fmt: skip
    assert (third["link"]["label"], third["link"]["direction"]) == ("participants", "in")
    assert second["text"] == "Wye Valley NHS Trust takes part in the Foundation Group (member, planned, undated source)"
    cited = {one for way in found["paths"] for step in way["steps"] if step["link"] for one in step["link"]["evidence"]}
    assert cited <= {proof["id"] for proof in found["evidence"]}


def test_a_way_leads_through_people_and_over_the_types_that_are_asked_for(asked: Asking) -> None:
    over = asked("path", "RLQ", "RJC", "--type", "holds-post-in")["paths"]
    assert [[step["key"] for step in way["steps"]] for way in over] == [["ods:RLQ", "person:glen-burley", "ods:RJC"]]
    without = asked("path", "RLQ", "RJC", "--not", "participates-in,holds-post-in", code=1)
    assert without["paths"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("path", "RLQ", "RLQ"), 2, "both are ods:RLQ (Wye Valley NHS Trust): name two records"),
        (("path", "RLQ", "RN7"), 1, "and Dartford and Gravesham NHS Trust are not connected within"),
        (("path", "RLQ", "RJC", "--max-hops", "1"), 1, "are not connected within 1 step, leaving out regions,"),
        (("path", "RLQ", "RJC", "--max-hops", "0"), 1, "are not connected within 0 steps"),
        (("path", "RLQ", "RJC", "-k", "0"), 0, "no ways were asked for; -k 3 shows 3"),
        (("path", "RLQ", "RJC", "--as-of", "1850"), 1, "no source tells that Wye Valley NHS Trust and South"),
        (("path", "RLQ", "wye", "valley"), 2, "path takes two records, and these are 3 words: put a name in quotes"),
        (("path", "RLQ"), 2, "path needs A B"),
        (("path", "RLQX", "RJC"), 1, "nothing answers to 'RLQX'; did you mean ods:RLQ (Wye Valley NHS Trust)?"),
        (("path", "RLQ", "RJC", "--type", "participate-in"), 2, "did you mean 'participates-in'?"),
        (("shared", "RLQ", "RN7"), 1, "Wye Valley NHS Trust and Dartford and Gravesham NHS Trust share nothing"),
        (("shared", "arr:foundation-grup", "RJC"), 1, "did you mean arr:foundation-group (Foundation Group)?"),
        (("shared", "RLQ", "--as-of", "1850"), 1, "nothing shares an arrangement, a person or a site with Wye"),
        (("shared", "RLQ", "--matrix", "--rank"), 2, "--matrix and --rank are two answers; choose one"),
        (("shared", "type:trust", "--rank", "--type", "follows"), 1, "none of 8 records is linked to anything"),
        (("tree", "RLQX"), 1, "did you mean ods:RLQ"),
        (("tree", "RLQ", "--direction", "up"), 2, "'up' is not known"),
    ],
)  # fmt: skip
def test_what_has_no_answer_is_one_line(interlock: Interlock, words: tuple[str, ...], code: int, said: str) -> None:
    done = interlock(*words, "--builtin")
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_two_trusts_share_is_told_with_the_role_of_each_and_who_says_so(
    interlock: Interlock, asked: Asking
) -> None:
    lines = interlock("shared", "RLQ", "RJC", "--builtin").stdout.splitlines()
    assert lines[:4] == [
        "Wye Valley NHS Trust and South Warwickshire NHS Foundation Trust: 4 things in common",
        "  3 arrangements",
        "    Foundation Group  arr:foundation-group",
        "      both:  member, planned, undated source  [1][2]",
    ]
    assert lines[8:13] == [
        "  1 person",
        "    Glen Burley  person:glen-burley",
        "      both:  chief executive, undated source  [5]",
        "",
        "Who says so",
    ]
    several = interlock("shared", "RLQ", "RJC", "RN7", "RPG", "--builtin").stdout
    assert "  6 arrangements, each shared by 2\n" in several
    assert "      Dartford and Gravesham NHS Trust:  tenant, undated source\n" in several
    found = asked("shared", "RLQ", "RJC")
    assert found["keys"] == ["ods:RLQ", "ods:RJC"]
    assert [(one["what"], one["key"]) for one in found["shared"]] == [
        ("arrangement", "arr:foundation-group"),
        ("arrangement", "arr:foundation-group-joint-board-committee"),
        ("arrangement", "arr:wvt-swft-strategic-partnership"),
        ("person", "person:glen-burley"),
    ]
    assert found["shared"][3]["roles"] == {"ods:RLQ": "chief-executive", "ods:RJC": "chief-executive"}


def test_what_several_records_share_comes_as_rows_and_as_a_matrix(interlock: Interlock, asked: Asking) -> None:
    rows = list(csv.DictReader(io.StringIO(interlock("shared", "RLQ", "RJC", "--builtin", "--format", "csv").stdout)))
    assert [(row["key"], row["with_key"], row["role"]) for row in rows][-2:] == [
        ("person:glen-burley", "ods:RLQ", "chief-executive"),
        ("person:glen-burley", "ods:RJC", "chief-executive"),
    ]
    matrix = asked("shared", "RLQ", "RJC", "RPG", "--matrix")["matrix"]
    assert [one["shares"] for one in matrix] == [
        {"ods:RLQ": 4, "ods:RJC": 4, "ods:RPG": 0},
        {"ods:RLQ": 4, "ods:RJC": 4, "ods:RPG": 0},
        {"ods:RLQ": 0, "ods:RJC": 0, "ods:RPG": 5},
    ]
    flat = interlock("shared", "RLQ", "RJC", "--matrix", "--builtin", "--format", "csv").stdout.splitlines()
    assert flat == [
        "key,name,ods:RLQ,ods:RJC",
        "ods:RLQ,Wye Valley NHS Trust,4,4",
        "ods:RJC,South Warwickshire NHS Foundation Trust,4,4",
    ]


def test_with_whom_one_record_shares_most_is_ranked(interlock: Interlock, asked: Asking) -> None:
    ranked = asked("shared", "RLQ")["ranked"]
    assert [(one["key"], one["number"]) for one in ranked][:2] == [("ods:RJC", 4), ("arr:foundation-group", 3)]
    assert [one["key"] for one in ranked[0]["things"]][-1] == "person:glen-burley"
    done = interlock("shared", "RLQ", "--limit", "1", "--builtin")
    assert done.stderr == "1 of 5 shown; --limit N shows more\n"


def test_a_tree_says_how_many_hang_under_each_label_and_how_many_are_left_out(
    interlock: Interlock, asked: Asking
) -> None:
    done = interlock("tree", "foundation group", "--builtin", "--width", "1")
    assert done.stdout.splitlines()[:6] == [
        "Foundation Group  arr:foundation-group",
        "  participants  2",
        "    South Warwickshire NHS Foundation Trust  ods:RJC  member · planned · undated source",
        "      takes part in  2",
        "        Joint board committee of the Foundation Group  arr:foundation-group-joint-board-committee  member · "
        "planned · undated source · inferred · opened elsewhere in this tree",
        "        … 1 more",
    ]
    assert done.stderr.startswith("1 link of Foundation Group left out: regions, national bodies,")
    assert done.stderr.endswith("; --all takes them in\n")
    root = asked("tree", "arr:foundation-group", "--width", "1")["root"]
    assert (root["shown"], root["total"]) == (5, 6)
    assert root["left_out"] == [{"label": "participants", "direction": "in", "number": 1}]
    first = root["children"][0]
    assert [first[field] for field in ("label", "direction", "role", "key", "shown", "total")] == [
        "participants", "in", "member", "ods:RJC", 2, 3,
    ]  # fmt: skip


def test_a_tree_without_depth_is_its_root_and_without_width_what_it_left_out(asked: Asking) -> None:
    bare = asked("tree", "RLQ", "--depth", "0")["root"]
    assert (bare["shown"], bare["children"], bare["opened"], bare["total"]) == (0, [], False, 4)
    narrow = asked("tree", "RLQ", "--width", "0")["root"]
    assert (narrow["shown"], [one["number"] for one in narrow["left_out"]]) == (0, [3, 1])


@pytest.mark.parametrize(
    "command", [("path", "RLQ", "RJC"), ("shared", "RLQ", "RJC"), ("shared", "RLQ"), ("tree", "RLQ")]
)
def test_as_of_today_is_now(asked: Asking, command: tuple[str, ...]) -> None:
    now, then = asked(*command), asked(*command, "--as-of", "2026-11-28")
    assert then.pop("as_of") == "2026-11-28"
    assert not then.pop("not_dated", None)
    then.pop("total_not_dated", None)
    assert now == then


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
@pytest.mark.parametrize(
    "words", [("path", "RLQ", "RJC"), ("shared", "RLQ", "RJC"), ("shared", "RLQ"), ("tree", "RLQ")]
)
def test_every_form_has_the_names_and_keys_of_what_was_found(
    interlock: Interlock, words: tuple[str, ...], form: str
) -> None:
    done = interlock(*words, "--builtin", "--format", form)
    assert done.returncode == 0
    assert "Foundation Group" in done.stdout
    assert done.stdout.endswith("\n")
