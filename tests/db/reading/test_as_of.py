"""The register as it stood on a day: known dates exclude, unknown ones do not."""

from __future__ import annotations

import pytest

from db.errors import UsageError
from db.reading.as_of import NOT_YET_OPEN, Day
from db.reading.names_on import DatedName, name_on
from db.register import open_register
from tests.db.reading.small import Small


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (None, None, None),
        ("2010", None, None),
        ("2016-07-08", None, True),
        ("2016-07-09", None, False),
        ("2016-07", None, None),
        ("2016", "2016", True),
        ("2017", None, False),
        (None, "2016-07-08", True),
        (None, "2016-07-07", False),
        (None, "2016-06", False),
        ("XXXX-12-31", "XXXX-01-01", None),
    ],
)
def test_a_link_that_was_not_there_is_left_out_and_one_that_nothing_dates_stands_apart(
    small: Small, since: str | None, until: str | None, there: bool | None
) -> None:
    runs = small.link_type("runs", "runs", "is run by")
    body, other = small.record("ods:A", "A"), small.record("ods:B", "B")
    small.link(runs, body, other, since=since, until=until)
    register = small.register()

    record = register.record("ods:A", as_of="2016-07-08")
    assert (len(record.links), len(record.not_dated)) == (int(there is True), int(there is None))
    assert record.link_counts == ({"runs": 1} if there else {})
    page = register.links("ods:B", as_of="2016-07-08")
    assert (page.total, page.total_not_dated) == (len(record.links), len(record.not_dated))
    assert (record.as_of, page.as_of) == ("2016-07-08", "2016-07-08")
    assert register.links("ods:A").total == 1


def test_a_record_has_the_name_it_had_then_from_both_ends_of_a_link(small: Small) -> None:
    runs = small.link_type("runs", "runs", "is run by")
    body, other = small.insert("record", key="ods:A", kind="organisation", name="New"), small.record("ods:B", "B")
    small.name(body, "New", "official", since="2016-04-01")
    small.name(body, "Middle", "former", since="2010-04-01", until="2016-03-31")
    small.name(body, "Old", "former", until="2010-03-31")
    small.name(body, "N", "acronym", since="2016-04-01")
    small.link(runs, other, body)
    register = small.register()

    for day, name in (("2020", "New"), ("2016-04-01", "New"), ("2016-03-31", "Middle"), ("2000", "Old")):
        assert register.record("ods:A", as_of=day).name == name
        assert [link.name for link in register.record("ods:B", as_of=day).not_dated] == [name]
    assert [name.name for name in register.record("ods:A", as_of="2012").names] == ["Middle"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2012", "Vale Group"),
        ("2016", "Vale Group"),
        ("2020-06", "Dale Group"),
        ("2023", "Hill Commissioning Group"),
        ("2024", "Hill Commissioning Group"),
    ],
)
def test_without_dates_the_lists_of_the_time_tell_the_name_in_force(small: Small, day: str, name: str) -> None:
    body = small.record("ods:A", "Hill Commissioning Group")
    (official,) = small.connection.execute("SELECT id FROM name").fetchone()
    for row, published in (
        (official, "2022-07"),
        (official, "2024-12"),
        (small.name(body, "Vale Group", "former"), "2015"),
        (small.name(body, "Dale Group", "as-written"), "2020-04"),
        (small.name(body, "Hill Group", "as-written"), "2023"),
        (small.name(body, "Hill", "short"), "2020"),
    ):
        small.cite("name", row, small.evidence(small.source(f"file:{row}-{published}", published=published)))

    assert small.register().record("ods:A", as_of=day).name == name


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2016", [("Vale Group", "official"), ("Vale", "short"), ("HCG", "acronym")]),
        ("2024", [("Hill Commissioning Group", "official"), ("Vale", "short"), ("Hill", "short"), ("HCG", "acronym")]),
    ],
)
def test_as_of_a_day_stand_the_name_in_force_and_what_no_later_list_alone_has(
    small: Small, day: str, names: list[tuple[str, str]]
) -> None:
    body = small.record("ods:A", "Hill Commissioning Group")
    (official,) = small.connection.execute("SELECT id FROM name").fetchone()
    for row, published in (
        (official, "2022-07"),
        (small.name(body, "Vale Group", "former"), "2015"),
        (small.name(body, "Vale", "short"), "2015"),
        (small.name(body, "Hill", "short"), "2022-07"),
        (small.name(body, "HCG", "acronym"), None),
    ):
        small.cite("name", row, small.evidence(small.source(f"file:{row}", published=published)))

    shown = small.register().record("ods:A", as_of=day).names
    assert shown[0].name == names[0][0]
    assert {(one.name, one.kind) for one in shown} == set(names)


def test_the_present_name_stands_while_it_is_listed_before_and_after_whatever_one_list_wrote(small: Small) -> None:
    body = small.record("ods:A", "Hill NHS Trust")
    for published in ("2010", "2026"):
        small.cite("record", body, small.evidence(small.source(f"file:{published}", published=published)))
    for kind, slip in (("former", "Hill NHs Trsut"), ("as-written", "Hil Hospital")):
        row = small.name(body, slip, kind)
        small.cite("name", row, small.evidence(small.source(f"file:{kind}", published="2015")))

    assert small.register().record("ods:A", as_of="2015").name == "Hill NHS Trust"


def test_a_former_name_without_dates_does_not_displace_the_present_one() -> None:
    names = (DatedName("New", "official", None, None), DatedName("Old", "former", "2001", None))

    assert name_on(Day("2020"), names, "New") == "New"


def test_a_name_that_came_later_gives_way_to_the_only_other_one() -> None:
    names = (DatedName("New", "official", "2016", None), DatedName("Old", "former", None, None))

    assert name_on(Day("2010"), names, "New") == "Old"


