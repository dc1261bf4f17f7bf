"""The rules of gaps stand in the page as in the list, and their words are words of the vocabularies."""

from __future__ import annotations

from pathlib import Path

from db.gaps.rules import listed
from db.reports import KINDS_OF_GAPS
from db.vocabularies import load_vocabularies

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "gaps.md").read_text("utf-8")


def test_the_page_has_each_kind_in_its_order_and_each_type_with_the_reason() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.split("## What is usual")[0].splitlines() if line[:3] == "| `"]
    assert rows == [f"`{kind}`" for kind in KINDS_OF_GAPS]
    rules = listed()
    told = [f"| `{one['type']}` | {one['why']} |" for one in rules["lead"]]
    told += [f"| `{one['type']}` | one participant | {one['why']} |" for one in rules["alone"]]
    told += [f"| `{one['type']}` | no lead | {one['why']} |" for one in rules["lead"] if one.get("usual")]
    told += [f"`{one['type']}`: {one['why']}" for one in rules["law"]]
    assert [one for one in told if one not in PAGE] == []


def test_each_word_of_the_rules_is_one_that_there_is() -> None:
    terms, _ = load_vocabularies()
    words = {(term.vocabulary, term.name) for term in terms}
    rules = listed()
    arrangements = {one["type"] for rule in ("lead", "alone", "law") for one in rules[rule]}
    used = {("arrangement_types", name) for name in arrangements} | {("roles", name) for name in rules["leads"]}
    assert used | {("organisation_types", name) for name in rules["commissioned"]} <= words
