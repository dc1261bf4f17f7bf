"""Taking away what is on the screen: the command that shows it, a citation, a file."""

from __future__ import annotations

import base64
import csv
import io
import re
import shlex
import subprocess
from collections.abc import Sequence
from errno import EAGAIN
from pathlib import Path

import pytest
import python_calamine

from db.errors import UsageError
from tests.tui.exploring import Exploring, exploring
from tui.cli.arguments import parse
from tui.cli.commands.find import COMMAND
from tui.explorer.exporting import FORMS, command_for, contents_of, file_named, only_rows, usual_name, write_file
from tui.explorer.history import SearchState, find_words
from tui.explorer.widgets.bars import NoticeBar
from tui.text.workbook import workbook

ROWS = [["code", "name"], ["0012", "A & B <ltd>"], ["", "a\nline"]]


@pytest.mark.parametrize("text", ["wye", "type:trust -status:closed leeds", 'place:"St Helens" gp', "women's -x"])
def test_the_command_of_the_results_finds_what_was_typed(text: str) -> None:
    words = find_words(SearchState(text, True, 50), "2016")
    typed = shlex.split(shlex.join(words))
    arguments = parse(COMMAND, typed[1:])
    assert typed[0] == "find"
    assert (arguments.phrase, arguments.flag("--all"), arguments.text("--as-of")) == (text, True, "2016")


@pytest.mark.parametrize("ending", [ending for ending in FORMS if ending != ".svg"])
def test_a_file_holds_what_the_command_writes_and_for_a_spreadsheet_a_table_for_people(ending: str) -> None:
    name, option, *rest = command_for(("show", "ods:RLQ", "--part", "Group"), ending)
    assert name == ("links" if ending == ".jsonl" else "show")
    assert option == ("--sheet" if ending in (".csv", ".tsv", ".xlsx") else "--format")
    assert rest == [FORMS[ending], "ods:RLQ", *(() if "json" in ending else ("--part", "Group"))]
    assert command_for(("tree", "ods:RLQ"), ending) == ("tree", "--format", FORMS[ending], "ods:RLQ")
    assert ("--sheet" in command_for(("find", "wye"), ending)) == (option == "--sheet")


def test_rows_for_programs_of_a_day_hold_what_nothing_dates_as_the_screen_does() -> None:
    asked = ("links", "--format", "jsonl", "--not-dated", "ods:RLQ", "--as-of", "2016-12-31")
    assert command_for(("show", "ods:RLQ", "--as-of", "2016-12-31"), ".jsonl") == asked
    assert "--not-dated" not in command_for(("show", "ods:RLQ", "--as-of", "2016-12-31"), ".json")


def test_a_name_that_says_no_form_or_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert file_named(f"{tmp_path}/a.XLSX").name == "a.XLSX"
    (tmp_path / "folder.csv").mkdir()
    away = (str(tmp_path / "none" / "a.csv"), str(tmp_path / "folder.csv"))
    for name in ("list", "list.doc", *away, "", "a\0.csv", f"{tmp_path}/{'x' * 300}.csv", f"{'x' * 300}/a.csv"):
        with pytest.raises(UsageError):
            file_named(name)
    assert file_named(usual_name(("find", "place:Leeds", "../x"))).name == "place-Leeds-x.csv"


def test_where_the_folder_one_is_in_is_gone_another_has_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(UsageError, match=r"^a\.csv: the folder one is in is gone"):
        file_named("a.csv")
    assert file_named(str(tmp_path / "a.csv")) == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("show ods:RLQ", "RLQ.csv"),
        ("show arr:west-yorkshire-association-of-acute-trusts", "west-yorkshire.csv"),
        ("show ods:RLQ --part alliances", "alliances-RLQ.csv"),
        ("tree ods:RLQ --depth 3", "tree-RLQ-depth-3.csv"),
        ("stats", "stats.csv"),
        (f"find {'x' * 99}", f"{'x' * 24}.csv"),
        ("find ../..", "interlock.csv"),
    ],
)
def test_a_name_that_is_proposed_is_short(words: str, name: str) -> None:
    assert usual_name(words.split()) == name


async def test_a_name_alone_on_the_line_is_a_file_to_write(tmp_path: Path) -> None:
    path = tmp_path / "my list.csv"
    async with exploring(start="ods:RLQ") as explorer:
        explorer.app.session.run_command = lambda _: "code\n0012\n"
        await explorer.press("x", "ctrl+u")
        explorer.screen.command_box.command.value = str(path)
        await explorer.press("enter")
    assert path.read_text() == "code\n0012\n"


def test_a_file_that_is_there_is_replaced_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_file(path, b"one", over=False)
    with pytest.raises(FileExistsError):
        write_file(path, b"two", over=False)
    assert path.read_bytes() == b"one"
    write_file(path, b"two", over=True)
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UsageError):
        write_file(tmp_path / "none" / "a.csv", b"", over=False)


