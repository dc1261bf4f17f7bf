"""Words that are no command: ten lines about the record that they clearly mean, else what `find` finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.register import Register, open_register
from tests.commands.conftest import Interlock, register_of
from tests.tui.fake_register import link, record
from tui.cli.brief import LINES, brief_lines, companions, text_brief
from tui.cli.terminal import Palette
from tui.text.safe import width


@pytest.mark.parametrize("words", [["rlq"], ["RLQ"], ["ods:RLQ"], ["wye", "valley"], ["wye valley nhs trust"], ["wvt"]])
def test_words_that_mean_one_record_show_it_in_ten_lines(
    interlock: Interlock, built_in: Path, words: list[str]
) -> None:
    done = interlock(*words, "--db", built_in)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 80
    stands = "organisation, NHS trust · open, listed to October 2015 · Hereford, HR1 2ER"
    assert lines[:2] == ["Wye Valley NHS Trust  ods:RLQ", stands]
    assert "in Foundation Group (planned), with South Warwickshire NHS Foundation Trust" in lines
    assert "people: Glen Burley (chief executive)" in lines
    assert lines[-1] == "4 links, 2 facts, 3 sources: interlock show ods:RLQ"


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown"])
def test_it_is_the_same_as_show_brief_before_and_after_the_words(
    interlock: Interlock, built_in: Path, form: str
) -> None:
    looked = interlock("--db", built_in, "--format", form, "rlq")
    shown = interlock("show", "rlq", "--brief", "--db", built_in, "--format", form)
    assert (looked.returncode, looked.stdout) == (0, shown.stdout)
    assert "ods:RLQ" in shown.stdout
    if form == "json":
        assert json.loads(looked.stdout)["record"]["key"] == "ods:RLQ"


def test_words_that_mean_no_one_record_come_to_what_find_finds_and_it_is_said(
    interlock: Interlock, built_in: Path
) -> None:
    looked = interlock("wye", "--limit", "3", "--db", built_in, "--format", "json")
    found = interlock("find", "wye", "--limit", "3", "--db", built_in, "--format", "json")
    assert (looked.returncode, looked.stdout) == (0, found.stdout)
    assert looked.stderr.startswith(found.stderr)
    assert "no one record is clearly meant by wye: this is what find finds; show KEY opens one\n" in looked.stderr
    assert "clearly meant" not in interlock("kind:person", "place:Hereford", "--db", built_in).stderr


def test_nothing_found_is_exit_code_1_and_names_the_command_that_was_meant(
    interlock: Interlock, built_in: Path
) -> None:
    done = interlock("exprt", "zzzqq", "--db", built_in)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0].startswith("interlock: nothing found for exprt zzzqq")
    assert done.stderr.splitlines()[-1] == "did you mean the command export?"
    far = interlock("qqqxx", "zzzqq", "--db", built_in)
    assert far.returncode == 1
    assert "did you mean" not in far.stderr


def test_a_misspelt_command_before_words_that_are_found_is_named_too(interlock: Interlock, built_in: Path) -> None:
    done = interlock("fnd", "wye", "--db", built_in)
    assert done.stderr.splitlines()[-1] == "did you mean the command find?"


def test_a_command_wins_over_a_name_and_show_asks_for_the_name(interlock: Interlock, tmp_path: Path) -> None:
    database = register_of(tmp_path, {"organisations": [{"key": "org:stats", "name": "Stats"}]})
    assert interlock("stats", "--db", database).stdout.startswith("database")
    assert interlock("show", "stats", "--brief", "--db", database).stdout.startswith("Stats  org:stats")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rlq", "--limt", "5"], "a quick look has no option --limt; did you mean --limit?"),
        (["rlq", "--zzz"], "a quick look has no option --zzz; see interlock --help"),
        (["--limit", "5", "find", "wye"], "there is no option --limit before the command"),
        (["help", "fnd"], "there is no command fnd; did you mean find?"),
        (["rlq", "--as-of", "x"], "--as-of: "),
        ([""], "no key was given"),
    ],
)
def test_what_is_not_usable_is_one_line_and_exit_code_2(interlock: Interlock, words: list[str], said: str) -> None:
    done = interlock(*words, "--builtin")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"interlock: {said}")


def test_as_of_a_day_is_said_with_the_standing(interlock: Interlock, built_in: Path) -> None:
    done = interlock("rlq", "--as-of", "2016-05", "--db", built_in)
    assert done.stdout.splitlines()[1].endswith(" · as of May 2016")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A body in many arrangements, one of them crowded, with long and odd names and more labels than lines."""
    bodies: list[dict[str, object]] = [{"key": f"ods:Y{n:02}", "name": f"Body {n:02}"} for n in range(30)]
    bodies += [{"key": "ods:X1", "name": "Hill \u202e \x1b[31m Trust", "summary": "word " * 90, "names": [
        {"name": "Old Hill " + "very " * 30, "kind": "former"}]}]  # fmt: skip
    arrangements: list[dict[str, object]] = []
    for number in range(7):
        members: list[dict[str, object]] = [{"who": "ods:X1", "role": "member", "status": "planned"}]
        if number == 3:
            members += [{"who": f"ods:Y{n:02}", "role": "lead" if n == 29 else "member"} for n in range(30)]
        name = "Crowd" if number == 3 else f"Zone {number} " + "with a long name " * 6
        arrangements.append({"key": f"arr:a{number}", "name": name, "participants": members})
    return register_of(tmp_path_factory.mktemp("look"), {"organisations": bodies, "arrangements": arrangements})


