"""What is dated of a record and what became of it: what commands answer, in words and as JSON, and how they refuse."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path

import pytest

from importers.run import ImportOptions, import_sources
from tests.commands.conftest import Asking, Interlock

VALLEY = """
format: interlock-records/1
id: valley
title: What the valley's newsletter says
published: 2026-02
organisations:
  - {key: ods:ZA1, name: Hill Trust, status: closed, opened: 2001-04-01, closed: 2019-03-31,
     names: [{name: Old Hill Trust, kind: former, start: 2001-04-01, end: 2010}],
     links: [{type: succeeded-by, to: ods:ZA2, start: 2019-04-01}]}
  - {key: ods:ZA2, name: Vale Trust, status: open, opened: 2019-04-01, legal_start: 2020-01-01,
     links: [{type: commissioned-by, to: ods:ZA3, start: 2019-04-01, legal_start: 2019-04-01, end: 2027-03-31}]}
  - {key: ods:ZA3, name: Valley Board, status: open}
  - {key: ods:ZA4, name: Dale Trust, status: open, links: [{type: succeeded-by, to: ods:ZA2, legal_start: 2021-04-01}]}
  - {key: ods:ZA5, name: Moor Board, closed: 2027-03-31, links: [{type: succeeded-by, to: ods:ZA6, start: 2027-04-01}]}
  - {key: ods:ZA6, name: Fell Board, status: planned, opened: 2027-04-01}
arrangements:
  - {key: arr:one, name: Alliance One, status: open, opened: 2016,
     participants: [{who: ods:ZA1, role: member, start: 2016}, {who: ods:ZA2, role: lead, start: 2019-04-01}]}
  - {key: arr:two, name: Alliance Two, status: open, participants: [{who: ods:ZA1, role: member}]}
  - {key: arr:three, name: Alliance Three, status: closed, closed: 2018, participants: [{who: ods:ZA1}]}
  - {key: arr:four, name: Alliance Four, status: open, participants: [{who: ods:ZA1, end: 2017-06-30}],
     events: [{date: XXXX-07-08, kind: decision-due, text: Its board decides.}]}
  - {key: arr:five, name: Alliance Five, status: open, participants: [{who: ods:ZA5}, {who: ods:ZA6, status: planned}]}
  - {key: arr:six, name: Alliance Six, status: open, participants: [{who: ods:ZA5, role: lead}]}
people:
  - {key: person:ann-bell, name: Ann Bell, posts: [{in: ods:ZA2, role: chair, start: 2019-05, end: 2022}]}
"""


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of a made-up valley beside the built-in one."""
    folder = tmp_path_factory.mktemp("valley")
    (folder / "valley.yaml").write_text(VALLEY, "utf-8")
    import_sources(folder / "valley.db", (str(folder / "valley.yaml"),), ImportOptions(command="import"))
    return folder / "valley.db"


@pytest.fixture
def asked(asked: Asking, valley: Path) -> Asking:
    """Ask that register."""
    return partial(asked, "--db", valley)


def lines(text: str) -> list[str]:
    """What a page says before its sources, without the columns of dates."""
    told = text.partition("\nWho says so\n")[0].splitlines()
    return [" ".join(line.split()) for line in told if line.strip()]


def test_rows_as_of_a_day_hold_what_nothing_dates_only_where_that_is_asked_for(
    interlock: Interlock, valley: Path
) -> None:
    def rows(*words: str) -> list[dict[str, str]]:
        done = interlock("links", "ZA1", "--as-of", "2016-06", "--format", "csv", *words, "--db", valley)
        return list(csv.DictReader(io.StringIO(done.stdout)))

    assert {row["key"] for row in rows()} == {"arr:one"}
    assert {row["key"]: row["on_day"] for row in rows("--not-dated")} == {
        "arr:one": "yes", "arr:two": "other years", "arr:three": "other years", "arr:four": "other years",
    }  # fmt: skip


