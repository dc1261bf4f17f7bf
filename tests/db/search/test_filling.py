"""Filling the index in bulk makes the very index that indexing record by record makes."""

from __future__ import annotations

from functools import partial

import pytest

from db.search.check import check
from db.search.layout import USUAL, of_type
from db.search.made_rows import MadeRows
from db.search.record_texts import NO_TYPE, types_known
from db.search.rewrite import rewrite
from db.search.rows import own_text, plain_text, usual_words
from db.search.write import Filling, rebuild, reindex
from tests.db.search.miniature import Miniature, stories

TABLES = ("_search_row", "_search_word", "_search_tie", "_search_term", "_meta")


def _content(made: Miniature) -> list[list[tuple[object, ...]]]:
    return [made.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]


def _filled(made: Miniature, keys: list[str]) -> None:
    """Index records as a bulk import does: those of some keys from what is known of them, all others as usual."""
    filling = Filling(made.conn)
    types = types_known(made.conn)
    rows = []
    for key in keys:
        number, name, kind, kind_type, status, is_open, town, postcode = made.conn.execute(
            "SELECT id, name, kind, type, status, open, town, postcode FROM record WHERE key = ?", (key,)
        ).fetchone()
        names = [(name, "official"), (name.upper(), "official")]
        words = types.get(kind_type, NO_TYPE)
        more = usual_words(kind, kind_type, status, frozenset(), words.words)
        rank, *texts = own_text(kind, words, is_open, names, town, None, postcode, None, (), more)
        rows.append((rank, number, *texts))
    filling.add(rows)
    filling.finish(
        number for (number,) in made.conn.execute("SELECT id FROM record") if number not in {r[1] for r in rows}
    )


def test_rows_made_elsewhere_and_rows_made_here_are_one_index() -> None:
    made = Miniature()
    keys = []
    for number in range(600):
        keys.append(f"ods:T{number}")
        is_open = number % 3 > 0
        made.add(keys[-1], f"Wye {number} Surgery", "gp-practice", town="Ross", postcode="HR9 5AA", open=is_open)
    made.add("arr:federation", "Federation of practices", "alliance")
    made.link("ods:T7", "arr:federation")
    _filled(made, keys)
    assert check(made.conn) == []
    assert made.keys("wye 7 surgery")[0] == "ods:T7"
    assert "arr:federation" in made.keys("federation 7")
    filled = _content(made)
    rebuild(made.conn)
    assert _content(made) == filled


def test_most_of_an_index_written_anew_is_the_one_that_a_rebuild_makes() -> None:
    """Of rows that were made where others were read, of rows that are kept, and of those that take what others say."""
    made = Miniature()
    keys = [f"ods:T{number}" for number in range(600)]
    for number, key in enumerate(keys):
        made.add(key, f"Wye {number} Surgery", "gp-practice", town="Ross" if number else None)
    made.add("arr:federation", "Federation of practices", "alliance", town="Monmouth")
    for key in ("ods:T0", "ods:T1", "ods:T2"):
        made.link(key, "arr:federation", role="lead")
    made.add("ods:C1", "Cygnet Health Care", "independent-provider", town="Bath")
    for number in range(2):
        made.hospital(f"site:H{number}", f"Cygnet Hospital {number}", "ods:C1")
    made.indexed()
    made.conn.execute("UPDATE record SET name = 'The new ' || name WHERE id <= 400 AND id <> 3 OR key = 'ods:C1'")
    made.conn.execute("UPDATE name SET name = 'The new ' || name WHERE record_id <= 400 AND record_id <> 3")
    made.conn.execute("UPDATE record SET status = 'dormant' WHERE id = 4")
    made.indexed("ods:T3")
    made.conn.execute("UPDATE record SET status = NULL, town = iif(kind = 'arrangement', 'Hereford', town)")
    changed = [*range(1, 3), *range(4, 401), *map(made.number, ("ods:C1", "arr:federation"))]
    rows = MadeRows()
    words = types_known(made.conn)
    for number in (*range(1, 3), *range(4, 391), made.number("ods:C1")):
        name, kind_type, town = made.conn.execute(
            "SELECT name, type, town FROM record WHERE id = ?", (number,)
        ).fetchone()
        names = [(name, "official"), *made.conn.execute("SELECT name, kind FROM name WHERE record_id = ?", (number,))]
        known = words.get(kind_type, NO_TYPE)
        rows.put(number, plain_text("organisation", kind_type, None, 1, names, (), (), town, None, None, known))
    reindex(made.conn, changed, partial(rewrite, made.conn, rows))
    assert check(made.conn) == []
    assert "arr:federation" in made.keys("the new wye 0 surgery federation")
    written, words_of_many = _content(made), made.conn.execute("SELECT words FROM _search_more ORDER BY 1").fetchall()
    rebuild(made.conn)
    assert _content(made) == written
    assert made.conn.execute("SELECT words FROM _search_more ORDER BY 1").fetchall() == words_of_many


