"""`interlock review`: what waits for a person, and what a person's yes and no come to."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Asking, Interlock, Once, register_of

PARTNERS = (
    "ods_stp_code,stp_name,partner_type,partner_code,partner_name,status\n"
    "QA1,Hill STP,la,,Two \x1b[31mCity,current\n"
    "QA1,Hill STP,trust,,One NHS Trust,current\n"
    "QA1,Hill STP,trust,,Twoo NHS Foundation Trust,current\n"
)


@pytest.fixture
def database(interlock: Interlock, once: Once, etr: Path, tmp_path: Path) -> Path:
    """A register with a list of trusts and a table in which two of them stand without their codes."""
    partners = tmp_path / "partners-2019-04.csv"
    partners.write_text(PARTNERS, "utf-8")
    path = tmp_path / "r.db"
    return once(path, lambda: imported(interlock, path, etr, partners))


def imported(interlock: Interlock, path: Path, *sources: Path) -> None:
    """Import files, one after the other."""
    for source in sources:
        done = interlock("import", source, "--db", path)
        assert done.returncode == 0, done.stderr


def waiting(interlock: Interlock, path: Path) -> list[dict[str, object]]:
    """The suggestions that wait."""
    done = interlock("review", "--db", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == ["version", "suggestions"]
    return list(answer["suggestions"])


def test_what_waits_is_listed_with_candidates_and_evidence(interlock: Interlock, database: Path) -> None:
    (one,) = waiting(interlock, database)
    assert list(one)[:6] == ["id", "what", "confidence", "rule", "candidates", "evidence"]
    assert (one["rule"], one["key"]) == ("name-without-code", "org:twoo-nhs-foundation-trust")
    best = one["candidates"][0]  # type: ignore[index]
    assert (best["key"], best["name"], best["score"]) == ("ods:RZ2", "Two NHS Foundation Trust", 98.0)
    assert one["confidence"] == 0.98
    assert [each["source"]["key"] for each in one["evidence"]] == ["file:stp-partners-2019-04"]  # type: ignore[attr-defined]
    table = interlock("review", "--db", database)
    assert "ods:RZ2  Two NHS Foundation Trust" in table.stdout
    assert table.stderr == "1 suggestion waiting; --accept ID says yes, --reject ID says no\n"


@pytest.mark.parametrize("form", ["jsonl", "csv", "tsv", "markdown"])
def test_it_is_listed_in_every_format(interlock: Interlock, database: Path, form: str) -> None:
    done = interlock("review", "--db", database, "--format", form)
    assert done.returncode == 0, done.stderr
    assert "ods:RZ2" in done.stdout
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(done.stdout))
        assert row["candidates"].startswith("ods:RZ2")


def test_an_accepted_candidate_is_meant_from_then_on_and_undo_takes_it_back(
    asked: Asking, interlock: Interlock, database: Path, tmp_path: Path
) -> None:
    (one,) = waiting(interlock, database)
    assert asked("review", "--accept", str(one["id"]), "--db", database) == {"version": 1, "suggestions": [], "run": 4}
    shown = asked("show", "org:twoo-nhs-foundation-trust", "--db", database)
    assert shown["record"]["key"] == "ods:RZ2"
    assert "Twoo NHS Foundation Trust" in {name["name"] for name in shown["record"]["names"]}
    assert [link["key"] for link in shown["record"]["links"] if link["type"] == "participates-in"] == ["arr:stp-qa1"]
    again = asked("import", tmp_path / "partners-2019-04.csv", "--db", database)
    assert again["sources"][0]["unchanged"] == 3
    assert interlock("undo", "4", "--db", database).returncode == 0
    assert [each["id"] for each in waiting(interlock, database)] == [one["id"]]
    assert interlock("show", "org:twoo-nhs-foundation-trust", "--db", database).stdout.startswith("Twoo NHS")


def test_what_is_rejected_stays_rejected_until_that_is_undone(
    interlock: Interlock, database: Path, tmp_path: Path
) -> None:
    (one,) = waiting(interlock, database)
    done = interlock("review", "--reject", str(one["id"]), "--db", database)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("1 rejected in run 4; interlock undo 4 takes that back")
    assert f"review --reject {one['id']}" in interlock("runs", "--db", database).stdout.splitlines()[-1]
    listed = interlock("runs", "--db", database, "--format", "csv").stdout.splitlines()[-1]
    assert listed.startswith("4,")
    (tmp_path / "partners-2019-04.csv").write_text(PARTNERS + "QA1,Hill STP,other,,Hill Hospice,current\n", "utf-8")
    assert interlock("import", tmp_path / "partners-2019-04.csv", "--db", database).returncode == 0
    assert waiting(interlock, database) == []
    assert interlock("undo", "5", "--db", database).returncode == 0
    assert interlock("undo", "4", "--db", database).returncode == 0
    assert waiting(interlock, database) == [one]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--accept", "99"], 1, "there is no suggestion 99; interlock review lists them"),
        (["--reject", "x"], 2, "'x' is not the number of a suggestion"),
        (["--accept", "1", "--reject", "1"], 2, "suggestion 1 cannot be accepted and rejected at once"),
        (["--accept", "1=ods:RQQQZ"], 1, "nothing answers to 'ods:RQQQZ'"),
        (
            ["--accept", "1=arr:stp-qa1"],
            2,
            "arr:stp-qa1 is of kind arrangement and org:twoo-nhs-foundation-trust of kind",
        ),
        (["--kind", "names"], 2, "unknown kind of question 'names'"),
        (["--accept", "1", "--builtin"], 2, "the built-in register cannot be written to"),
    ],
)
def test_what_cannot_be_decided_is_one_line(
    interlock: Interlock, database: Path, words: list[str], code: int, said: str
) -> None:
    chosen = [] if "--builtin" in words else ["--db", str(database)]
    done = interlock("review", *words, *chosen)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(f"interlock: {said}")
    assert done.stderr.count("\n") == 1


@pytest.fixture
def of_three(interlock: Interlock, once: Once, database: Path, tmp_path: Path) -> Path:
    """That register with three suggestions; one of them has two candidates that are as good."""
    bodies = [
        {"key": f"ods:RY{n}", "name": f"Hill Da{letter}e NHS Trust", "type": "nhs-trust"}
        for n, letter in enumerate("ln")
    ]
    file = tmp_path / "bodies.json"
    content = {"format": "interlock-records/1", "id": "bodies", "organisations": bodies}
    file.write_text(json.dumps(content), "utf-8")
    partners = tmp_path / "partners-2019-05.csv"
    more = "QA2,Dale STP,trust,,Hill Dabe NHS Trust,current\nQA2,Dale STP,trust,,Onee NHS Trust,current\n"
    partners.write_text(PARTNERS + more, "utf-8")
    path = tmp_path / "three.db"

    def make() -> None:
        database.rename(path)
        imported(interlock, path, file, partners)

    return once(path, make)


@pytest.fixture
def tied(interlock: Interlock, of_three: Path) -> dict[str, str]:
    """The numbers of its suggestions by the body they ask about; that about `hill` has the two candidates."""
    found = {str(one["key"]): str(one["id"]) for one in waiting(interlock, of_three)}
    names = {"two": "org:twoo-nhs-foundation-trust", "one": "org:onee-nhs-trust", "hill": "org:hill-dabe-nhs-trust"}
    return {name: found[key] for name, key in names.items()}


def test_a_batch_takes_what_it_can_and_says_what_not(
    interlock: Interlock, of_three: Path, tied: dict[str, str]
) -> None:
    words = ["review", "--accept", f"{tied['two']},{tied['hill']},99", "--reject", tied["one"], "--db", str(of_three)]
    done = interlock(*words)
    assert done.returncode == 2
    first, second, last, count = done.stderr.splitlines()
    assert first.startswith(f"suggestion {tied['hill']} was not taken: ")
    assert "equally good" in first
    assert "ods:RY0, ods:RY1" in first
    assert second.startswith("suggestion 99 was not taken: there is no suggestion 99")
    assert last.startswith("1 accepted, 1 rejected in run 6; interlock undo 6")
    assert count == "1 suggestion waiting"
    assert [str(one["id"]) for one in waiting(interlock, of_three)] == [tied["hill"]]
    assert interlock("undo", "6", "--db", of_three).returncode == 0
    assert len(waiting(interlock, of_three)) == 3


def test_json_tells_both_what_a_batch_took_and_what_not(
    interlock: Interlock, of_three: Path, tied: dict[str, str]
) -> None:
    words = ["--accept", tied["two"], "--reject", f"98,{tied['one']}", "--db", str(of_three), "--format", "json"]
    done = interlock("review", *words)
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert (answer["accepted"], answer["rejected"]) == ([int(tied["two"])], [int(tied["one"])])
    ((refused),) = answer["refused"]
    assert (refused["id"], refused["reason"][:25]) == (98, "there is no suggestion 98")
    assert [one["id"] for one in answer["suggestions"]] == [int(tied["hill"])]


def test_a_batch_of_which_nothing_can_be_taken_is_one_line_and_no_run(
    interlock: Interlock, of_three: Path, tied: dict[str, str]
) -> None:
    done = interlock("review", "--accept", f"{tied['hill']},99", "--db", of_three)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "equally good" in done.stderr
    assert "there is no suggestion 99" in done.stderr
    assert len(waiting(interlock, of_three)) == 3
    assert json.loads(interlock("runs", "--db", of_three, "--format", "json").stdout)["runs"][-1]["run"] == 5


def test_one_suggestion_accepted_with_two_candidates_is_bad_usage(
    interlock: Interlock, of_three: Path, tied: dict[str, str]
) -> None:
    both = f"{tied['hill']}=ods:RY0,{tied['hill']}=ods:RY1"
    done = interlock("review", "--accept", both, "--db", of_three)
    assert (done.returncode, done.stdout) == (2, "")
    assert "twice, with different candidates; choose one" in done.stderr
    named = interlock("review", "--accept", f"{tied['hill']}=ods:RY1", "--db", of_three)
    assert named.returncode == 0, named.stderr


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    """A register with two people of one name."""
    posts = ({"in": body, "role": "chair"} for body in ("ods:RZ1", "ods:RZ2"))
    return register_of(tmp_path, *({"people": [{"name": "Ann Example", "posts": [post]}]} for post in posts))


def test_namesakes_are_two_where_that_is_rejected(interlock: Interlock, namesakes: Path) -> None:
    (one,) = waiting(interlock, namesakes)
    assert one["rule"] == "same-name"
    assert interlock("review", "--reject", str(one["id"]), "--db", namesakes).returncode == 0
    assert waiting(interlock, namesakes) == []


def test_namesakes_are_one_person_with_both_posts_where_that_is_accepted(interlock: Interlock, namesakes: Path) -> None:
    (one,) = waiting(interlock, namesakes)
    assert interlock("review", "--accept", str(one["id"]), "--db", namesakes).returncode == 0
    shown = interlock("show", "person:ann-example-2", "--db", namesakes, "--format", "json")
    record = json.loads(shown.stdout)["record"]
    assert record["key"] == "person:ann-example"
    assert {link["key"] for link in record["links"]} == {"ods:RZ1", "ods:RZ2"}
    assert waiting(interlock, namesakes) == []
    assert interlock("unmerge", "person:ann-example-2", "--db", namesakes).returncode == 0
    shown = interlock("show", "person:ann-example-2", "--db", namesakes, "--format", "json")
    assert [link["key"] for link in json.loads(shown.stdout)["record"]["links"]] == ["ods:RZ2"]


def test_any_record_may_be_meant_and_is_named_as_people_do(
    asked: Asking, interlock: Interlock, of_three: Path, tied: dict[str, str]
) -> None:
    meant = f"{tied['hill']}=two nhs foundation trust"
    assert interlock("review", "--accept", meant, "--db", of_three).returncode == 0
    assert asked("show", "org:hill-dabe-nhs-trust", "--db", of_three)["record"]["key"] == "ods:RZ2"


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (["--name", "hill dabe"], {"hill"}),
        (["--name", "ods:rz2"], {"two"}),
        (["--above", "98"], {"two"}),
        (["--run", "5"], {"hill", "one"}),
        (["--kind", "same-name,removed"], set()),
    ],
)
def test_filters_leave_what_a_batch_answers(
    interlock: Interlock, of_three: Path, tied: dict[str, str], filters: list[str], left: set[str]
) -> None:
    listed = json.loads(interlock("review", *filters, "--db", of_three, "--format", "json").stdout)["suggestions"]
    names = {number: name for name, number in tied.items()}
    assert {names[str(one["id"])] for one in listed} == left
    done = interlock("review", *filters, "--reject", "all", "--db", of_three)
    assert done.returncode == 0, done.stderr
    assert {names[str(one["id"])] for one in waiting(interlock, of_three)} == set(tied) - left


def test_a_register_without_suggestions_says_so(interlock: Interlock) -> None:
    done = interlock("review", "--builtin")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no suggestions are waiting\n")