def test_a_timeline_tells_all_that_is_dated_with_its_precision_and_who_says_so(
    interlock: Interlock, valley: Path
) -> None:
    assert lines(interlock("timeline", "ZA2", "--db", valley).stdout) == [
        "Vale Trust",
        "1 April 2019 took over from Hill Trust [1]",
        "1 April 2019 began to operate [1]",
        "1 April 2019 joined Alliance One as lead [1]",
        "1 April 2019 has Valley Board as commissioner from then on, in law as well [1]",
        "May 2019 Ann Bell became chair [1]",
        "1 January 2020 came into being in law [1]",
        "1 April 2021 took over from Dale Trust, in law [1]",
        "2022 Ann Bell ceased to be chair [1]",
        "31 March 2027 no longer has Valley Board as commissioner, still to come [1]",
    ]
    assert lines(interlock("timeline", "ZA1", "--db", valley).stdout)[1:] == [
        "1 April 2001 opened [1]",
        "1 April 2001 took the name Old Hill Trust [1]",
        "2010 gave up the name Old Hill Trust [1]",
        "2016 joined Alliance One as member [1]",
        "30 June 2017 left Alliance Four [1]",
        "31 March 2019 closed [1]",
        "1 April 2019 was succeeded by Vale Trust [1]",
    ]
    up = interlock("timeline", "ZA1", "--db", valley, "--format", "markdown").stdout
    assert "- 2016 · joined Alliance One as member \\[1\\]\n" in up
    assert "- \\[1\\] · What the valley's newsletter says · " in up


def test_a_timeline_in_json_has_what_a_program_needs_of_each_entry(
    asked: Asking, interlock: Interlock, valley: Path
) -> None:
    found = asked("timeline", "arr:one")
    assert [(one["date"], one["kind"], one["direction"], one["other_key"]) for one in found["events"]] == [
        ("2016", "opened", None, None),
        ("2016", "joined", "in", "ods:ZA1"),
        ("2019-03-31", "left", "in", "ods:ZA1"),
        ("2019-04-01", "joined", "in", "ods:ZA2"),
    ]
    left = found["events"][2]
    assert (left["text"], left["inferred"], left["role"]) == ("Hill Trust left, as it closed", True, "member")
    assert (found["total"], found["truncated"], found["left_out"]) == (4, False, 0)
    assert len(left["evidence"]) == 2  # who tells that the trust took part, and who tells that it closed
    assert {one for event in found["events"] for one in event["evidence"]} == {one["id"] for one in found["evidence"]}
    shorter = interlock("timeline", "arr:one", "--db", valley, "--limit", "1")
    assert shorter.stderr == "1 of 4 shown, the oldest; --limit N shows more\n"
    then = asked("timeline", "arr:one", "--as-of", "2018")
    assert ([one["kind"] for one in then["events"]], then["as_of"]) == (["opened", "joined"], "2018-12-31")
    rows = list(csv.DictReader(io.StringIO(interlock("timeline", "ZA1", "--db", valley, "--format", "csv").stdout)))
    assert (rows[-1]["key"], rows[-1]["other_key"], rows[-1]["depth"]) == ("ods:ZA1", "ods:ZA2", "1")
    undated = asked("timeline", "arr:four")["events"][-1]
    assert (undated["date"], undated["kind"], undated["text"]) == ("XXXX-07-08", "decision-due", "Its board decides.")


def test_what_became_of_a_body_and_of_its_part_in_arrangements(
    asked: Asking, interlock: Interlock, valley: Path
) -> None:
    assert lines(interlock("after", "ZA1", "--db", valley).stdout) == [
        "Hill Trust",
        "closed 31 March 2019 [1]",
        "was succeeded by Vale Trust on 1 April 2019 ods:ZA2 open [1]",
        "What it took part in",
        "Alliance Four (until 30 June 2017): ended arr:four [2]",
        "Alliance One (member, 2016 to 31 March 2019): passed on to Vale Trust (lead, since 1 April 2019) arr:one [3]",
        "Alliance Two (member, listed February 2026): dangling, as what followed it takes no part in it arr:two [4]",
        "Alliance Three (listed February 2026): ended with it, which closed 2018 arr:three [5]",
    ]
    found = asked("after", "ZA1")
    assert [(one["key"], one["from"], one["depth"], one["open"]) for one in found["successors"]] == [
        ("ods:ZA2", "2019-04-01", 1, True)
    ]
    assert [(one["key"], one["role"], one["outcome"], one["to"]) for one in found["arrangements"]] == [
        ("arr:four", None, "ended", []),
        ("arr:one", "member", "passed-on", [{"key": "ods:ZA2", "name": "Vale Trust"}]),
        ("arr:two", "member", "dangling", []),
        ("arr:three", None, "ended", []),
    ]
    open_still = interlock("after", "ZA4", "--db", valley)
    assert "  was succeeded by Vale Trust on 1 April 2021, in law" in open_still.stdout
    assert '"text": "Dale Trust was succeeded by Vale Trust on' in json.dumps(asked("after", "ZA4"))
    assert open_still.stderr == "Dale Trust is open: no source tells whether it passed on in whole or in part\n"
    rows = list(csv.DictReader(io.StringIO(interlock("after", "ZA1", "--db", valley, "--format", "csv").stdout)))
    assert [(row["what"], row["key"], row["outcome"], row["to"]) for row in rows][:2] == [
        ("successor", "ods:ZA2", "", ""),
        ("arrangement", "arr:four", "ended", ""),
    ]