def test_a_filter_on_the_screen_lets_only_its_records_into_rows() -> None:
    answer = 'code,key,name\n0012,ods:A,"A, B"\n0013,ods:B,\'=B\n'
    assert only_rows(answer, ".csv", {"ods:A"}) == 'code,key,name\n0012,ods:A,"A, B"\n'
    assert only_rows(f"\ufeff{answer}", ".csv", {"ods:B"}) == "\ufeffcode,key,name\n0013,ods:B,'=B\n"
    assert only_rows("code\tkey\n1\tods:B\n", ".tsv", {"ods:A"}) == "code\tkey\n"
    assert only_rows('{"key":"ods:A"}\n{"key":"ods:B"}\n', ".jsonl", {"ods:B"}) == '{"key":"ods:B"}\n'
    for text, ending in (("run\n1\n", ".csv"), ("{}", ".json")):
        with pytest.raises(UsageError, match="a filter is set"):
            only_rows(text, ending, {"ods:A"})


async def test_what_a_filter_leaves_out_of_a_list_is_left_out_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with exploring(search="t") as explorer:
        found = [item.target.key for item in explorer.screen.results_view.items if item.target]
        rows = "".join(f"{key}\n" for key in found)
        explorer.app.session.run_command = lambda _: f"key\n{rows}"
        await explorer.press("escape", "f", *"wye", "enter")
        await explorer.command("export a.csv", "enter")
    assert len(found) > 1
    assert (tmp_path / "a.csv").read_text() == "key\nods:RLQ\n"


def test_a_workbook_keeps_every_cell_as_it_is_written() -> None:
    read = python_calamine.load_workbook(io.BytesIO(workbook(ROWS))).get_sheet_by_index(0).to_python()
    assert read == ROWS
    text = io.StringIO()
    csv.writer(text).writerows(ROWS)
    book = python_calamine.load_workbook(io.BytesIO(contents_of(f"\ufeff{text.getvalue()}", ".xlsx")))
    assert book.get_sheet_by_index(0).to_python() == ROWS


def copied(explorer: Exploring, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the clipboard from now on."""
    sent: list[str] = []
    driver = explorer.app._driver
    assert driver is not None

    def write(data: str) -> None:
        for one in re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", data):
            sent.append(base64.b64decode(one).decode())

    monkeypatch.setattr(driver, "write", write)
    return sent


async def test_the_command_of_the_screen_is_that_of_what_has_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    async with exploring(search="wye") as explorer:
        explorer.app.session.register_words = ("--db", "my register.db")
        sent = copied(explorer, monkeypatch)
        await explorer.press("escape", "c", "C", "enter", "C", "g", "C")
    assert sent == [
        "interlock find --all wye --db 'my register.db'",
        "interlock show ods:RLQ --part 'takes part in' --db 'my register.db'",
        "interlock show ods:RLQ --db 'my register.db'",
    ]


async def test_a_line_is_cited_with_the_record_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    async with exploring(start="ods:RLQ") as explorer:
        sent = copied(explorer, monkeypatch)
        await explorer.press("K")
    first, source, *_ = sent[0].split("\n")
    assert first.startswith("Wye Valley NHS Trust (ods:RLQ): ")
    assert "Foundation Group (arr:foundation-group)" in first
    assert source.startswith("Source: Two trusts to form a group")


async def test_what_is_on_the_screen_is_written_and_nothing_overwritten_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def run(words: Sequence[str]) -> str:
        asked.append(tuple(words))
        return "code\n0012\n"

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "RLQ.csv"
    path.write_text("mine")
    async with exploring(start="ods:RLQ") as explorer:
        explorer.app.session.run_command = run
        await explorer.press("g", "x")
        assert explorer.screen.command_box.command.value == "export RLQ.csv"
        await explorer.press("enter")
        assert path.read_text() == "mine"
        assert "is there already" in str(explorer.screen.query_one(NoticeBar).content)
        await explorer.press("enter")
        assert explorer.screen.record_view.has_focus
    assert path.read_text() == "code\n0012\n"
    assert set(asked) == {("show", "--sheet", "csv", "ods:RLQ")}


async def test_where_no_process_can_be_started_for_it_that_is_said_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "Popen", refused)
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("g", "x", "enter")
        said = str(explorer.screen.query_one(NoticeBar).content)
    assert "nothing is written: no further process or thread can be started; close other programs" in said
    assert list(tmp_path.iterdir()) == []


async def test_of_the_group_that_the_mark_is_in_that_part_alone_is_written(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []

    def run(words: Sequence[str]) -> str:
        asked.append(words)
        return ""

    async with exploring(start="ods:RLQ") as explorer:
        explorer.app.session.run_command = run
        await explorer.press("G", "x")
        line = explorer.screen.command_box.command
        assert line.value == "export evidence-RLQ.csv"
        await explorer.press("ctrl+w")
        assert line.value == "export "
        line.value = f"{tmp_path}/b.x"
        await explorer.press("end", "ctrl+w", *"a.md", "enter")
    assert asked == [("show", "--format", "markdown", "ods:RLQ", "--part", "evidence")]


async def test_a_picture_is_of_the_screen_without_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    async with exploring(start="ods:RLQ") as explorer:
        explorer.screen.action_command(f"export {path}")
        await explorer.press("enter")
    picture = path.read_text("utf-8")
    assert picture.startswith("<svg")
    assert "Wye&#160;Valley&#160;NHS&#160;Trust" in picture
    assert "export" not in picture.partition("Rich")[2]
