"""Numbers as conditions, parts of cells, and columns beside one another, as files of public bodies need them."""

from __future__ import annotations

import pytest

from db.errors import InputError
from importers.table.language.filters import PLAIN, WITH_TEXT
from tests.importers.table.made import mapping, reasons, record, statements

SHARES = "code,name,board,areas\nX1A,One,QAA,1\nX1B,Two,QAA,99\nX1C,Three,QBB,3\n"


def facts(content: str, body: str, name: str = "t.csv") -> dict[str, list[str | None]]:
    """The texts of the facts of each record."""
    return {one.key: [fact.text for fact in one.facts] for one in statements(content, record(body), name)}


@pytest.mark.parametrize(
    ("condition", "holding"),
    [
        ("{least: 3}", "BC"), ("{least: 3, below: 50}", "C"), ("{below: 3}", "A"),
        ("{least: 5%, share_of: board}", "BC"), ("{below: 0.05, share_of: board}", "A"),
    ],
)  # fmt: skip
def test_a_number_or_its_share_may_be_a_condition(condition: str, holding: str) -> None:
    body = f'name: "{{name}}"\nfacts: [{{property: place, text: "{{board}}", when: {{areas: {condition}}}}}]'
    assert {key[-1] for key, found in facts(SHARES, body).items() if found} == set(holding)


def test_what_is_no_number_refuses_its_row() -> None:
    body = 'name: "{name}"\nfacts: [{property: place, text: "{board}", when: {areas: {least: 3}}}]'
    assert reasons("code,name,board,areas\nX1A,One,Q,many\n", record(body)) == [(2, "'many' is no number")]


@pytest.mark.parametrize("condition", ["{least: many}", "{share_of: board}", "{least: 1, starts: x}", "{same: }"])
def test_a_wrong_condition_is_told_with_its_place(condition: str) -> None:
    with pytest.raises(InputError, match=r"^m\.yaml:\d+: records\[0\]\.when"):
        mapping(record(f'name: "{{name}}"\nwhen: {{areas: {condition}}}'))


def test_a_body_that_stays_what_it_was_does_not_follow_itself() -> None:
    body = 'name: "{name}"\nlinks: [{type: succeeded-by, to: "ods:{new}", unless: {code: {same: new}}}]'
    found = statements("code,name,new\nX1A,One,X1A\nX1B,Two,X1A\n", record(body))
    assert [[link.other.key for link in one.links] for one in found] == [[], ["ods:X1A"]]


def test_a_mark_within_a_text_to_keep_parts_nothing() -> None:
    body = 'name: "{name}"\nnames: [{each: {of: "{others}", split: ",", keep: ", "}, name: "{item}", kind: short}]'
    (found,) = statements('code,name,others\nX1A,One,"Hill,Hill, Dale and Moor,moor"\n', record(body))
    assert [one.name for one in found.names] == ["One", "Hill", "Hill, Dale and Moor", "moor"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.hsj.co.uk/structure/two-trusts-share-a-boss/7025922.article", "two trusts share a boss"),
        ("https://nhsproviders.org/case-studies-of-collaboration/bolton", "case studies of collaboration, bolton"),
        ("https://opengovernment.network/meetings/84601", "meetings, 84601"),
        ("https://example.org/news/2023/03/14/september-2022-update (read twice)", "september 2022 update"),
        ("https://democracy.kirklees.gov.uk/mgAi.aspx?ID=27444", None),
        ("https://example.org", None),
    ],
)
def test_of_the_address_of_a_page_the_words_are_told(address: str, words: str | None) -> None:
    assert PLAIN["page"](address) == words


def test_texts_are_cut_replaced_and_made_whole() -> None:
    body = (
        'name: "{name|replace:&=>and}"\nfacts:\n  - {property: place, text: "{site|first:3}"}\n'
        '  - {property: relation, text: "{number|whole}"}'
    )
    (one,) = statements("code,name,site,number\nX1A,Hill & Dale,RXX01,1002.0\n", record(body))
    assert one.names[0].name == "Hill and Dale"
    assert [fact.text for fact in one.facts] == ["RXX", "1002"]


@pytest.mark.parametrize(("name", "text"), [("first", "x"), ("first", "0"), ("replace", "a"), ("replace", "=>b")])
def test_a_filter_without_what_it_needs_is_told(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"filter '{name}' wants"):
        WITH_TEXT[name](text)


def test_columns_parted_by_a_not_sign_in_windows_1252_are_read() -> None:
    content = "code\u00acname\nX1A\u00acSt Mary\u2019s\n".encode("cp1252")
    (one,) = statements(content, record('name: "{name}"'))
    assert one.names[0].name == "St Mary\u2019s"
