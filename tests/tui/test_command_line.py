"""What is typed behind `:` is read as a command line is and completed; its errors say what to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import InterlockError, UsageError
from tui.cli.arguments import Option
from tui.explorer import command_line
from tui.explorer.actions import Action
from tui.explorer.command_line import (
    ALIASES,
    BY_WORD,
    CommandAsked,
    ListedLine,
    as_typed_here,
    query_of,
    read,
    wanted,
    words_of,
)
from tui.explorer.pages.offers import Offer, actions_here, completions, matching, offer_items
from tui.explorer.symbols import Symbols
from tui.text.safe import width

PATH = Action("path", (), "explore", "How two are connected", "path", command="path [A] B")
SHARED = Action("shared", (), "explore", "What they share", "shared", command="shared [A] [B…]")
TREE = Action("tree", (), "explore", "What hangs on it", "tree", command="tree [KEY…]")
THEME = Action("theme", (), "explore", "Other colours", "theme", command="theme dark|light")
GAPS = Action("gaps", (), "explore", "What is not known", "gaps", command="gaps [KEY|FILTERS…]")
NOT = Option("--not", "no links of this type", "TYPE", many=True)


@pytest.fixture(autouse=True)
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of each shape, whichever the explorer has."""
    for one in (PATH, SHARED, TREE, THEME, GAPS):
        monkeypatch.setitem(command_line.BY_WORD, one.word, one)


def asked(line: str, here: str | None = "ods:RLQ", *options: Option) -> tuple[str, ...]:
    """The words of a line, the open record in front where it fills in."""
    found = read(line, here, options)
    assert isinstance(found, CommandAsked)
    return found.words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("path RJC", ("ods:RLQ", "RJC")),
        ("path RJC RYR", ("RJC", "RYR")),
        ('path "wye valley" Women\'s', ("wye valley", "Women's")),
        ("path “wye valley” RJC", ("wye valley", "RJC")),
        ("shared", ("ods:RLQ",)),
        ("shared RJC", ("ods:RLQ", "RJC")),
        ("shared RJC RYR RWA", ("RJC", "RYR", "RWA")),
        ("tree", ("ods:RLQ",)),
        ("tree wye valley", ("wye", "valley")),
        ("gaps", ()),
        ("gaps -type:trust", ("-type:trust",)),
        ("theme dark", ("dark",)),
    ],
)
def test_the_open_record_stands_in_for_the_first_that_is_left_out(line: str, words: tuple[str, ...]) -> None:
    assert asked(line) == words


def test_what_people_type_for_a_word_as_well_is_understood() -> None:
    found = read("q", None)
    assert isinstance(found, CommandAsked)
    assert found.action.word == "quit"
    assert set(ALIASES.values()) <= BY_WORD.keys()


def test_an_option_and_its_value_are_no_words() -> None:
    found = read("path RJC --not commissions", "ods:RLQ", (NOT,))
    assert isinstance(found, CommandAsked)
    assert (found.words, found.arguments.many("--not")) == (("ods:RLQ", "RJC"), ("commissions",))


@pytest.mark.parametrize(
    ("line", "here", "says"),
    [
        ("path", None, "write :path A B, or open a record first"),
        ("path", "ods:RLQ", "write :path A B"),
        ("tree", None, "write :tree KEY…, or open a record first"),
        ("path A B C", None, "write :path [A] B"),
        ("path RJC --not", "ods:RLQ", "--not needs a value"),
        ("path RJC --nto x", "ods:RLQ", "did you mean --not"),
        ("path RJC --json", "ods:RLQ", "no option --json; write :path"),
        ("path RJC --db x", "ods:RLQ", "takes no --db here"),
        ("theme drak", None, "it may be dark, light"),
        ("theme", None, "write :theme dark|light"),
        ('path "wye', None, "a quote is not closed"),
        ("", None, "nothing to do"),
        ("ods:RLQ", None, "no command, kind or type"),
    ],
)
def test_what_cannot_be_done_says_in_one_line_what_to_write(line: str, here: str | None, says: str) -> None:
    with pytest.raises(UsageError) as told:
        read(line, here, (NOT,))
    assert says in str(told.value)
    assert "interlock" not in str(told.value)