def test_rows_that_were_made_are_given_back_but_for_those_of_which_more_is_known() -> None:
    made = MadeRows()
    for number in (5_000, 7, 8):
        made.put(number, (number, "own", "", "", ""))
    made.put(7, (1, "another", "", "", ""))
    made.discard((8, 9_999))
    assert list(made.rows((1, 5_000, 7, 8, 9_999))) == [
        (5_000, (5_000, "own", "", "", "")),
        (7, (1, "another", "", "", "")),
    ]


def test_records_that_were_there_before_stay_findable() -> None:
    made = stories()
    made.add("ods:NEW", "Vale Surgery", "gp-practice")
    filling = Filling(made.conn)
    more = f"{of_type('gp-practice')} gp practice"
    filling.add([(USUAL << 4 | 3, made.number("ods:NEW"), "vale surgery", "", "", more)])
    filling.finish(())
    assert check(made.conn) == []
    assert made.keys("wye vally")[0] == "ods:RLQ"
    assert made.keys("vale surgery")[0] == "ods:NEW"


def test_a_row_replaces_what_an_earlier_one_said() -> None:
    made = stories()
    number = made.number("ods:RJC")
    made.conn.execute("DELETE FROM name WHERE record_id = ?", (number,))
    made.conn.execute("UPDATE record SET name = 'Arden Care' WHERE id = ?", (number,))
    filling = Filling(made.conn)
    filling.add([(2, number, "arden care", "", "warwick cv34 5bw", "nhs foundation trust")])
    filling.finish([number])
    assert check(made.conn) == []
    assert made.keys("arden")[0] == "ods:RJC"
    assert made.keys("warwickshire") == []


@pytest.mark.parametrize(
    ("name", "own", "initials"),
    [
        ("Oakham Surgery", "oakham surgery", ""),
        ("St Peter's Primary School", "saint peters primary school;st peters primary school", "spps"),
        ("NHS Kent Integrated Care Board", "nhs kent integrated care board", "kicb nkicb"),
        ("…", "", ""),
    ],
)
def test_a_name_and_its_form_in_capitals_are_one_name(name: str, own: str, initials: str) -> None:
    names = [(name, "official"), (name.upper(), "official")]
    more = usual_words("organisation", "gp-practice", "open", frozenset(), "")
    made = own_text("organisation", NO_TYPE, 1, names, "Oakham", "Rutland", "LE156AB", None, (), more)
    assert made[1:4] == (own, initials, "oakham rutland le15 6ab")
    assert made[4].endswith("gp practice")


def test_roles_and_numbers_are_no_words_of_a_record() -> None:
    made = Miniature()
    number = made.add("ods:A", "Castle Surgery", "gp-practice")
    for what, text in (("ods-role", "RO177 from 1974"), ("telephone", "01524 123"), ("aim", "Keep Lune well")):
        made.conn.execute("INSERT INTO fact (record_id, property, value) VALUES (?, ?, ?)", (number, what, text))
    made.indexed()
    assert made.keys("lune") == ["ods:A"]
    assert made.keys("1974") == made.keys("01524") == []
