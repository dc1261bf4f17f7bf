"""Filling the index in bulk makes the very index that indexing record by record makes."""

from __future__ import annotations

import pytest

from db.search.check import check
from db.search.layout import USUAL, of_type
from db.search.record_texts import NO_TYPE, types_known
from db.search.rows import own_text, usual_words
from db.search.write import Filling, reindex
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
    reindex(made.conn, None)
    assert _content(made) == filled


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
