"""What a body was on a day: a type that was conferred on it is not told of days on which no source has it."""

from __future__ import annotations

import pytest

from db.reading.kinds_on import EARLIER_TYPE
from tests.db.reading.small import Small
from tui.text import phrases
from tui.text.record_standing import standing

FT, TRUST, SUB, CCG = "nhs-foundation-trust", "nhs-trust", "sub-icb-location", "clinical-commissioning-group"


@pytest.fixture
def words(small: Small) -> Small:
    """A small register that knows when there were which bodies."""
    small.term("organisation_types", FT, "NHS foundation trust", '{"began": "2004-04-01", "conferred": true}')
    small.term("organisation_types", SUB, "sub-ICB location", '{"began": "2022-07-01", "conferred": true}')
    small.term("organisation_types", TRUST, "NHS trust")
    small.term("organisation_types", CCG, "CCG")
    return small


def stated(small: Small, row: int, what: dict[str, tuple[str, ...]], shown: str) -> None:
    """Have lists of some days state types of a record."""
    for value, days in what.items():
        evidence = [small.evidence(small.source(f"file:{value}-{day}", published=day)) for day in days]
        small.cite("record", row, *evidence)
        if len(what) > 1:
            number = small.insert("value", record_id=row, what="type", value=value, chosen=value == shown, why="newer")
            small.cite("value", number, *evidence)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("1999", "organisation · not yet open, opened 1 April 2001, NHS foundation trust later"),
        ("2003", "organisation · open since 1 April 2001, NHS foundation trust later"),
        ("2010", "organisation · open since 1 April 2001, NHS foundation trust then or later"),
        ("2015-11", "organisation, NHS foundation trust · open since 1 April 2001, NHS foundation trust later"),
        ("2022", "organisation, NHS foundation trust · open since 1 April 2001, NHS foundation trust later"),
    ],
)
def test_before_any_source_has_a_conferred_type_the_type_is_not_told(words: Small, day: str, told: str) -> None:
    row = words.record("ods:A", "A", type=FT, status="open", opened="2001-04-01")
    stated(words, row, {FT: ("2015-10", "2025-07")}, FT)
    register = words.register()

    record = register.record("ods:A", as_of=day)

    assert phrases.joined(phrases.kind(record), standing(record)) == told
    assert register.record("ods:A").later_type is None


@pytest.mark.parametrize(
    ("day", "then"),
    [("2015", TRUST), ("2016-03", TRUST), ("2018", None), ("2024-12-31", None), ("2025-07-31", FT), ("2026-02", FT)],
)
def test_a_list_of_the_time_tells_what_a_body_was(words: Small, day: str, then: str | None) -> None:
    row = words.record("ods:A", "A", type=FT, status="open", opened="2001-04-01")
    stated(words, row, {FT: ("2025-07",), TRUST: ("2015-10",)}, FT)

    record = words.register().record("ods:A", as_of=day)

    assert record.type == then
    shown = {one.value: one.evidence for one in record.values if one.what == "type" and one.chosen}
    assert list(shown) == ([then] if then else [])
    titles = {one.id: one.source.key for one in record.evidence}
    assert all(titles[one].startswith(f"file:{then}") for one in record.evidence_of("type"))


@pytest.mark.parametrize(
    ("day", "name", "then"), [("2022-06-30", "Vale CCG", CCG), ("2022-07-01", "Vale ICB - 1", SUB)]
)
def test_what_began_on_a_day_of_a_year_was_something_else_before_it(
    words: Small, day: str, name: str, then: str
) -> None:
    row = words.record("ods:A", "Vale ICB - 1", type=SUB, status="open", opened="2020-04-01")
    stated(words, row, {SUB: ("2022", "2025-12"), CCG: ("2020-04", "2021")}, SUB)
    (official,) = words.connection.execute("SELECT id FROM name").fetchone()
    former = words.name(row, "Vale CCG", "former")
    for named, days in ((official, ("2022", "2025-12")), (former, ("2020-04", "2021"))):
        words.cite("name", named, *(words.evidence(words.source(f"file:{named}-{one}", published=one)) for one in days))
    words.index()
    register = words.register()

    record = register.record("ods:A", as_of=day)
    (hit,) = register.find("vale", as_of=day).hits

    assert (record.name, record.type) == (hit.brief.name, hit.brief.type) == (name, then)
    assert record.later_type == ("sub-ICB location" if then == CCG else None)


def test_the_other_end_of_a_link_is_of_the_type_that_it_had(words: Small) -> None:
    runs = words.link_type("runs", "runs", "is run by")
    body = words.record("ods:A", "A")
    other = words.record("ods:B", "B", type=FT, opened="2001-04-01")
    words.link(runs, body, other, since="2001-04-01", until="2025")
    register = words.register()

    assert [one.other_type for one in register.record("ods:A", as_of="2003").links] == [None]
    assert [one.other_type for one in register.record("ods:A").links] == ["NHS foundation trust"]


def test_what_roles_tell_of_an_earlier_type_is_cited_for_it(words: Small) -> None:
    row = words.record("ods:A", "A", type=SUB, status="open", opened="2013-04-01")
    fact = words.insert("fact", record_id=row, property=EARLIER_TYPE, value=CCG, text="until 2022-06-30")
    release = words.evidence(words.source("file:release", published="2026"))
    words.cite("record", row, release, words.evidence(words.source("file:list", published="2026")))
    words.cite("fact", fact, release)

    record = words.register().record("ods:A", as_of="2018")

    assert (record.type, record.later_type) == (CCG, "sub-ICB location")
    assert [one.source.key for one in record.evidence if one.id in record.evidence_of("type")] == ["file:release"]


@pytest.mark.parametrize(
    ("days", "told"), [(("2019-04", "2017"), "2019-04"), ((None, "2017"), "2017"), ((None,), None), ((), None)]
)
def test_the_last_day_on_which_a_source_states_the_status_is_told(
    small: Small, days: tuple[str | None, ...], told: str | None
) -> None:
    row = small.record("ods:A", "A", status="open")
    for day in days:
        small.cite("record", row, small.evidence(small.source(f"file:{day}", published=day)))

    assert small.register().record("ods:A").status_last == told


def test_a_release_that_repeats_a_status_tells_it_again_and_a_source_of_names_does_not_tell_it(small: Small) -> None:
    row = small.record("ods:A", "A", status="open")
    first = small.evidence(small.source("file:first", published="2019-04", series="ods", living=1))
    small.source("file:second", published="2020-04", series="ods", living=1)
    small.cite("record", row, first, small.evidence(small.source("file:names", published="2025")))
    number = small.insert("value", record_id=row, what="status", value="open", chosen=1, why="alone")
    small.cite("value", number, first)

    assert small.register().record("ods:A").status_last == "2020-04"