def test_what_an_error_advises_to_run_in_a_shell_is_typed_behind_the_colon_where_it_can_be() -> None:
    told = "nothing answers to 'x'; try `interlock find`, or `interlock import FILE`"
    assert as_typed_here(told) == "nothing answers to 'x'; try :find, or `interlock import FILE`"


@pytest.mark.parametrize(
    ("line", "filters"),
    [("arr", ("kind:arrangement",)), ("people", ("kind:person",)), ("sites leeds", ("kind:site",)),
     ("trusts", ("type:trusts", "type:trust", "type:trustsy")),
     ("PCN", ("type:pcn", "type:pcny"))],
)  # fmt: skip
def test_a_kind_or_type_lists_its_records(line: str, filters: tuple[str, ...]) -> None:
    found = read(line, None)
    assert isinstance(found, ListedLine)
    assert found.filters == filters
    assert found.rest == line.partition(" ")[2]


@pytest.mark.parametrize(
    ("line", "what", "text"),
    [
        ("", "command", ""),
        ("pa", "command", "pa"),
        ("path ", "record", ""),
        ("path wye", "record", "wye"),
        ('path "wye val', "record", "wye val"),
        ("path RLQ wa", "record", "wa"),
        ("path RLQ RJC mo", "", "mo"),
        ("tree wye va", "record", "wye va"),
        ("theme ", "choice", ""),
        ("path --n", "option", "--n"),
        ("nonsense wye", "", "wye"),
    ],
)
def test_the_end_of_a_line_says_what_may_stand_there(line: str, what: str, text: str) -> None:
    assert wanted(line, (NOT,))[:2] == (what, text)


def test_completing_replaces_the_word_that_was_begun_and_nothing_else() -> None:
    def lines(line: str) -> list[str]:
        return [offer.line for offer in completions(line, wanted(line, (NOT,)))]

    assert lines("pat") == ["path "]
    assert lines("theme d") == ["theme dark "]
    assert lines("path RLQ --") == ["path RLQ --not "]
    assert "organisations " in lines("org")
    assert lines("export my.list.csv")[:2] == ["export my.list.csv", "export my.list.tsv"]


@given(st.text(max_size=60))
def test_no_line_is_anything_but_understood_or_refused(line: str) -> None:
    for word in words_of(line):
        assert '"' not in word.text
    completions(line, wanted(line))
    try:
        read(line, None)
    except InterlockError as error:
        assert "\n" not in str(error)


def test_the_palette_finds_an_action_by_the_beginnings_of_its_words_and_forgives_a_slip() -> None:
    offers = (Offer("Copy the record's key", ""), Offer("Copy the line", ""), Offer("Leave", ":quit"))
    assert [one.name for one in matching(offers, "cop li")] == ["Copy the line"]
    assert [one.name for one in matching(offers, "quit")] == ["Leave"]
    assert next(iter(matching(offers, "copy recrod"))).name == "Copy the record's key"
    assert matching(offers, "") == offers


def test_the_palette_has_what_works_where_one_is_and_every_command() -> None:
    offers = actions_here(("record", "panes", "explore", "app"), lambda name: name)
    names = {offer.action.id for offer in offers if offer.action}
    assert {"back", "copy-key", "to-results", "show"} <= names
    assert not names & {"closed", "edit-left", "down", "search-open", "command-run"}


def test_quotes_of_a_filter_are_the_searchs_and_reach_it() -> None:
    words = asked('gaps place:"St Helens" type:trust')
    assert words == ('place:"St Helens"', "type:trust")
    assert query_of(("wye valley", *words)) == '"wye valley" place:"St Helens" type:trust'


def test_the_name_of_an_offer_has_all_the_room_that_what_is_said_beside_it_leaves() -> None:
    name = "University Hospitals Birmingham NHS Foundation Trust"
    offers = (Offer(name, "RRK · Birmingham", "show ods:RRK ", kind="organisation"), Offer("Short", "406"))
    for cells, is_whole in ((76, True), (72, True), (60, False)):
        shown = ["".join(part.text for part in item.rows[0]) for item in offer_items(offers, cells, Symbols())]
        assert (name in shown[0], "RRK · Birmingham" in shown[0]) == (is_whole, is_whole or cells == 60)
        assert all(width(line) <= cells for line in shown)