def lines(register: Register, key: str, cells: int | None) -> list[str]:
    """The quick look at a record."""
    record = register.record(key)
    return list(text_brief(record, companions(register, record, None), None, cells, Palette()))


@pytest.mark.parametrize("cells", [20, 40, 80, 140, None])
def test_no_record_takes_more_than_ten_lines_or_is_wider_than_the_terminal(
    crowd: Path, built_in: Path, cells: int | None
) -> None:
    for path in (crowd, built_in):
        with open_register(path) as register:
            for key in register.keys():
                shown = lines(register, key, cells)
                assert 3 <= len(shown) <= LINES
                assert max(map(width, shown)) <= min(cells or 80, 100)
                assert not any(sign in line for line in shown for sign in "\x1b\u202e")


def test_what_has_no_room_is_counted(crowd: Path) -> None:
    with open_register(crowd) as register:
        body = lines(register, "ods:X1", 80)
        network = lines(register, "arr:a3", 80)
    assert "in Crowd (planned), with Body 29; Body 00; Body 01; Body 02; and 26 more" in body
    (others,) = [line for line in body if line.startswith("and in: ")]
    assert others.endswith("; and 4 more")
    (members,) = [place for place, line in enumerate(network) if line.startswith("participants: Body 29 (lead); ")]
    named = sum(line.count("Body ") + line.count("Hill ") for line in network[members : members + 3])
    assert network[members + 2].endswith(f"; and {31 - named} more")


def test_links_that_are_too_many_to_read_are_counted_and_their_sources_not_told(crowd: Path) -> None:
    with open_register(crowd) as register:
        whole = register.record("arr:a3")
        first = register.record("arr:a3", most=20)
    assert (len(whole.links), len(first.links)) == (31, 20)
    *_, members, tail = brief_lines(first, {}, None, 40)
    assert (members.text, tail.text) == ("Body 07; Body 08; Body 09; and 21 more", "31 links: interlock show arr:a3")
    assert brief_lines(whole, {}, None, 80)[-1].text == "31 links, 1 source: interlock show arr:a3"


def test_who_leads_has_a_line_however_much_else_there_is(tmp_path: Path) -> None:
    posts = [{"in": "ods:X1", "role": role} for role in ("finance-director", "chair", "chief-executive")]
    people = [{"name": f"Person {n}", "posts": [post]} for n, post in enumerate(posts)]
    places = [{"key": f"arr:a{n}", "name": f"Pact {n}", "participants": [{"who": "ods:X1"}]} for n in range(9)]
    body = {"key": "ods:X1", "name": "Hill", "summary": "word " * 90, "names": [{"name": "Dale", "kind": "former"}]}
    content = {"people": people, "arrangements": places, "organisations": [body]}
    with open_register(register_of(tmp_path, content)) as register:
        shown = lines(register, "ods:X1", 80)
    (leaders,) = [line for line in shown if line.startswith("people: ")]
    assert leaders.startswith("people: Person 2 (chief executive); Person 1 (chair)")
    assert len(shown) == LINES


def test_a_name_gives_way_before_a_date_does(tmp_path: Path) -> None:
    long = "Partnership of the Hills and Dales " * 3
    trust = {"key": "ods:X1", "name": "Hill"}
    content = {
        "organisations": [trust],
        "arrangements": [
            {"key": "arr:a", "name": "Hill STP", "type": "sustainability-and-transformation-partnership",
             "status": "closed", "closed": "2022-06-30", "address": {"town": "Hilltop", "postcode": "ZZ1 1ZZ"}},
            {"key": "arr:b", "name": long, "participants": [
                {"who": "ods:X1", "role": "host", "status": "past", "end": "2022-06-30"}]},
        ],
    }  # fmt: skip
    with open_register(register_of(tmp_path, content)) as register:
        assert lines(register, "arr:a", 60)[1] == "arrangement, STP · closed 30 June 2022 · Hilltop, ZZ1 1ZZ"
        assert lines(register, "arr:a", 48)[1] == "arrangement, STP · closed 30 June 2022 · Hilltop"
        (there,) = [line for line in lines(register, "ods:X1", 60) if "Partnership" in line]
    assert there == "in Partnership of the Hills and Dales Partners… (host, past)"


def test_a_body_that_has_closed_says_first_what_came_of_it(tmp_path: Path) -> None:
    bodies = [
        {"key": "ods:X1", "name": "Old", "status": "closed", "closed": "2020-03-31", "links": [
            {"type": "succeeded-by", "to": "ods:X2", "start": "2020-04-01"}]},
        {"key": "ods:X2", "name": "New"},
    ]  # fmt: skip
    arrangement = {"key": "arr:a", "name": "Pact", "participants": [{"who": "ods:X1", "role": "host"}]}
    with open_register(register_of(tmp_path, {"organisations": bodies, "arrangements": [arrangement]})) as register:
        record = register.record("ods:X1")
        said = brief_lines(record, companions(register, record, None), None, 80)
    assert [(line.label, line.text) for line in said] == [
        ("", "organisation · closed 31 March 2020"),
        ("succeeded by", "New"),
        ("", "in Pact (host, past)"),
        ("", "2 links, 1 source: interlock show ods:X1"),
    ]


@pytest.mark.parametrize(("status", "label"), [(None, "hospitals listed under it"), ("current", "runs")])
def test_no_body_runs_a_hospital_that_is_only_listed_under_it(status: str | None, label: str) -> None:
    hospital = link("ods:X01", "site", "Hill Hospital", "runs", status=status, heading="hospitals it runs")
    said = brief_lines(record("ods:X", "organisation", "Hill Trust", hospital), {}, None, 80)
    assert label in [line.label for line in said]
