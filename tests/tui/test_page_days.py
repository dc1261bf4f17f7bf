"""A day or a form on a page has those behind it who state it, or that it is inferred; what is known of a day."""

from __future__ import annotations

import pytest

from db.model import StatedValue
from db.reading.as_of import NOT_YET_OPEN
from tests.tui.samples import RECORD
from tests.tui.test_page import page, stated
from tui.text.record_page import record_page


def test_a_day_that_nobody_states_is_said_to_be_inferred() -> None:
    inferred = RECORD.evidence[0]._replace(id=71, basis="inferred")
    value = StatedValue("opened", "2016-07-08", True, "followed", (71,))
    record = RECORD._replace(opened="2016-07-08", values=(value,), evidence=(*RECORD.evidence, inferred))
    assert "planned  [1]  from 8 July 2016, inferred  [3]  " in page(record).splitlines()[1]
    stated = record._replace(values=(value._replace(evidence=(71, RECORD.evidence[0].id)),))
    assert "opened:  8 July 2016  [" in page(stated)


def test_a_legal_form_that_nobody_states_is_said_to_be_inferred() -> None:
    inferred = RECORD.evidence[0]._replace(id=71, basis="inferred")
    record = RECORD._replace(legal_form="none", evidence=(*RECORD.evidence, inferred))
    assert "legal form:  none  [1]" in page(record)
    assert "legal form:  none, inferred  [" in page(record._replace(values=(stated("legal_form", "none", 71),)))


def test_the_head_cites_for_a_day_only_who_states_it() -> None:
    record = RECORD._replace(status="open", status_label="open", opened="2016-07-08")
    status = StatedValue("status", "open", True, "newer", (41, 42))
    both, apart = (StatedValue("opened", "2016-07-08", True, "only", (who,)) for who in (42, 43))
    assert "open since 8 July 2016  [2]  arr:group" in page(record._replace(values=(both, status)))
    told = page(record._replace(values=(apart, status)))
    assert "open  [1][2]  since 8 July 2016, inferred  [3]  arr:group" in told
    assert "opened:" not in told


@pytest.mark.parametrize(
    ("changed", "stands", "caution"),
    [
        ({}, "open", "no more is known than that it was open"),
        ({"dated": False}, "no source tells whether it was there then", "Nothing is known of 8 July 2012"),
        ({"open": False, "status": NOT_YET_OPEN, "status_label": None}, NOT_YET_OPEN, ""),
        (
            {"open": False, "status": "closed", "status_label": "closed", "closed": "2010"},
            "closed 2010",
            "than that it had closed",
        ),
        (
            {"status": None, "status_label": None, "open": None},
            "opened July 2016, status unknown",
            "than when it opened",
        ),
    ],
)
def test_as_of_a_day_the_head_says_what_is_known_of_it_and_what_is_not(
    changed: dict[str, object], stands: str, caution: str
) -> None:
    open_now = RECORD._replace(as_of="2012-07-08", links=(), facts=(), status="open", status_label="open", open=True)
    made = record_page(open_now._replace(**changed), lambda _: None, printed=False)  # type: ignore[arg-type]
    assert made.standing.startswith(stands)
    assert caution in made.caution
    assert bool(made.caution) == bool(caution)


def test_as_of_a_day_a_body_of_which_a_link_tells_was_there() -> None:
    record = RECORD._replace(as_of="2012-07-08", status="open", status_label="open", open=True, dated=False, facts=())
    assert record.links
    assert record_page(record, lambda _: None, printed=False).standing.startswith("open")
    alone = record_page(record._replace(links=()), lambda _: None, printed=False)
    assert alone.standing.startswith("no source tells whether it was there then")
