"""The documentation of the ODS lists names every list that is read, and what it is taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from db.data_files import load_data
from db.statements import LinkTypeSaid, TermSaid
from db.vocabularies import load_vocabularies
from importers.ods_csv.lists import OdsList, lists
from importers.ods_csv.recognise import WIDTHS

TEXT = (Path(__file__).parents[3] / "docs" / "importers.md").read_text("utf-8")
SECTION = re.search(r"^## ODS lists\n(.*?)^## ", TEXT, re.DOTALL | re.MULTILINE)


def line_of(ods_list: OdsList, terms: Iterable[TermSaid], link_types: Iterable[LinkTypeSaid]) -> str:
    """The line of the table for a list."""
    wanted = "site_types" if ods_list.kind == "site" else "organisation_types"
    labels = {term.name: term.label for term in terms if term.vocabulary == wanted}
    ties = {one.name: one.forward for one in link_types}
    if ods_list.lists:
        kind = " and ".join(one.name for one in ods_list.lists) + " together"
    else:
        kind = labels[ods_list.type or ""]
    if ods_list.among:
        kind = f"as {', '.join(one.name for one in ods_list.among)} tell by the code, else {kind}"
    name = f"{ods_list.name}*" if ods_list.by_name else ods_list.name
    return f"| {name} | {ods_list.title} | {kind} | {ties[ods_list.parent] if ods_list.parent else '–'} |"


def test_every_list_is_in_the_table_with_its_type_and_parent() -> None:
    assert SECTION is not None
    table = [line for line in SECTION[1].splitlines() if line.startswith("| ")][1:]
    known = lists()
    words = load_vocabularies()
    wanted = [line_of(ods_list, *words) for ods_list in known.organisations.values()]
    assert table[: len(wanted)] == wanted


def test_memberships_lists_of_people_and_widths_are_those_that_are_known() -> None:
    assert SECTION is not None
    known = lists()
    named = [*known.memberships, *known.people, "epcn", "epcncorepartnerdetails", "succ", "egpam"]
    assert [name for name in named if not re.search(rf"\b{name}\b", SECTION[1])] == []
    assert f"{WIDTHS[-1]} to {WIDTHS[0]} columns" in SECTION[1]


def test_every_family_names_sources_that_the_data_file_explains() -> None:
    held = load_data("importers.ods_csv", "lists.yaml")
    entries = [*held["organisations"].values(), *held["memberships"].values(), held["people"]]
    for entry in entries:
        cited = [part.partition(" (")[0] for part in re.split(r", (?![^(]*\))", entry["source"])]
        assert set(cited) <= set(held["sources"]), entry["title"]
