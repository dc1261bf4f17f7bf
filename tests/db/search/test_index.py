"""The index is part of the database: right after every change, and able to say where it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from db.search.check import check
from db.search.word_list import count_changes, stamp
from db.search.write import rebuild, reindex
from tests.db.search.miniature import Miniature, stories


@pytest.fixture
def made() -> Iterator[Miniature]:
    one = stories()
    yield one
    one.conn.close()


def test_a_new_name_of_a_trust_finds_the_arrangements_it_takes_part_in(made: Miniature) -> None:
    made.name(made.number("ods:RLQ"), "Marches Care", "trading")
    made.indexed("ods:RLQ")
    assert made.keys("marches") == ["ods:RLQ", "arr:foundation-group", "arr:partnership"]
    assert check(made.conn) == []


def test_a_tie_that_ends_is_forgotten_at_both_ends(made: Miniature) -> None:
    made.conn.execute("DELETE FROM link WHERE source_id = ?", (made.number("org:navigo"),))
    made.indexed("org:navigo")
    found = made.find("together navigo")
    assert ([hit.brief.key for hit in found.hits], found.words_left_out) == (["org:navigo"], ("together",))
    assert check(made.conn) == []


def test_indexing_what_has_not_changed_writes_nothing(made: Miniature) -> None:
    before = made.conn.total_changes
    made.indexed("ods:RLQ", "arr:foundation-group")
    assert made.conn.total_changes == before


def test_a_change_taken_back_leaves_the_index_as_it_was(made: Miniature) -> None:
    def content() -> list[list[tuple[object, ...]]]:
        tables = ("_search_row", "_search_word", "_search_tie", "_search_term", "_meta")
        return [made.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]

    before = content()
    number = made.add("org:passing", "Passing Unheardof Body")
    made.indexed("org:passing")
    assert content() != before
    made.conn.execute("DELETE FROM name WHERE record_id = ?", (number,))
    made.conn.execute("DELETE FROM record WHERE id = ?", (number,))
    reindex(made.conn, [number])
    assert content() == before


def test_the_words_of_typing_errors_are_those_of_the_full_text(made: Miniature) -> None:
    words = {row[0] for row in made.conn.execute("SELECT word FROM _search_word")}
    held = {row[0] for row in made.conn.execute("SELECT term FROM _search_term WHERE col NOT IN ('first', 'initials')")}
    assert words == {word for word in held if not word.startswith("~")}


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE record SET name = 'Another'", "not up to date"),
        ("UPDATE _search_text SET own = own || ' x'", "differ"),
        ("DELETE FROM _search_word WHERE word = 'valley'", "list of words"),
        ("UPDATE _meta SET value = '0' WHERE name = 'search_words'", "mark"),
    ],
)
def test_a_damaged_index_is_told_and_mended(made: Miniature, damage: str, said: str) -> None:
    made.conn.execute(damage)
    assert any(said in one for one in check(made.conn))
    rebuild(made.conn)
    assert check(made.conn) == []


def test_a_large_register_is_rebuilt_when_much_of_it_changes() -> None:
    made = Miniature()
    for number in range(500):
        made.add(f"ods:T{number}", f"Practice number {number}")
    made.indexed()
    made.conn.execute("UPDATE record SET open = 0")
    made.indexed(*(f"ods:T{number}" for number in range(400)))
    rebuild(made.conn)
    assert check(made.conn) == []
    assert made.keys("number practice 77") == []
    assert made.keys("practice number 77", closed=True)[0] == "ods:T77"


def test_the_stamp_of_the_words_changes_with_each_that_comes_or_goes_and_with_no_other_use(made: Miniature) -> None:
    stamps = [stamp(made.conn)]
    for uses in (1, 1, -2):
        count_changes(made.conn, Counter({"alphaword": uses, "betaword": uses}))
        stamps.append(stamp(made.conn))
    assert stamps[1] == stamps[2] != stamps[0] == stamps[3]
