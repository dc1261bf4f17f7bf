"""What links cost, and what is left out, stands in the page as in the list; its words are those there are."""

from __future__ import annotations

from pathlib import Path

from db.graph.costs import closest, listed, toll
from db.keys import KINDS
from db.vocabularies import load_vocabularies

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "graph.md").read_text("utf-8")


def test_the_page_has_every_cost_and_all_that_is_left_out_with_the_reasons() -> None:
    found = listed()
    rows = [
        f"| {name} | {one['cost']}{', left out' if one.get('left_out') else ''} | {one['why']} |"
        for name, one in found["links"].items()
    ]
    for one in found["records"]:
        what = next(word for word in ("type", "kind", "key") if word in one)
        rows.append(f"| {what} `{one[what]}` | {one['why']} |")
    for one in found["closest"]:
        who = f"`{one['type']}`" if "type" in one else "a person"
        rows.append(f"| {who} | {one['why']} |")
    assert [row for row in rows if row not in PAGE] == []
    assert all(f"| {one['links']:,}" in PAGE for one in found["hubs"])


def test_each_word_of_the_list_is_one_that_there_is() -> None:
    terms, link_types = load_vocabularies()
    assert {one.category for one in link_types} == set(listed()["links"])
    types = {term.name for term in terms if term.vocabulary == "organisation_types"}
    assert {one["type"] for one in listed()["records"] if "type" in one} <= types
    assert {one["kind"] for one in listed()["records"] if "kind" in one} <= set(KINDS)
    arrangements = {("type", term.name) for term in terms if term.vocabulary == "arrangement_types"}
    assert closest() <= arrangements | {("category", one.category) for one in link_types}


def test_passing_through_a_record_costs_more_the_more_links_it_has() -> None:
    assert [toll(links) for links in (2, 9, 10, 299, 300, 100_000)] == [0, 0, 100, 300, 400, 700]