@pytest.mark.parametrize(
    ("day", "is_open", "status"),
    [
        ("2009", False, NOT_YET_OPEN),
        ("2012", True, "open"),
        ("2016-03-31", True, "open"),
        ("2016-04-01", False, "closed"),
    ],
)
def test_a_closed_record_was_open_between_its_dates(small: Small, day: str, is_open: bool, status: str) -> None:
    small.record("ods:A", "A", open=0, status="closed", opened="2010-04-01", closed="2016-03-31")
    register = small.register()

    record = register.record("ods:A", as_of=day)

    assert (record.open, record.status) == (is_open, status)
    assert register.record("ods:A").open is False


def test_an_end_to_come_closes_the_record_on_days_after_it(small: Small) -> None:
    small.record("ods:A", "A", open=1, status="open", closed="2030-03-31")
    register = small.register()

    assert register.record("ods:A", as_of="2026").open is True
    after = register.record("ods:A", as_of="2031")
    assert (after.open, after.status) == (False, "closed")


def test_a_closed_record_without_a_date_stays_closed_and_an_undated_one_as_it_is(small: Small) -> None:
    small.record("ods:A", "A", open=0, status="closed")
    small.record("arr:p", "P", "arrangement", open=1, status="planned")
    register = small.register()

    assert register.record("ods:A", as_of="2000").open is False
    assert register.record("arr:p", as_of="2000").status == "planned"


def test_the_other_end_is_open_or_closed_as_it_was_then_and_a_past_link_current(small: Small) -> None:
    runs = small.link_type("runs", "runs", "is run by")
    body = small.record("ods:A", "A")
    closed = small.record("ods:B", "B", open=0, closed="2016-03-31")
    small.link(runs, body, closed, until="2016-03-31", status="past")
    small.link(runs, body, closed, status="past", role="undated")
    register = small.register()

    record = register.record("ods:A", as_of="2015")
    (link, undated) = record.not_dated
    assert (link.role, link.other_open, link.status) == (None, True, None)
    assert (undated.role, undated.status) == ("undated", "past")
    (link,) = register.record("ods:A", as_of="2016-03-31").links
    assert (link.other_open, link.status) == (True, "current")
    assert [link.other_open for link in register.record("ods:A").links] == [False, False]


def test_events_and_facts_of_later_days_are_left_out(small: Small) -> None:
    body = small.record("ods:A", "A")
    for date in ("2015", "2016-07-08", "2016-07-09", "XXXX-12-01", None):
        small.insert("event", record_id=body, date=date, kind="other", text="t")
        small.insert("fact", record_id=body, property="p", value=1, as_of=date)

    record = small.register().record("ods:A", as_of="2016-07-08")

    assert [event.date for event in record.events] == ["2015", "2016-07-08", "XXXX-12-01", None]
    assert [fact.as_of for fact in record.facts] == ["2015", "2016-07-08", "XXXX-12-01", None]


def test_facts_that_lists_of_other_years_alone_have_stand_apart(small: Small) -> None:
    body = small.record("ods:A", "A")
    for text, days in (("then", ["2016"]), ("around", ["2012", "2025"]), ("later", ["2025"]), ("earlier", ["2012"]),
                       ("unknown", [None]), ("dated", ["2025"])):  # fmt: skip
        fact = small.insert("fact", record_id=body, property="p", text=text, as_of="2015" if text == "dated" else None)
        for day in days:
            small.cite("fact", fact, small.evidence(small.source(f"file:{text}-{day}", published=day)))

    record = small.register().record("ods:A", as_of="2016-07-08")

    assert {fact.text for fact in record.facts} == {"then", "around", "unknown", "dated"}
    assert {fact.text for fact in record.facts_of_other_years} == {"later", "earlier"}
    assert small.register().record("ods:A").facts_of_other_years == ()


def test_a_month_or_year_stands_for_its_last_day() -> None:
    assert [Day(text).iso for text in ("2016", "2016-02", " 2016-07-08 ")] == ["2016-12-31", "2016-02-29", "2016-07-08"]


@pytest.mark.parametrize("wrong", ["yesterday", "2016-13", "2015-02-29", "XXXX-07-08", ""])
def test_a_wrong_date_is_refused_on_one_line(small: Small, wrong: str) -> None:
    small.record("ods:A", "A")
    register = small.register()

    with pytest.raises(UsageError, match="as-of date") as caught:
        register.record("ods:A", as_of=wrong)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match="as-of date"):
        register.links("ods:A", as_of=wrong)


@pytest.mark.parametrize(("opened", "told"), [("2019-10-01", (None, None)), ("2020-04-01", (False, NOT_YET_OPEN))])
def test_of_what_may_be_older_than_its_register_it_is_not_said_that_it_was_not_yet_open(
    small: Small, opened: str, told: tuple[bool | None, str | None]
) -> None:
    small.term("arrangement_types", "network", "network", '{"coded": "2019-10-01"}')
    small.record("arr:n", "N", "arrangement", type="network", status="open", opened=opened)

    record = small.register().record("arr:n", as_of="2019-08-01")

    assert (record.open, record.status) == told


@pytest.mark.parametrize("day", ["1990-01-01", "2016-12-31", "2019-04-01", "2026-01-01"])
def test_a_record_and_a_search_agree_on_whether_anything_tells_of_it_by_a_day(day: str) -> None:
    with open_register(None, builtin=True) as register:
        found = {hit.brief.key: hit.brief.dated for hit in register.find("wye", as_of=day, limit=None).hits}
        assert {key: register.record(key, as_of=day).dated for key in found} == found
        assert set(found.values()) == {True, False}
        assert all(register.record(key).dated for key in found)
