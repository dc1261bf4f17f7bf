"""The vintage of a list is what the user says, else what its file's name says, else the latest date in its rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import parse
from db.errors import UsageError
from importers.base import Input, ReadOptions
from importers.ods_csv.cells import iso
from importers.ods_csv.importer import importer
from importers.vintage import from_name, in_words
from tests.importers.ods_csv.lists import practice, read, source, taken, text, trust


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("etr-2025-07.csv", "2025-07"),
        ("etr-2015.csv", "2015"),
        ("etr_20250731.csv", "2025-07-31"),
        ("etr 2025-07-31 (1).csv", "2025-07-31"),
        ("202507-etr.csv", "2025-07"),
        ("etr_July2025.csv", "2025-07"),
        ("etr-dec-2024.csv", "2024-12"),
        ("etr2024Dec.csv", "2024-12"),
        ("etr-2019-2021.csv", "2021"),
        ("etr-20250231.csv", "2025-02"),
        ("22_04_2025_ prescribingDataPack.zip", "2025-04-22"),
        ("etr 31-07-2025.csv", "2025-07-31"),
        ("etr 1st July 2025.csv", "2025-07-01"),
        ("etr_31Jul2025.csv", "2025-07-31"),
        ("edispensary_changes_20250301_to_20250424.csv", "2025-04-24"),
        ("etr.csv", None),
        ("etr-v27.csv", None),
        ("E40000007.csv", None),
        ("etr-1066.csv", None),
    ],
)
def test_a_date_in_the_name_is_as_fine_as_the_name_tells(name: str, published: str | None) -> None:
    assert from_name(name) == published


@given(st.text(max_size=40))
def test_a_name_gives_a_date_of_the_register_or_none(name: str) -> None:
    found = from_name(name)
    assert found is None or parse(found) == found


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_found_in_a_name_however_it_is_joined(day: date) -> None:
    for form in ("%Y%m%d", "%Y-%m-%d", "%Y_%m_%d", "%Y.%m.%d"):
        assert from_name(f"etr {day.strftime(form)}.csv") == day.isoformat()


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2999, 12, 30)))
def test_every_day_of_the_calendar_is_read(day: date) -> None:
    assert iso(day.strftime("%Y%m%d")) == day.isoformat()


@given(st.text(max_size=10))
def test_a_cell_is_a_date_or_empty_or_refused_in_words(cell: str) -> None:
    try:
        found = iso(cell)
    except ValueError as error:
        assert str(error).startswith(("is not a date", "is no day"))
    else:
        assert found is None or parse(found) == found


def test_what_the_user_says_comes_first() -> None:
    assert read([trust()], name="etr-2015.csv", published="2016-01").source.published == "2016-01"


def test_what_is_no_date_is_a_matter_of_usage() -> None:
    with pytest.raises(UsageError, match="--published: '2016-13' is not a date"):
        read([trust()], published="2016-13")


def test_the_latest_past_event_in_the_rows_comes_last_and_bad_dates_do_not_count() -> None:
    rows = [trust(c11="20010401"), trust("R2Z", c11="20190630"), trust("R3Z", c11="20239999")]
    assert read(rows, name="etr.csv").source.published == "2019-06-30"


def far_ahead(years: int = 2) -> str:
    """A day that has not come, as lists write it."""
    return f"{date.today().year + years}0331"


def test_an_opening_that_is_proposed_dates_no_list() -> None:
    rows = [practice(c11="20151201"), practice("A99902", c11="20160104", c13="P", c16="20160104")]
    assert read(rows, name="epraccur.csv").source.published == "2015-12-01"


def test_a_closing_dates_a_list_only_where_the_list_calls_it_closed() -> None:
    closed = practice("A99902", c12="20160331", c13="C", c16="20130401", c17="20160331")
    open_still = practice("A99903", c12="20170331", c13="A")
    assert read([practice(), closed, open_still], name="epraccur.csv").source.published == "2016-03-31"
    assert read([trust(c12="20170331")], name="etr.csv").source.published == "2001-04-01"


def test_no_day_to_come_dates_a_list_wherever_it_stands() -> None:
    year = date.today().year + 2
    rows = [trust(), trust("R2Z", c11=far_ahead())]
    assert read(rows, name=f"etr-{year}-03.csv").source.published == "2001-04-01"
    joined = [["A99901", "99Z", "W", "20130401", "", "0"], ["A99902", "99Z", "W", far_ahead(), "", "0"]]
    assert read(joined, name="epcmem.csv").source.published == "2013-04-01"


@given(st.lists(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), min_size=1, max_size=4))
def test_a_list_is_never_dated_ahead_of_today(days: list[date]) -> None:
    rows = [trust(f"R{number:02}", c11=f"{day:%Y%m%d}", c12=f"{day:%Y%m%d}") for number, day in enumerate(days)]
    published = read(rows, name="etr.csv").source.published
    assert published is None or published <= date.today().isoformat()


def test_a_guess_of_the_day_is_told_and_a_day_that_is_given_is_not() -> None:
    (remark,) = read([trust()], name="etr.csv").remarks
    assert remark.startswith("its day is not told, and 1 April 2001, the latest past event in it, is taken for it")
    assert "--published" in remark
    assert not read([trust()], name="etr-2015.csv").remarks
    assert not read([trust()], name="etr.csv", published="2015").remarks
    (unknown,) = read([trust(c11="")], name="etr.csv").remarks
    assert unknown.startswith("tells no day")


@pytest.mark.parametrize("published", [None, "1999", f"{date.today().year}"])
def test_a_body_that_closes_in_years_to_come_is_open_whatever_the_day_of_the_list(published: str | None) -> None:
    (said,) = taken(read([practice(c11="", c16="", c12=far_ahead(), c17=far_ahead())], "x.csv", published))
    assert (said.status, said.closed) == ("open", f"{date.today().year + 2}-03-31")
    assert said.links[0].status == "current"


def test_a_list_of_this_year_tells_nothing_of_the_days_left_of_it() -> None:
    now = date.today()
    (said,) = taken(read([trust(c12=f"{now + timedelta(days=1):%Y%m%d}")], "etr.csv", f"{now.year}"))
    assert said.status == "open"


def test_without_any_date_the_vintage_is_unknown() -> None:
    told = read([trust(c11="19000101")], name="etr.csv").source
    assert (told.published, told.key, told.title) == (None, "file:ods-etr", "NHS trusts (etr)")
    assert told.publisher is None


def test_a_dated_zip_dates_the_undated_list_in_it() -> None:
    inside = source(text([trust()]), "etr.csv")
    member = Input(inside.name, "x", inside.opener, inside.size, "/a/2014/etr-2025-07.zip › 2011/etr.csv", named=False)
    assert importer.read(member, ReadOptions()).source.published == "2025-07"


def test_the_source_says_what_list_it_is_and_under_which_licence() -> None:
    told = read([trust()], name="etr-2025-07.csv").source
    assert (told.key, told.title, told.format) == ("file:ods-etr-2025-07", "NHS trusts (etr), July 2025", "ods-csv")
    assert (told.series, told.full, told.licence) == ("ods-etr", True, "OGL-UK-3.0")
    assert told.digest is not None


@pytest.mark.parametrize(
    ("published", "publisher"),
    [
        ("2015", "Health and Social Care Information Centre"),
        ("2016", None),
        ("2019-02-09", "NHS Digital"),
        ("2023", None),
        ("2023-01", "NHS Digital"),
        ("2025-12", "NHS England"),
        ("2001", None),
    ],
)
def test_the_publisher_is_who_ran_the_service_then_unless_two_did(published: str, publisher: str | None) -> None:
    assert read([trust()], published=published).source.publisher == publisher


def test_a_vintage_in_words() -> None:
    assert [in_words(text) for text in ("2023", "2025-07", "2017-04-21")] == ["2023", "July 2025", "21 April 2017"]
