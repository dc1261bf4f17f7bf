"""Links are read as far as the index wants them: of a hub neither those of other types nor those of other ends."""

from __future__ import annotations

import pytest

from db.search import areas, companies, linked, of_area, record_texts
from db.search.hospitals import IS_HOSPITAL
from db.search.write import with_tied
from tests.db.search.miniature import Miniature


@pytest.mark.parametrize("many", [0, 2, 500])
def test_who_leads_to_a_record_is_found_from_either_end(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked, "_MANY", many)
    made = Miniature()
    trust, other = made.add("ods:RWY", "Calder Trust", "nhs-trust"), made.add("ods:RXX", "Aire Trust", "nhs-trust")
    sites = {made.hospital(f"site:{name}", name, "ods:RWY") for name in ("royal", "county", "infirmary")}
    one = made.hospital("site:general", "general", "ods:RXX")
    board, person = made.add("arr:board", "Board"), made.add("person:ann", "Ann")
    for key in ("arr:board", "person:ann"):
        made.link(key, "ods:RWY", "about")
    made.add("ods:Y1", "A practice")
    made.link("ods:Y1", "ods:RWY", "commissioned-by")
    assert linked.hospitals_of(made.conn, [trust, other]) == {trust: tuple(sorted(sites)), other: (one,)}
    assert with_tied(made.conn, {trust}) == {trust, board, person, *sites}
    assert set(linked.leading_to(made.conn, [other], IS_HOSPITAL)) == {(other, one)}


@pytest.mark.parametrize("near", ["source_id", "target_id"])
@pytest.mark.parametrize("sql", [linked.SUCCESSORS, record_texts.PARTNERS, areas._SYSTEMS, areas._SHARING])
def test_no_links_of_other_types_are_read(sql: str, near: str) -> None:
    assert _ends_read(sql.format(near)) == {f"{near}=? AND type_id=?"}


@pytest.mark.parametrize("sql", [areas._PARTS, areas._WHOLES, companies._RUN])
def test_nor_where_only_one_end_is_asked_about(sql: str) -> None:
    assert _ends_read(sql) <= {"source_id=? AND type_id=?", "target_id=? AND type_id=?"}


def test_what_ties_a_body_to_others_is_told_by_the_sources_of_links_as_thousands_lead_to_some() -> None:
    assert _ends_read(of_area._TIE) == {"source_id=?"}


def _ends_read(sql: str) -> set[str]:
    """What SQLite looks up in the indexes of links."""
    values = ("[]", 1) if "?2" in sql else ("[]",)
    plan = Miniature().conn.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    found = {step.partition("(")[2].rstrip(")") for *_, step in plan if "link_source" in step or "link_target" in step}
    assert found
    return found