def test_a_day_of_opening_or_closing_that_is_still_to_come_is_told_as_one(interlock: Interlock, valley: Path) -> None:
    shown = [lines(interlock("timeline", key, "--db", valley).stdout) for key in ("ZA5", "ZA6")]
    assert shown[0][1] == "31 March 2027 is to close [1]"
    assert "1 April 2027 is to open [1]" in shown[1]


def test_what_is_to_end_tells_what_is_to_become_of_it_and_of_its_part_in_arrangements(
    interlock: Interlock, valley: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = interlock("after", "ZA5", "--db", valley)
    assert lines(done.stdout) == [
        "Moor Board",
        "open, to end 31 March 2027 [1]",
        "is to be succeeded by Fell Board on 1 April 2027 ods:ZA6 to open 1 April 2027 [1]",
        "What it takes part in",
        "Alliance Five (listed February 2026): to pass on to Fell Board (planned, as of February 2026) arr:five [2]",
        "Alliance Six (lead, listed February 2026): to be left dangling, as what is to follow it takes no part in it "
        "arr:six [3]",
    ]
    assert (done.returncode, done.stderr) == (
        0, "Moor Board is to end 31 March 2027: what becomes of it is told as far as sources tell it\n"
    )  # fmt: skip
    monkeypatch.setenv("INTERLOCK_TODAY", "2027-03-31")
    last = interlock("after", "ZA5", "--db", valley)
    assert "open, to end 31 March 2027" in last.stdout
    assert last.stderr.startswith("Moor Board is to end 31 March 2027: ")
    monkeypatch.setenv("INTERLOCK_TODAY", "2027-05-01")
    later = interlock("after", "ZA5", "--db", valley)
    assert "open, was to end 31 March 2027" in later.stdout and "  was succeeded by Fell Board on" in later.stdout
    assert later.stderr.startswith("Moor Board was to end 31 March 2027: ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("after", "RJC"), 1, "South Warwickshire NHS Foundation Trust is open: nothing has become of it"),
        (("after", "person:glen-burley"), 1, "nothing is known to have become of Glen Burley"),
        (("after", "RLQX"), 1, "nothing answers to 'RLQX'; did you mean ods:RLQ (Wye Valley NHS Trust)?"),
        (("after",), 2, "after needs KEY"),
        (("timeline", "RLQX"), 1, "did you mean ods:RLQ"),
        (("timeline", "RPG", "--as-of", "1850"), 0, "nothing dated is known of Oxleas NHS Foundation Trust, as of 31"),
        (("timeline", "RPG", "--as-of", "soon"), 2, "'soon' is not a date"),
        (("timeline", "RPG", "--limit", "0"), 0, "0 of 1 shown, the oldest; --limit N shows more"),
    ],
)
def test_what_has_no_answer_is_one_line(interlock: Interlock, words: tuple[str, ...], code: int, said: str) -> None:
    done = interlock(*words, "--builtin")
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (code, 1, ""), done.stderr
    assert said in done.stderr


def test_the_record_pane_and_the_command_tell_the_same(asked: Asking, valley: Path) -> None:
    from db.register import open_register
    from tui.text.record_page import record_page

    with open_register(valley) as register:
        for key in ("ods:ZA1", "ods:ZA2", "arr:four"):
            record = register.record(key, with_timeline=True)
            page = record_page(record, lambda _: None, printed=False)
            (group,) = next(section for section in page.sections if section.name == "timeline").groups
            assert [line.text for line in group.lines] == [one["text"] for one in asked("timeline", key)["events"]]
            assert {one for line in group.lines for one in line.evidence} <= {proof.id for proof in record.evidence}
