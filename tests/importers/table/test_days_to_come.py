"""What a table says of days to come has not happened: nothing closes, ends or begins before its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.statements import End, LinkSaid, RejectSaid, RowSaid, Statement
from importers.status import as_plans, open_until
from tests.importers.table.made import statements

AHEAD = f"{date.today().year + 2}0331"


def row(status: str | None = None, closed: str | None = None, link: LinkSaid | None = None) -> RowSaid:
    """A row about one body."""
    return RowSaid(
        1, (Statement("ods:A1", "organisation", status=status, closed=closed, links=(link,) if link else ()),)
    )


@pytest.mark.parametrize(
    ("closed", "status"),
    [("2020-05-31", "closed"), ("2020-06-01", "open"), ("2020", "closed"), ("2021", "open"), (None, "closed")],
)
def test_a_body_is_closed_from_its_day_on_and_where_the_day_is_not_told(closed: str | None, status: str) -> None:
    changed = as_plans(row("closed", closed), "2020-05-31")
    assert isinstance(changed, RowSaid)
    assert (changed.statements[0].status, changed.statements[0].closed) == (status, closed)


@pytest.mark.parametrize(
    ("opened", "closed", "status"),
    [
        (None, "2020-06-01", "open"), ("2019", "2021", "open"), ("2020", "2021", "open"), ("2020-06-01", "2021", None),
        (None, "2020-05-31", None), (None, "2020", None), ("2019", None, None),
    ],
)  # fmt: skip
def test_what_is_to_close_and_has_no_status_is_open_until_then(
    opened: str | None, closed: str | None, status: str | None
) -> None:
    said = Statement("ods:A1", "organisation", opened=opened, closed=closed)
    assert open_until(said, "2020-05-31").status == status
    assert open_until(replace(said, status="closed"), "2020-05-31").status == "closed"


@pytest.mark.parametrize(
    ("said", "start", "end", "stands"),
    [
        ("past", "2019", "2020-06-01", "current"),
        ("past", "2020-06-01", "2021", "planned"),
        ("current", "2020-06-01", None, "planned"),
        ("past", "2019", "2020", "past"),
        ("current", "2019", None, "current"),
        (None, "2021", None, None),
    ],
)
def test_a_link_has_not_ended_nor_begun_before_its_day(
    said: str | None, start: str | None, end: str | None, stands: str | None
) -> None:
    changed = as_plans(row(link=LinkSaid("part-of", End("ods:B1"), start=start, end=end, status=said)), "2020-05-31")
    assert isinstance(changed, RowSaid)
    assert changed.statements[0].links[0].status == stands


def test_what_lies_behind_and_what_is_refused_is_handed_on_as_it_is() -> None:
    past, refused = row("closed", "2019"), RejectSaid(1, "no")
    assert as_plans(past, "2020-05-31") is past
    assert as_plans(refused, "2020-05-31") is refused


def test_a_network_that_closes_in_years_to_come_is_open_and_its_practices_take_part() -> None:
    network = f"U99901,FELL PCN,99Z,FELL CCG,20191001,{AHEAD},1 MILL LANE,,,FELLTON,,FE1 1AA\n"
    (said,) = statements(network, None, "epcn.csv")
    assert said.status == "open"
    member = f"A99901,THE BECK SURGERY,99Z,FELL CCG,U99901,FELL PCN,99Z,FELL CCG,20191001,{AHEAD},True\n"
    _, network_said = statements(member, None, "epcncorepartnerdetails.csv")
    assert network_said.links[0].status == "current"
