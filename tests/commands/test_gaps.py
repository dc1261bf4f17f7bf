"""Gaps: what the register does not know, or what nobody has put right yet."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.commands.conftest import Answer, Asking, Interlock, register_of


@pytest.fixture(scope="module")
def dangling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arrangements whose participants have closed, and some that are no gaps."""

    def closed(code: str, day: str, *heirs: str) -> dict[str, object]:
        links = [{"type": "succeeded-by", "to": f"ods:{heir}", "start": "2020-04-01"} for heir in heirs]
        return {"key": f"ods:{code}", "name": f"Body {code}", "status": "closed", "closed": day, "links": links}

    bodies = [
        closed("X1", "2020-03-31", "Y1"),
        closed("X2", "2026-03-31", "Y1", "Y2"),
        closed("X3", "2019"),
        *({"key": f"ods:{code}", "name": f"Body {code}", "status": "open"} for code in ("Y1", "Y2")),
    ]
    members = [{"who": f"ods:{code}", "role": "member"} for code in ("X1", "X2", "Y1")]
    members += [{"who": "ods:X3", "role": "lead", "end": "2018-12-31"}, {"who": "ods:X3", "status": "past"}]
    arrangements = [
        {"key": "arr:a", "name": "Pact", "status": "open", "participants": members},
        {"key": "arr:b", "name": "Past pact", "status": "closed", "participants": [{"who": "ods:X1"}]},
    ]
    content = {"published": "2022-06", "organisations": bodies, "arrangements": arrangements}
    return register_of(tmp_path_factory.mktemp("gaps"), content)


def test_an_arrangement_that_names_a_closed_participant_says_what_followed_it(asked: Asking, dangling: Path) -> None:
    answer = asked("gaps", "--kind", "closed-participant", "--db", dangling)
    assert answer["counts"] == {"closed-participant": 2}
    first, _ = answer["gaps"]
    assert (first["what"], first["key"], first["name"]) == ("closed-participant", "arr:a", "Pact")
    assert first["participant"] == {"key": "ods:X1", "name": "Body X1", "closed": "2020-03-31"}
    assert first["became"] == [{"key": "ods:Y1", "name": "Body Y1", "name_then": None}]
    became = "closed 31 March 2020, became Body Y1, which takes part already, still listed June 2022"
    assert first["detail"] == f"Body X1 (X1) · member · {became}"


def test_who_closed_after_the_list_that_names_it_stands_apart_below(interlock: Interlock, dangling: Path) -> None:
    still, older = told(interlock, dangling, "--kind", "closed-participant")
    assert (still["listed"], still["still_named"], older["still_named"]) == ("2022-06", True, False)
    words = (
        "listed June 2022, closed 31 March 2026, split between Body Y1 and Body Y2: no source says to which this passed"
        " · Body Y1 takes part already"
    )
    assert older["detail"] == f"Body X2 (X2) · member · {words}"
    page = interlock("gaps", "--kind", "closed-participant", "--db", dangling).stdout.splitlines()
    assert page[:2] == ["Closed participant: 2", "  each is mended by: interlock export KEY --to records > mend.yaml"]
    assert [line.split("  ") for line in page if "arr:a" in line and "export" not in line] == [
        ["", "Pact", "arr:a"], ["", "Pact", "arr:a", "closed since it was listed"],
    ]  # fmt: skip


def test_a_list_of_gaps_that_is_cut_says_so(interlock: Interlock, dangling: Path) -> None:
    done = interlock("gaps", "--kind", "closed-participant", "--limit", "1", "--db", dangling)
    assert (done.stdout.count("Pact"), done.stderr) == (1, "1 of 2 shown; --limit N shows more\n")
    rows = interlock("gaps", "--kind", "closed-participant", "--db", dangling, "--format", "csv").stdout.splitlines()
    assert len(rows) == 3
    assert rows[2].endswith(
        ",ods:X2,Body X2,2026-03-31,,,2022-06,false,,,,interlock export arr:a --to records > mend.yaml,,,,false"
    )


def test_a_kind_of_gap_that_there_is_not_names_the_nearest(interlock: Interlock, dangling: Path) -> None:
    done = interlock("gaps", "--kind", "closed-partcipant", "--db", dangling)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'closed-participant'?" in done.stderr


def test_likely_twins_are_told_with_what_they_have_in_common_and_what_mends_it(asked: Asking, tmp_path: Path) -> None:
    body = {"name": "Hill NHS Trust", "type": "nhs-trust", "address": {"town": "Hilltop"}}
    register = register_of(tmp_path, *({"organisations": [{"key": f"ods:{code}", **body}]} for code in ("X1", "X2")))
    answer = asked("gaps", "--kind", "likely-twin", "--db", register)
    assert answer["counts"] == {"likely-twin": 1}
    (gap,) = answer["gaps"]
    assert (gap["key"], gap["other"]) == ("ods:X1", {"key": "ods:X2", "name": "Hill NHS Trust"})
    assert (gap["same"], gap["mend"]) == (["name", "town"], "interlock merge ods:X1 ods:X2")
    assert gap["detail"] == "Hill NHS Trust (X2) · the same name and town"


def told(interlock: Interlock, register: Path, *words: str) -> list[Answer]:
    """The gaps that words ask for."""
    done = interlock("gaps", *words, "--db", register, "--format", "json")
    assert done.returncode == 0, done.stderr
    gaps: list[Answer] = json.loads(done.stdout)["gaps"]
    return gaps


