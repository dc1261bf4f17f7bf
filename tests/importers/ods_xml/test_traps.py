"""The traps of the national release, one test each."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import InputError
from db.register import Register
from db.statements import RejectSaid
from tests.importers.ods_xml.taking import address, bare, body, links, one, planned, register, rows, said, written
from tests.national.markup import document
from tests.national.things import PUBLISHED, File, Followed, Held, Org, Span, Tied
from tests.national.zips import inner, inner_name, outer, zipped


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    path = bare(tmp_path, [body("AB1")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert set(said(path)) == {"AB1"}


def test_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"version of its format is 3-0-0, only 2-0-0 is known"):
        rows(bare(tmp_path, [body("AB1")], version="3-0-0"))


def test_a_wrong_record_count_refuses_the_import_and_names_both_numbers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"its manifest counts 1,234 organisations and it holds 1;"):
        rows(bare(tmp_path, [body("AB1")], count=1234))


def test_what_is_nested_in_a_target_is_not_its_owners(tmp_path: Path) -> None:
    org = body("AB1", "OWNER", ties=(Tied("RE6", "CD2", "RO197"),))
    text = document(File([org])).replace("<Target>", "<Target><Name>TARGET</Name>")
    (tmp_path / "full.xml").write_text(text, "utf-8")
    (statement,) = said(tmp_path / "full.xml").values()
    assert (statement.key, statement.names[0].name) == ("ods:AB1", "Owner")


def test_both_spellings_of_tags_are_read(tmp_path: Path) -> None:
    org = body("AB1", ties=(Tied("RE6", "CD2", "RO197"),), followed=(Followed("EF3", "2020-04-01"),))
    text = document(File([org])).replace("<Rel ", "<Relationship ").replace("</Rel>", "</Relationship>")
    text = text.replace("<Succ ", "<Successor ").replace("</Succ>", "</Successor>")
    (tmp_path / "full.xml").write_text(text, "utf-8")
    assert [link.other.key for link in said(tmp_path / "full.xml")["AB1"].links] == ["ods:CD2", "ods:EF3"]


def test_both_families_of_dates_are_kept_everywhere(tmp_path: Path) -> None:
    both = {"span": Span("2012-04-02", "2014-01-31"), "legal": Span("2012-04-01", "2013-03-31")}
    org = body("AB1", ties=(Tied("RE6", "CD2", "RO197", **both),), roles=(Held("RO157", primary=True, **both),), **both)  # type: ignore[arg-type]
    statement = said(bare(tmp_path, [org]))["AB1"]
    family = ("2012-04-02", "2014-01-31", "2012-04-01", "2013-03-31")
    assert (statement.opened, statement.closed, statement.legal_start, statement.legal_end) == family
    (link,) = statement.links
    assert (link.start, link.end, link.legal_start, link.legal_end) == family
    (role,) = statement.facts
    assert role.text == "Non-NHS Organisation, primary, 2012-04-02 to 2014-01-31, legally 2012-04-01 to 2013-03-31"


def test_a_missing_status_is_that_of_the_primary_role(tmp_path: Path) -> None:
    active = (Held("RO157", active=False), Held("RO209", Span("2019-04-01"), True, True))
    inactive = (Held("RO157"), Held("RO209", Span("2019-04-01"), False, True))
    found = said(bare(tmp_path, [body("Y58", status=None, roles=active), body("Y59", status=None, roles=inactive)]))
    assert [found[code].status for code in ("Y58", "Y59")] == ["open", "closed"]


def test_stubs_are_merged_with_the_record_in_the_other_file(tmp_path: Path) -> None:
    old, new = body("AB1", "OLD BODY", uprn="100"), body("CD2", "NEW BODY", uprn="200")
    path = written(tmp_path, [new, old.as_stub()], [old, new.as_stub()])
    found = rows(path)
    assert [len(row.statements) for row in found if not isinstance(row, RejectSaid)] == [1, 0, 1, 0]
    assert sorted(row.line for row in found if row.line) == [1, 2, 3, 4]
    held = register(path)
    assert held.execute("SELECT key, placeholder FROM record ORDER BY 1").fetchall() == [("ods:AB1", 0), ("ods:CD2", 0)]
    assert held.execute("SELECT value FROM fact WHERE property = 'uprn' ORDER BY 1").fetchall() == [("100",), ("200",)]


def test_a_stub_without_its_record_stays_a_placeholder_with_its_name(tmp_path: Path) -> None:
    held = register(written(tmp_path, [body("AB1", "ABSENT HOSPITAL").as_stub()]))
    assert one(held, "SELECT key, name, placeholder FROM record") == ("ods:AB1", "Absent Hospital", 1)


def test_two_stubs_for_one_code_are_refused(tmp_path: Path) -> None:
    stub = body("AB1").as_stub()
    with pytest.raises(InputError, match="AB1 is a stub twice and described nowhere"):
        rows(written(tmp_path, [stub], [stub]))


def test_a_missing_succession_number_is_no_trouble_and_both_sides_are_one_link(tmp_path: Path) -> None:
    old = body("AB1", followed=(Followed("CD2", "2020-04-01", True, None),))
    new = body("CD2", followed=(Followed("AB1", "2020-04-01", False, 17),))
    held = register(written(tmp_path, [new], [old]))
    assert links(held, "succeeded-by") == [("AB1", "CD2", None)]
    assert one(held, "SELECT since, until, legal_since, legal_until FROM link") == (None, None, "2020-04-01", None)


def test_forward_successions_are_successions_like_any(tmp_path: Path) -> None:
    text = document(File([body("CD2", followed=(Followed("AB1", "2020-04-01", False),))]))
    (tmp_path / "full.xml").write_text(text.replace("<Succ ", '<Succ forwardSuccession="true" '), "utf-8")
    (link,) = said(tmp_path / "full.xml")["CD2"].links
    assert (link.type, link.outward, link.other.key) == ("succeeded-by", False, "ods:AB1")


def test_a_record_may_be_open_and_have_a_successor(tmp_path: Path) -> None:
    statement = said(bare(tmp_path, [body("AB1", followed=(Followed("CD2", "2020-04-01"),))]))["AB1"]
    assert (statement.status, statement.closed) == ("open", None)


def test_a_target_that_is_nowhere_is_a_placeholder(tmp_path: Path) -> None:
    held = register(written(tmp_path, [body("AB1", ties=(Tied("RE6", "ZZ9", "RO197"),))]))
    assert one(held, "SELECT name, placeholder FROM record WHERE key = 'ods:ZZ9'") == ("ZZ9", 1)


def test_t1201_the_later_of_two_records_in_one_file_counts_and_its_succession_to_itself_is_dropped(
    tmp_path: Path,
) -> None:
    later = body("T1201", "LATER", span=Span("1996-04-01"), followed=(Followed("T1201", "1996-04-01", True, None),))
    earlier = body("T1201", "EARLIER", span=Span("1991-04-01"))
    for turn, order in enumerate(((earlier, later), (later, earlier))):
        folder = tmp_path / str(turn)
        folder.mkdir()
        path = written(folder, [], [body("AB1"), *order, body("CD2")])
        held = register(path)
        assert one(held, "SELECT name FROM record WHERE key = 'ods:T1201'") == ("Later",)
        assert links(held, "succeeded-by") == []
        (refused,) = [row for row in rows(path) if isinstance(row, RejectSaid)]
        assert "T1201 is described by record" in refused.reason


def test_fef03_the_full_file_beats_the_archive(tmp_path: Path) -> None:
    laundry, pharmacy = body("FEF03", "THE LAUNDRY"), body("FEF03", "THE PHARMACY", "RO182")
    path = written(tmp_path, [pharmacy], [laundry])
    assert [row.reason for row in rows(path) if isinstance(row, RejectSaid)] == [
        "FEF03 is described by record 1 of the full file, which counts"
    ]
    assert one(register(path), "SELECT name, type FROM record") == ("The Pharmacy", "pharmacy")


def test_two_records_that_no_rule_tells_apart_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="AB1 is described twice with one start, as records 1 and 2"):
        rows(written(tmp_path, [body("AB1", "ONE"), body("AB1", "OTHER")]))


def test_two_full_files_in_one_zip_are_paired_by_day(tmp_path: Path) -> None:
    old, new, archive = (
        File([body("AB1")], published="2019-04-30"), File([body("CD2")], published="2019-05-31"),
        File([body("EF3")], archive=True, published="2019-05-31"),
    )  # fmt: skip
    fulls = zipped({inner_name(file): document(file).encode() for file in (old, new)})
    plan = planned(outer(tmp_path / "release.zip", {"fullfile.zip": fulls, "archive.zip": inner(archive)}))
    (entry,) = plan.planned
    assert [part.name for part in entry.source.parts] == [inner_name(new), inner_name(archive)]
    assert [skipped.reason for skipped in plan.skipped] == ["is of 2019-04-30, without the other half of that release"]


def test_the_archive_loose_in_the_zip_as_well_is_read_once(tmp_path: Path) -> None:
    full, archive = File([body("AB1")]), File([body("CD2")], archive=True)
    members = {
        "archive.zip": inner(archive),
        "fullfile.zip": inner(full),
        inner_name(archive): document(archive).encode(),
    }
    path = outer(tmp_path / "release.zip", members)
    assert len(planned(path).planned[0].source.parts) == 2
    assert len(rows(path)) == 2
    assert [entry.label for entry in planned(path).skipped] == [f"{path}: {inner_name(archive)}"]


def test_active_is_not_open(tmp_path: Path) -> None:
    ended = body("AB1", legal=Span("1980-01-01", "2013-03-31"))
    closing = body("CD2", span=Span("2001-04-01", "2028-08-31"))
    today = body("EF3", span=Span("2001-04-01", PUBLISHED))
    coming = body("GH4", span=Span("2026-10-01"))
    found = said(bare(tmp_path, [ended, closing, today, coming]))
    assert {code: one.status for code, one in found.items()} == {
        "AB1": "closed", "CD2": "open", "EF3": "closed", "GH4": "planned",
    }  # fmt: skip
    assert (found["AB1"].closed, found["CD2"].closed) == (None, "2028-08-31")


def test_the_day_of_the_release_belongs_to_what_ends_and_to_what_starts_on_it(tmp_path: Path) -> None:
    spans = {
        "C01": Span("2013-04-01", "2026-08-27"), "C02": Span("2013-04-01", PUBLISHED),
        "C03": Span("2013-04-01", "2026-08-29"), "C04": Span(PUBLISHED), "C05": Span("2026-08-29"),
    }  # fmt: skip
    tied = body("AB1", ties=tuple(Tied("RE4", code, "RO98", span) for code, span in spans.items()))
    starting = [body("AB2", span=Span(PUBLISHED)), body("AB3", span=Span("2026-08-29"))]
    held = register(bare(tmp_path, [tied, *starting, *map(body, spans)]))
    found = dict(
        held.execute(
            "SELECT substr(t.key, 5), l.status FROM link l JOIN record t ON t.id = l.target_id "
            "JOIN record s ON s.id = l.source_id WHERE s.key = 'ods:AB1'"
        )
    )
    assert found == {"C01": "past", "C02": "current", "C03": "current", "C04": "current", "C05": "planned"}
    states = dict(held.execute("SELECT substr(key, 5), status FROM record WHERE key IN ('ods:AB2', 'ods:AB3')"))
    assert states == {"AB2": "open", "AB3": "planned"}


def test_a_role_makes_what_a_record_is_to_the_end_of_its_last_day(tmp_path: Path) -> None:
    def held(end: str) -> tuple[Held, ...]:
        return Held("RO197", Span("2001-04-01", end)), Held("RO157", Span("2001-04-01"), primary=True)

    orgs = [body(code, roles=held(end)) for code, end in (("AB1", "2026-08-27"), ("AB2", PUBLISHED))]
    found = dict(register(bare(tmp_path, orgs)).execute("SELECT substr(key, 5), type FROM record"))
    assert (found["AB1"], found["AB2"]) == ("non-nhs-organisation", "nhs-trust")


def test_of_one_link_told_twice_the_first_counts_and_the_other_fills_what_it_leaves_out(tmp_path: Path) -> None:
    start = "2013-04-01"
    twice = (
        Tied("RE4", "CD2", "RO98", Span(start), legal=Span("2013-03-01")),
        Tied("RE4", "CD2", "RO98", Span(start, "2020-03-31"), legal=Span("2012-01-01", "2020-02-29")),
    )
    held = register(bare(tmp_path, [body("AB1", ties=twice), body("CD2")]))
    query = "SELECT since, until, legal_since, legal_until, status FROM link"
    assert one(held, query) == (start, None, "2013-03-01", "2020-02-29", "current")


def test_of_a_succession_told_by_both_ends_the_other_fills_what_one_leaves_out(tmp_path: Path) -> None:
    old, new = (
        body("AB1", followed=(Followed("CD2", None),)),
        body("CD2", followed=(Followed("AB1", "2020-04-01", False),)),
    )
    held = register(bare(tmp_path, [old, new]))
    assert links(held, "succeeded-by") == [("AB1", "CD2", None)]
    assert one(held, "SELECT since, legal_since FROM link") == (None, "2020-04-01")


def test_the_filler_date_is_unknown(tmp_path: Path) -> None:
    assert said(bare(tmp_path, [body("AB1", span=Span("1900-01-01"))]))["AB1"].opened is None


def test_names_that_repeat_are_different_records(tmp_path: Path) -> None:
    held = register(bare(tmp_path, [body("AB1", "DENTAL SURGERY"), body("CD2", "DENTAL SURGERY")]))
    assert held.execute("SELECT count(*) FROM record WHERE name = 'Dental Surgery'").fetchone() == (2,)


def test_names_are_kept_as_written_beside_the_readable_ones(tmp_path: Path) -> None:
    name = said(bare(tmp_path, [body("AB1", "SEDBURGH & ROSS-ON-WYE GP FED")]))["AB1"].names[0]
    assert (name.name, name.verbatim) == ("Sedburgh & Ross-on-Wye GP Fed", "SEDBURGH & ROSS-ON-WYE GP FED")


def test_the_primary_role_misleads(tmp_path: Path) -> None:
    def org(code: str, *roles: str) -> Org:
        return body(code, roles=tuple(Held(role, Span("2001-04-01"), primary=n == 0) for n, role in enumerate(roles)))

    orgs = [org("A1", "RO177", "RO76"), org("B2", "RO177"), org("C3", "RO177", "RO80"), org("D4", "RO261", "RO318"),
            org("E5", "RO98", "RO319"), org("F6", "RO227"), org("G7", "RO197", "RO57"), org("H8", "RO110")]  # fmt: skip
    assert [one.type for one in said(bare(tmp_path, orgs)).values()] == [
        "gp-practice", "prescribing-cost-centre", "out-of-hours-cost-centre", "integrated-care-board",
        "sub-icb-location", "gp-practice", "nhs-foundation-trust", "general-dental-practice",
    ]  # fmt: skip


def test_a_role_that_lapsed_does_not_say_what_it_is_today(tmp_path: Path) -> None:
    roles = (Held("RO177", Span("2001-04-01"), primary=True), Held("RO76", Span("2001-04-01", "2020-03-31"), False))
    closed = tuple(replace(role, active=False, span=Span("2001-04-01", "2020-03-31")) for role in roles)
    found = said(bare(tmp_path, [body("A1", roles=roles), body("B2", roles=closed, status="Inactive")]))
    assert [one.type for one in found.values()] == ["prescribing-cost-centre", "gp-practice"]


def test_roles_that_lapsed_and_came_again_are_all_kept(tmp_path: Path) -> None:
    again = (Held("RO270", Span("2020-05-01", "2020-11-30"), False), Held("RO270", Span("2021-01-04")))
    held = register(bare(tmp_path, [body("AB1", roles=(Held("RO182", primary=True), *again))]))
    assert held.execute("SELECT value FROM fact ORDER BY value").fetchall() == [("RO182",), ("RO270",), ("RO270",)]


def test_relationships_that_are_history_are_past_and_each_period_is_kept(tmp_path: Path) -> None:
    ties = (
        Tied("RE4", "CD2", "RO98", Span("2001-04-01", "2005-03-31"), False),
        Tied("RE4", "CD2", "RO98", Span("2010-04-01")),
    )
    held = register(bare(tmp_path, [body("AB1", ties=ties)]))
    assert held.execute("SELECT since, until, status FROM link ORDER BY since").fetchall() == [
        ("2001-04-01", "2005-03-31", "past"), ("2010-04-01", None, "current"),
    ]  # fmt: skip


def test_sites_have_operators_and_links_keep_the_direction_of_the_register(tmp_path: Path) -> None:
    site = body("RLQ01", "COUNTY HOSPITAL", "RO198", site=True, ties=(Tied("RE6", "RLQ", "RO197", Span("2001-04-01")),))
    held = register(bare(tmp_path, [site, body("RLQ", "WYE TRUST", "RO197")]))
    assert links(held, "operated-by") == [("RLQ01", "RLQ", None)]
    assert one(held, "SELECT kind, type FROM record WHERE key = 'ods:RLQ01'") == ("site", "nhs-site")


def test_geography_is_kept_apart_from_the_commissioner(tmp_path: Path) -> None:
    ties = (Tied("RE4", "10R", "RO98", Span("2013-04-01")), Tied("RE5", "QRL", "RO261", Span("2020-04-01")))
    held = register(bare(tmp_path, [body("J82028", ties=ties)]))
    assert links(held, "commissioned-by") == [("J82028", "10R", None)]
    assert links(held, "in-geography-of") == [("J82028", "QRL", None)]


def test_networks_and_partnerships_are_arrangements_and_their_links_participations(tmp_path: Path) -> None:
    practice = body(
        "A81001",
        ties=(
            Tied("RE8", "U12345", "RO272", Span("2019-07-01")),
            Tied("RE9", "U12345", "RO272", Span("2019-07-01")),
            Tied("RE8", "QOP", "RO261", Span("2017-04-01")),
            Tied("RE8", "NX1", "RO172", Span("2013-08-29")),
        ),
    )
    networks = [
        body(code, role=role)
        for code, role in (("U12345", "RO272"), ("CN1", "RO102"), ("KN1", "RO103"), ("QVP", "RO261"))
    ]
    held = register(bare(tmp_path, [practice, *networks]))
    assert links(held, "participates-in") == [
        ("A81001", "U12345", "nominated-payee"), ("A81001", "U12345", "partner"), ("A81001", "stp-qop", "partner"),
    ]  # fmt: skip
    assert links(held, "partner-to") == [("A81001", "NX1", None)]
    assert held.execute("SELECT key, type FROM record WHERE type IS NOT NULL AND kind = 'arrangement'").fetchall() == [
        ("ods:U12345", "primary-care-network"), ("ods:CN1", "clinical-network"), ("ods:KN1", "cancer-network"),
        ("arr:stp-qvp", "sustainability-and-transformation-partnership"),
    ]  # fmt: skip


def test_a_code_that_passed_from_a_footprint_to_a_board_is_two_records_with_their_partners(tmp_path: Path) -> None:
    board = body(
        "QOP",
        "NHS GREATER MANCHESTER ICB",
        roles=(Held("RO261", Span("2016-04-01"), primary=True), Held("RO318", Span("2022-07-01"))),
    )
    ties = (
        Tied("RE8", "QOP", "RO261", Span("2017-04-01", "2022-06-30"), False),
        Tied("RE8", "QOP", "RO261", Span("2023-04-01")),
    )
    held = register(bare(tmp_path, [body("R0A", ties=ties), board]))
    assert one(held, "SELECT kind, type FROM record WHERE key = 'ods:QOP'") == ("organisation", "integrated-care-board")
    assert links(held, "participates-in") == [("R0A", "stp-qop", "partner")]
    assert links(held, "partner-to") == [("R0A", "QOP", None)]
    assert links(held, "became") == [("stp-qop", "QOP", None)]
    reader = Register(held, label="a test")
    later = reader.record("ods:QOP", as_of="2019-04-01")
    assert (later.kind, later.type, later.opened, later.open) == (
        "organisation", "integrated-care-board", "2022-07-01", False,
    )  # fmt: skip
    then = reader.record("arr:stp-qop", as_of="2019-04-01")
    assert (then.type, then.open, then.closed) == ("sustainability-and-transformation-partnership", True, "2022-06-30")
    assert [link.key for link in then.links if link.type == "participates-in"] == ["ods:R0A"]
    assert reader.resolve("QOP") == "ods:QOP"


def test_address_uprn_and_contacts_are_kept(tmp_path: Path) -> None:
    org = body(
        "AB1",
        lines=("THE SURGERY", "25 OSBORNE ROAD", "PORTSMOUTH"),
        town="SOUTHSEA",
        county="HAMPSHIRE",
        postcode="PO5 3ND",
        uprn="10012345",
        contacts=(("tel", "02392 821371"), ("mail", "a@b.uk"), ("pigeon", "x")),
    )
    held = register(bare(tmp_path, [org]))
    assert address(held, "AB1") == {
        "lines": ["The Surgery", "25 Osborne Road", "Portsmouth"], "town": "Southsea", "county": "Hampshire",
        "postcode": "PO5 3ND", "country": "England",
    }  # fmt: skip
    facts = held.execute(
        "SELECT property, coalesce(value, text) FROM fact WHERE property <> 'ods-role' ORDER BY 1"
    ).fetchall()
    assert facts == [("contact", "x"), ("email", "a@b.uk"), ("telephone", "02392 821371"), ("uprn", "10012345")]


def test_a_contact_that_is_told_twice_is_one_fact(tmp_path: Path) -> None:
    held = register(bare(tmp_path, [body("AB1", contacts=(("tel", "02392 821371"), ("tel", "02392 821371")))]))
    assert one(held, "SELECT property, text FROM fact WHERE property <> 'ods-role'") == ("telephone", "02392 821371")


def test_of_two_links_that_start_alike_the_one_in_force_tells_the_end(tmp_path: Path) -> None:
    lapsed = Tied("RE4", "CD2", "RO98", Span("2013-04-01"), active=False)
    in_force = Tied("RE4", "CD2", "RO98", Span("2013-04-01", "2030-03-31"))
    held = register(bare(tmp_path, [body("AB1", ties=(lapsed, in_force)), body("CD2")]))
    assert one(held, "SELECT until, status FROM link") == ("2030-03-31", "current")


def test_an_address_of_which_nothing_is_told_is_none(tmp_path: Path) -> None:
    text = re.sub("<Location>.*</Location>", "<Location></Location>", document(File([body("AB1")])), flags=re.DOTALL)
    (tmp_path / "full.xml").write_text(text, "utf-8")
    assert said(tmp_path / "full.xml")["AB1"].address is None


def test_a_body_of_unknown_status_that_has_an_end_is_not_called_open(tmp_path: Path) -> None:
    ending = body("AB1", status=None, roles=(), span=Span("2001-04-01", "2030-03-31"))
    held = register(bare(tmp_path, [ending, body("CD2", status=None, roles=())]))
    found = held.execute("SELECT status, open FROM record ORDER BY key").fetchall()
    assert found == [(None, 0), (None, None)]
