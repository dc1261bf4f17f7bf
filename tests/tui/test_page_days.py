"""A day or a form that a record's page tells has those behind it who state it, or that it is inferred."""

from __future__ import annotations

from db.model import StatedValue
from tests.tui.samples import RECORD
from tests.tui.test_page import page, stated


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
