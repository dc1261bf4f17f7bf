"""What holds of every name and every text, tried on many."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from db.search.check import check
from db.search.find import find
from db.search.text import forms, plain
from db.search.write import reindex
from tests.db.search.miniature import Miniature, stories
from tests.depth import cases

WORDS = (
    "wye valley south north warwickshire nhs trust foundation st thomas' king's college hospital hosp uni university of"
    " and & the group ICB ft surgery medical centre (west) Tŷ Glân café 2gether care-plus J.P. road rd limited"
).split()
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
ANY_NAME = NAMES | st.text(min_size=1, max_size=40)
quick = settings(max_examples=cases(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _register(names: list[str]) -> Miniature:
    made = Miniature()
    for number, name in enumerate(names):
        made.add(f"org:{number}", name)
    return made.indexed()


@quick
@given(st.lists(ANY_NAME, min_size=1, max_size=12), st.data())
def test_a_name_always_finds_itself(names: list[str], data: st.DataObject) -> None:
    made = _register(names)
    number = data.draw(st.integers(0, len(names) - 1))
    assume(plain(names[number]) and '"' not in names[number] and ":" not in names[number])
    hits = made.find(names[number], limit=None).hits
    found = {hit.brief.key: hit.matched.how for hit in hits}
    assert found.get(f"org:{number}") in ("code", "exact")


def _strip_accents(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


@quick
@given(NAMES)
def test_case_punctuation_and_accents_never_change_the_answer(typed: str) -> None:
    register = _kept()
    answer = register.keys(typed)
    for other in (
        typed.upper(),
        typed.lower(),
        typed.replace("'", "’"),
        typed.replace("'", ""),
        typed.replace("-", " "),
        f"  {typed.replace(' ', ', ')}!",
        typed.replace("&", "and"),
        _strip_accents(typed),
        unicodedata.normalize("NFD", typed),
    ):
        assert register.keys(other) == answer


HOSTILE = st.text(alphabet=st.sampled_from('"*():^-+{}«»‹ aeorstANDNEAR\0\n\ud800ŵ'), max_size=60) | st.text(
    max_size=200
)


@quick
@given(HOSTILE, st.booleans())
def test_no_text_crashes_it(typed: str, closed: bool) -> None:
    results = _kept().find(typed, closed=closed)
    assert len(results.hits) == results.total or results.truncated


SYNTAX = ("", " ", '"', "*", "a*", "NEAR(wye, 2)", "wye AND", "wye NOT trust", "own:wye", "{own}:x", "-", "--", "((((")
CONTROLS = ("'; DROP TABLE record; --", "\0", "wye\0valley", "wye valley \u202e\x1b[31m", "%_%", "\ud800", "𝓌𝓎𝑒")
LONG = ("x" * 10_000, "wye " * 10_000, "kind:" * 2_000, '"' * 10_000, "ﷺ" * 1_000, "kind:a " * 3_000, "a." * 5_000)
IN_FILTERS = (
    "postcode:*",
    "postcode:[A-Z]",
    'place:"',
    "type:%",
    "status:'",
    "source:%",
    "role:RO",
    "role:RO٣",
    "place:«",
)


@pytest.mark.parametrize("typed", [*SYNTAX, *CONTROLS, *LONG, *IN_FILTERS])
def test_hostile_text_is_only_text(register: Miniature, typed: str) -> None:
    register.find(typed, closed=True)


def test_full_text_syntax_finds_what_its_words_find(register: Miniature) -> None:
    assert register.keys("valley^ *wye*")[0] == "ods:RLQ"
    assert register.keys("(wye) -valley")[0] == "ods:RLQ"
    assert register.keys("wye\0valley")[0] == "ods:RLQ"


@quick
@given(st.lists(NAMES, min_size=1, max_size=60, unique_by=plain), st.data())
def test_adding_letters_of_the_true_name_keeps_it_among_the_first_ten(names: list[str], data: st.DataObject) -> None:
    made = _register(names)
    number = data.draw(st.integers(0, len(names) - 1))
    name = names[number]
    seen = False
    for length in range(1, len(name) + 1):
        hits = made.find(name[:length], limit=None).hits
        keys = [hit.brief.key for hit in hits]
        place = keys.index(f"org:{number}") if f"org:{number}" in keys else None
        if seen:
            assert place is not None, name[:length]
            assert place < 10 or hits[9].score >= hits[place].score
        seen = seen or (place is not None and place < 10)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "alias", "link", "unlink", "close", "remove"]), st.integers(0, 9), NAMES
    ),
    min_size=1,
    max_size=12,
)


@quick
@given(CHANGES)
def test_an_index_kept_up_to_date_is_the_same_as_one_made_anew(changes: list[tuple[str, int, str]]) -> None:
    made = stories()
    conn = made.conn
    for step, (what, which, name) in enumerate(changes):
        ids = [row[0] for row in conn.execute("SELECT id FROM record ORDER BY id")]
        one, other = ids[which % len(ids)], ids[(which * 7 + 3) % len(ids)]
        touched = [one]
        if what == "add":
            touched = [made.add(f"arr:new-{step}", name)]
        elif what == "rename":
            conn.execute("UPDATE record SET name = ? WHERE id = ?", (name, one))
            conn.execute("UPDATE name SET name = ? WHERE record_id = ? AND kind = 'official'", (name, one))
        elif what == "alias":
            made.name(one, name, "acronym")
        elif what == "link":
            conn.execute("INSERT INTO link (source_id, target_id, type_id) VALUES (?, ?, 1)", (one, other))
        elif what == "unlink":
            conn.execute("DELETE FROM link WHERE source_id = ?", (one,))
        elif what == "close":
            conn.execute("UPDATE record SET open = 1 - coalesce(open, 0) WHERE id = ?", (one,))
        else:
            for table, column in (("link", "source_id"), ("link", "target_id"), ("name", "record_id")):
                conn.execute(f"DELETE FROM {table} WHERE {column} = ?", (one,))
            conn.execute("DELETE FROM identifier WHERE record_id = ?", (one,))
            conn.execute("DELETE FROM record WHERE id = ?", (one,))
        reindex(conn, touched)
        assert check(conn) == []


_made: list[Miniature] = []


def _kept() -> Miniature:
    """A register that many examples read."""
    if not _made:
        _made.append(stories())
    return _made[0]


@quick
@given(ANY_NAME)
def test_writing_a_name_the_usual_way_twice_changes_nothing_more(name: str) -> None:
    for form in forms(name):
        assert plain(form) == form


def test_a_search_that_is_cancelled_stops(register: Miniature) -> None:
    from db.errors import QueryInterruptedError

    with pytest.raises(QueryInterruptedError):
        find(register.conn, "wye vally", cancelled=lambda: True)
