"""How a command line is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import UsageError
from db.reading.as_of import day_or_none
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number, parse, seconds, split_command
from tui.cli.typed import query

FIND = Command(
    "find",
    "TEXT…",
    (
        Option("--limit", "", "N", number),
        Option("--all", ""),
        Option("--type", "", "T", many=True),
        Option("--wait", "", "SECONDS", seconds),
        AS_OF,
    ),
    least=1,
    filters=True,
)
SHOW = Command("show", "KEY", least=1)
RUNS = Command("runs", most=0)


def refusal(command: Command, *words: str) -> str:
    """The one line that refuses the words."""
    with pytest.raises(UsageError) as raised:
        parse(command, words)
    return str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        ["--limit", "5", "--db", "x.db", "wye", "valley"],
        ["wye", "--limit", "5", "valley", "--db", "x.db"],
        ["wye", "valley", "--db=x.db", "--limit=5"],
    ],
)
def test_options_may_stand_before_between_and_after_words(words: list[str]) -> None:
    arguments = parse(FIND, words)
    assert arguments.words == ("wye", "valley")
    assert arguments.number("--limit", 20) == 5
    assert arguments.text("--db") == "x.db"


def test_a_negated_filter_is_a_word_and_no_option() -> None:
    assert parse(FIND, ["trust", "-status:closed", "--all"]).words == ("trust", "-status:closed")


def test_a_negated_filter_is_an_option_where_there_are_no_filters() -> None:
    assert "show has no option -status:closed" in refusal(SHOW, "x", "-status:closed")


@given(st.lists(st.text(min_size=1), min_size=1))
def test_after_two_dashes_everything_is_a_word(words: list[str]) -> None:
    assert parse(FIND, ["--", *words]).words == tuple(words)


def test_a_lone_dash_is_a_word() -> None:
    assert parse(SHOW, ["-"]).words == ("-",)


def test_repeated_and_listed_values_add_up() -> None:
    arguments = parse(FIND, ["x", "--type", "a,b", "--type", "c"])
    assert arguments.many("--type") == ("a", "b", "c")


def test_what_was_not_given_has_its_default() -> None:
    arguments = parse(FIND, ["x"])
    assert arguments.number("--limit", 20) == 20
    assert arguments.seconds("--wait", 5.0) == 5.0
    assert arguments.many("--type") == ()
    assert arguments.text("--as-of") is None
    assert not arguments.flag("--all")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["x", "--limt", "5"], "find has no option --limt; did you mean --limit?"),
        (["x", "--formt=json"], "find has no option --formt; did you mean --format?"),
        (["x", "--zzzz"], "find has no option --zzzz; see interlock find --help"),
        (["x", "--limit"], "--limit needs a value: --limit N"),
        (["x", "--limit", "many"], "--limit: 'many' is not a whole number of 0 or more"),
        (["x", "--limit", "-1"], "--limit: '-1' is not a whole number of 0 or more"),
        (["x", "--wait", "soon"], "--wait: 'soon' is not a number of seconds"),
        (["x", "--format", "jsn"], "--format: 'jsn' is not known; did you mean json?"),
        (["x", "--all=yes"], "--all takes no value"),
        (["x", "--db", ""], "--db: the value is empty"),
        ([], "find needs TEXT…: interlock find TEXT…"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_nearest(words: list[str], line: str) -> None:
    assert refusal(FIND, *words) == line


@pytest.mark.parametrize("date", ["2016", "2016-07", "2016-07-08", "2016-02-29"])
def test_a_day_to_look_from_may_be_partial(date: str) -> None:
    assert parse(FIND, ["x", "--as-of", date]).text("--as-of") == date


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("1 June 2016", "2016-06-01"),
        ("june  2016", "2016-06"),
        ("29 Feb 2016", "2016-02-29"),
        ("Sept 2016", "2016-09"),
        ("1st June 2016", "2016-06-01"),
        ("1/6/2016", "2016-06-01"),
        ("31.12.2016", "2016-12-31"),
        ("6/2016", "2016-06"),
    ],
)
def test_a_day_to_look_from_may_be_written_as_pages_write_it(said: str, date: str) -> None:
    assert parse(FIND, ["x", "--as-of", said]).text("--as-of") == date


@pytest.mark.parametrize(
    "date",
    [
        "31 June 2016",
        "0 June 2016",
        "J 2016",
        "Juno 2016",
        "June",
        "1 June",
        "yesterday",
        "2016-13",
        "2015-02-29",
        "XXXX-07-08",
        "13/13/2016",
        "31/2/2016",
        "1/6.2016",
    ],
)
def test_a_day_to_look_from_is_a_real_date_with_a_year(date: str) -> None:
    assert refusal(FIND, "x", "--as-of", date).startswith("--as-of: ")


def test_what_is_no_day_is_said_in_a_line_of_a_narrow_screen() -> None:
    for said in ("x", "the day before the merger", "1 June, 2016 or so"):
        with pytest.raises(UsageError) as refused:
            day_or_none(said)
        assert len(str(refused.value)) <= 78


def test_surplus_words_are_refused_where_a_command_takes_none() -> None:
    assert refusal(RUNS, "3") == "runs does not know what to do with '3'; see interlock runs --help"


def test_help_needs_no_words() -> None:
    assert parse(SHOW, ["-h"]).flag("--help")


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        (["find", "x"], "find", ["x"]),
        (["--db", "find", "show", "x"], "show", ["--db", "find", "x"]),
        (["--db=a.db", "--builtin", "show", "x"], "show", ["--db=a.db", "--builtin", "x"]),
        (["--builtin"], None, ["--builtin"]),
        ([], None, []),
    ],
)
def test_the_command_is_found_among_options(words: list[str], command: str | None, rest: list[str]) -> None:
    assert split_command(words) == (command, rest)


def test_words_of_several_make_one_phrase() -> None:
    assert Arguments(("wye", "valley"), {}).phrase == "wye valley"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("type:stp leeds", "type:stp leeds"),
        ("type:integrated care board leeds", 'type:"integrated care board" leeds'),
        ("type:wellbeing board", 'type:"wellbeing board"'),
        ("-kind:site leeds general", "-kind:site leeds general"),
        ("status:closed leeds", "status:closed leeds"),
        ("place:stoke on trent", 'place:"stoke on trent"'),
        ("type:no such thing", 'type:"no such thing"'),
    ],
)
def test_a_quoted_word_that_begins_with_a_filter_of_known_values_goes_on_with_others(word: str, text: str) -> None:
    assert query([word]) == text