def corrected(interlock: Interlock, register: Path, mend: str, changes: tuple[tuple[str, str], ...]) -> None:
    """Do what a gap says: write the record to a file, correct it there, and import that."""
    command, to, file = mend.partition(" > ")
    assert (to, file) == (" > ", "mend.yaml")
    export = interlock(*shlex.split(command)[1:], "--db", register)
    text = export.stdout
    for was, now in changes:
        assert was in text, text
        text = text.replace(was, now)
    path = register.parent / file
    path.write_text(text, "utf-8")
    done = interlock("import", path, "--db", register)
    assert done.returncode == 0, done.stderr


def test_what_is_done_as_the_command_below_a_gap_says_ends_it(interlock: Interlock, tmp_path: Path) -> None:
    heir = {"type": "succeeded-by", "to": "ods:X2", "start": "2026-04-01"}
    old = {"key": "ods:X1", "name": "Old Trust", "status": "closed", "closed": "2026-03-31", "links": [heir]}
    pact = {
        "key": "arr:o'pact", "name": "O'Pact", "type": "alliance", "status": "open", "participants": ["ods:X1"],
        "events": [{"kind": "review-due", "date": "2026-02", "text": "Its first review."},
                   {"kind": "term-ends", "date": "2026-03", "text": "Agreed for two years."}],
    }  # fmt: skip
    plan = {"key": "arr:plan", "name": "Plan", "type": "group-model", "status": "planned", "opened": "2026-01-05",
            "participants": ["ods:X2", "ods:X3"]}  # fmt: skip
    new = {"key": "ods:X2", "name": "New Trust", "type": "nhs-trust", "opened": "2001"}
    people = [{"name": "Ann Example"}]
    one = {"organisations": [old, new], "arrangements": [pact, plan], "people": people}
    register = register_of(tmp_path, one, {"organisations": [{**new, "opened": "2004"}]})
    gaps = {gap["what"]: gap for gap in told(interlock, register, "source:told-")}
    assert list(gaps) == [
        "closed-participant", "past-end", "past-review", "past-start", "sources-differ", "no-post", "one-participant",
        "no-basis",
    ]  # fmt: skip
    assert gaps["closed-participant"]["mend"] == "interlock export 'arr:o'\"'\"'pact' --to records > mend.yaml"
    corrections: dict[str, tuple[tuple[str, str], ...]] = {
        gaps["one-participant"]["mend"]: (
            ("who: ods:X1", "who: ods:X1, end: 2026-03-31"),
            ("participants:", "participants:\n      - {who: ods:X2}\n      - {who: ods:X3}"),
            ('"2026-02"', '"2027-02"'),
            ('"2026-03"', '"2028-03"'),
            ("type: alliance", "type: alliance\n    form: contract"),
        ),
        gaps["past-start"]["mend"]: (("status: planned", "status: open"), ("who: ods:X2", "who: ods:X2, role: lead")),
        gaps["no-post"]["mend"]: (("name: Ann Example", "name: Ann Example, posts: [{in: ods:X2, role: chair}]"),),
        gaps["sources-differ"]["mend"]: (('value: "2001"', 'value: "2004"'),),
    }
    assert corrections.keys() == {gap["mend"] for gap in gaps.values()}
    for mend, changes in corrections.items():
        corrected(interlock, register, mend, changes)
    assert told(interlock, register, "source:told-") == []


def test_gaps_are_those_of_one_record_or_of_those_that_filters_let_through(
    interlock: Interlock, dangling: Path
) -> None:
    def names(*words: str) -> list[str]:
        return [gap["participant"]["key"] for gap in told(interlock, dangling, "--kind", "closed-participant", *words)]

    assert names("Body", "X2") == names("ods:X2") == ["ods:X2"]
    assert names("kind:arrangement") == ["ods:X1", "ods:X2"]
    assert names("kind:arrangement", "-status:open") == []
    for words, reason in (
        (("body", "kind:arrangement"), "'body' is no filter"),
        (("type:truust",), "did you mean"),
        (("Body X9",), "X9"),
    ):
        done = interlock("gaps", *words, "--db", dangling)
        assert (done.returncode in (1, 2), done.stdout, done.stderr.count("\n")) == (True, "", 1)
        assert reason in done.stderr


def test_what_is_usual_of_its_type_is_left_out_and_counted(interlock: Interlock, tmp_path: Path) -> None:
    bodies = [{"key": f"ods:F{n}", "name": f"Chemist {n}", "type": "pharmacy", "status": "open"} for n in range(3)]
    trust = {"key": "ods:X1", "name": "Hill", "type": "nhs-trust", "status": "open"}
    register = register_of(tmp_path, {"organisations": [*bodies, trust]})
    done = interlock("gaps", "--kind", "unlinked", "source:told-", "--db", register)
    assert "ods:X1" in done.stdout and "Chemist" not in done.stdout
    assert done.stderr == "left out as usual for their type: 3 (unlinked 3); --all shows them\n"
    assert len(told(interlock, register, "--kind", "unlinked", "type:pharmacy", "--all")) == 3


def test_a_page_of_several_kinds_shows_a_few_of_each_and_says_how_many_there_are(
    interlock: Interlock, tmp_path: Path
) -> None:
    pacts = [
        {"key": f"arr:{n}", "name": f"Pact {n}", "type": "alliance", "status": "open", "participants": ["ods:X1"]}
        for n in range(7)
    ]
    register = register_of(tmp_path, {"arrangements": pacts})
    done = interlock("gaps", "source:told-", "--db", register)
    assert [line for line in done.stdout.splitlines() if line[:1] not in ("", " ")] == [
        "One participant: 7", "No basis: 7",
    ]  # fmt: skip
    assert done.stdout.count("2 more: interlock gaps --kind ") == 2
    assert done.stderr == "10 of 14 shown; --kind KIND or --limit N shows more\n"
