"""What a row becomes: unknown stays unknown, and what cannot be taken refuses the row with a reason."""

from __future__ import annotations

from db.model import Address
from db.statements import Cite, FactSaid, IdentifierSaid, NameSaid, RowSaid
from tests.importers.table.made import CLUBS, reading, reasons, record, rows, statements

NAMED = 'name: "{name}"'


def test_a_row_makes_the_record_that_the_mapping_describes() -> None:
    (one,) = statements(
        "code,name,gss\nAAA,One Trust,E40000001\n",
        record(NAMED + '\ntype: nhs-trust\nidentifiers:\n  - {scheme: gss, value: "{gss}"}'),
    )
    assert (one.key, one.kind, one.type, one.line, one.partial) == ("ods:AAA", "organisation", "nhs-trust", 2, False)
    assert one.names == (NameSaid("One Trust"),)
    assert one.identifiers == (IdentifierSaid("gss", "E40000001"),)


def test_an_empty_cell_makes_no_name_fact_link_or_identifier() -> None:
    said = record(
        NAMED + '\nidentifiers:\n  - {scheme: gss, value: "{gss}"}\nfacts:\n  - {property: place, text: "in {town}"}'
        '\nlinks:\n  - {type: part-of, to: "ods:{parent}"}\nnames:\n  - "{short}"\nopened: "{since}"'
    )
    (one,) = statements("code,name,gss,town,parent,short,since\nAAA,One,,\u00a0,,  ,\n", said)
    assert (one.identifiers, one.facts, one.links, one.opened) == ((), (), (), None)
    assert one.names == (NameSaid("One"),)


def test_an_address_has_the_lines_of_its_columns_without_the_empty_ones() -> None:
    said = record(NAMED + '\naddress: {lines: ["{house}", "{street}", "{area}"], town: "{town}", postcode: "{code2}"}')
    (one,) = statements("code,name,house,street,area,town,code2\nAAA,One,Hill House,,Dale,Town,AB1 2CD\n", said)
    assert one.address == Address(("Hill House", "Dale"), "Town", None, "AB1 2CD", None)


def test_a_filler_means_that_nothing_is_known() -> None:
    (one,) = statements("code,name,town\nAAA,One,N/A\n", record(
        NAMED + '\nfacts:\n  - {property: place, text: "{town}"}', "blanks: [n/a, '?']\n",
    ))  # fmt: skip
    assert one.facts == ()


def test_a_row_without_a_name_only_adds_to_its_record() -> None:
    (one,) = statements(
        "code,name,town\nAAA,,Hill\n", record(NAMED + '\nfacts:\n  - {property: place, text: "{town}"}')
    )
    assert one.partial
    assert one.facts == (FactSaid("place", text="Hill"),)


def test_a_row_of_which_nothing_is_taken_is_refused_with_the_columns_that_are_empty() -> None:
    assert reasons("code,name,town\n,,Hill\nAAA,One,\n", CLUBS) == [
        (2, "says nothing that the mapping takes (code, name empty)")
    ]


def test_a_row_of_json_of_which_nothing_is_taken_is_refused_whatever_else_it_holds() -> None:
    said = CLUBS + '    names: [{name: "{more|upper}", when: {name: true}}]\n'
    text = '[{"code": "AAA", "name": null, "more": {"a": 1}}]'
    assert reasons(text, said, "t.json") == [(1, "says nothing that the mapping takes (name empty)")]


def test_a_code_alone_says_nothing() -> None:
    assert reasons("code,name\nAAA,\n", CLUBS) == [(2, "says nothing that the mapping takes (name empty)")]


def test_a_row_of_another_width_is_refused() -> None:
    assert reasons("code,name\nAAA\nBBB,Two,x\nCCC,Three,\n", CLUBS) == [
        (2, "has 1 columns where the heading has 2"),
        (3, "has 3 columns where the heading has 2"),
    ]


def test_blank_rows_are_neither_taken_nor_refused() -> None:
    found = rows("code,name\n,\n\nAAA,One\n , \n", CLUBS)
    assert [(type(row), row.line) for row in found] == [(RowSaid, 4)]


def test_a_date_is_read_as_the_mapping_says_and_another_refuses_the_row() -> None:
    said = record(NAMED + '\nopened: "{since}"', "dates: [DD/MM/YYYY, YYYYMMDD]\n")
    (one,) = statements("code,name,since\nAAA,One,01/04/2016\n", said)
    assert one.opened == "2016-04-01"
    assert reasons("code,name,since\nAAA,One,31/02/2016\nBBB,Two,May\n", said) == [
        (2, "records[0].opened: '2016-02-31' is not a date: there is no such day"),
        (3, "records[0].opened: 'May' is not a date like DD/MM/YYYY or YYYYMMDD"),
    ]


def test_words_are_translated_and_an_unknown_one_refuses_the_row() -> None:
    said = record(NAMED + '\nstatus: {of: "{s}", words: {Running: open, ended: closed, unclear: null}}')
    found = statements("code,name,s\nAAA,One,running\nBBB,Two,ENDED\nCCC,Three,unclear\nDDD,Four,\n", said)
    assert [one.status for one in found] == ["open", "closed", None, None]
    assert reasons("code,name,s\nAAA,One,new\n", said) == [
        (2, "records[0].status: 'new' is not among the words that the mapping knows (running, ended, unclear)")
    ]


def test_words_may_say_what_any_other_means() -> None:
    (one,) = statements("code,name,s\nAAA,One,new\n", record(
        NAMED + '\nstatus: {of: "{s}", words: {ended: closed}, others: null}'
    ))  # fmt: skip
    assert one.status is None


def test_a_word_from_a_column_is_checked_against_the_vocabulary() -> None:
    said = record(NAMED + '\ntype: "{t}"')
    assert statements("code,name,t\nAAA,One,nhs-trust\n", said)[0].type == "nhs-trust"
    ((line, reason),) = reasons("code,name,t\nAAA,One,nhs-trsut\n", said)
    assert (line, reason.partition("?")[0]) == (
        2, "records[0].type: unknown organisation type 'nhs-trsut', did you mean 'nhs-trust'",
    )  # fmt: skip


def test_the_first_choice_that_says_something_counts() -> None:
    said = CLUBS.replace('"ods:{code}"', '["ods:{code|code}", "org:{name|slug}"]')
    found = statements("code,name\nAAA,One\n?!,Two Clubs\n,Three\n", said)
    assert [one.key for one in found] == ["ods:AAA", "org:two-clubs", "org:three"]


def test_conditions_decide_what_is_said() -> None:
    said = record(
        NAMED + "\ntype:\n"
        "  - {of: nhs-trust, when: {name: {ends: [NHS Trust]}}}\n"
        "  - {of: charity, when: {kind: [a, B]}, unless: {name: {starts: The}}}\n"
        "  - {of: company, when: {kind: true, name: {has: Ltd}}}\n"
        "  - {of: university, when: {kind: false}}"
    )
    text = "code,name,kind\nA1,One nhs trust,x\nA2,Two,b\nA3,The Three,a\nA4,The Four Ltd,A\nA5,Five,\n"
    assert [one.type for one in statements(text, said)] == ["nhs-trust", "charity", None, "company", "university"]


def test_each_makes_one_of_every_part_of_a_text() -> None:
    said = record(NAMED + '\nlinks:\n  - {each: {of: "{in}", split: [;, " and "]}, type: part-of, to: "ods:{item}"}')
    (one,) = statements("code,name,in\nAAA,One,B1; B2 and B3;\n", said)
    assert [link.other.key for link in one.links] == ["ods:B1", "ods:B2", "ods:B3"]


def test_each_makes_a_record_of_every_item_of_a_list() -> None:
    said = CLUBS + (
        '  - kind: organisation\n    each: before\n    key: "ods:{item.code}"\n'
        '    links:\n      - {type: succeeded-by, to: "ods:{code}", start: "{item.on}"}\n'
    )
    text = '[{"code": "AAA", "name": "One", "before": [{"code": "B1", "on": "2016"}, {"code": "B2"}]}]'
    found = statements(text, said, "t.json")
    assert [one.key for one in found] == ["ods:AAA", "ods:B1", "ods:B2"]
    assert [link.start for one in found[1:] for link in one.links] == ["2016", None]


def test_a_text_of_another_row_can_be_told_from_one_of_this_row() -> None:
    said = CLUBS + '    names:\n      - {each: all, name: "{item}", unless: {item: {elsewhere: name}}}\n'
    text = (
        '[{"code": "AAA", "name": "The One’s", "all": ["The One’s", "O"]},'
        ' {"code": "BBB", "name": "Two", "all": ["one\'s", "Two"]}]'
    )
    first, second = statements(text, said, "t.json")
    assert [name.name for name in first.names] == ["The One’s", "O"]
    assert [name.name for name in second.names] == ["Two"]


def test_a_refusal_gives_its_reason() -> None:
    said = record(NAMED, "refuse:\n  - {when: {kind: test}, reason: only for testing}\n")
    assert reasons("code,name,kind\nAAA,One,test\nBBB,Two,\n", said) == [(2, "only for testing")]


def test_a_link_to_itself_refuses_the_row() -> None:
    said = record('links:\n  - {type: succeeded-by, to: "ods:{new}"}')
    assert reasons("code,new\nAAA,AAA\nAAA,BBB\n", said) == [(2, "links[0].to: ties the record to itself")]


def test_a_code_that_makes_no_key_refuses_the_row() -> None:
    ((line, reason),) = reasons("code,name\nA A,One\n", CLUBS)
    assert (line, reason.partition(":")[0]) == (2, "records[0].key")


def test_evidence_is_the_row_unless_the_mapping_says_more() -> None:
    said = record(NAMED + '\nfacts:\n  - {property: place, text: x, evidence: [{basis: inferred, note: "by {name}"}]}')
    (one,) = statements("code,name\nAAA,One\n", said)
    assert one.cites == ()
    assert one.facts[0].cites == (Cite("file:m", "line 2", basis="inferred", note="by One"),)


def test_a_number_in_a_fact_is_a_number_and_a_code_is_not() -> None:
    said = record(NAMED + '\nfacts:\n  - {property: population-served, value: "{n}"}')
    found = statements("code,name,n\nAAA,One,250\nBBB,Two,1.5\nCCC,Three,007\n", said)
    assert [one.facts[0].value for one in found] == [250, 1.5, "007"]


def test_a_spelling_that_is_no_different_is_left_out() -> None:
    said = record('name: "{name|readable}"\nverbatim: "{name}"')
    first, second = statements("code,name\nAAA,ONE TRUST\nBBB,Two\n", said)
    assert first.names == (NameSaid("One Trust", verbatim="ONE TRUST"),)
    assert second.names == (NameSaid("Two"),)


def test_words_of_its_own_come_with_the_mapping() -> None:
    said = record(
        NAMED + '\nfacts:\n  - {property: pets, text: "{name}"}',
        "vocabulary:\n  properties:\n    - {name: pets, definition: Animals kept., source: a test}\n",
    )
    found = reading("code,name\nAAA,One\n", said)
    assert [term.name for term in found.terms] == ["pets"]
    assert all(isinstance(row, RowSaid) for row in found.rows)


def test_a_row_cannot_make_records_without_end() -> None:
    said = CLUBS + '    names: [{each: {of: "{name}", split: ","}, name: "{item}"}]\n'
    ((line, reason),) = reasons('code,name\nAAA,"' + "x," * 11_000 + '"\n', said)
    assert (line, reason) == (2, "makes more than 10,000 records, names and links")


def test_a_body_that_a_link_names_without_a_code_is_said_to_be_known_by_its_name() -> None:
    body = 'name: "{name}"\nlinks: [{type: commissioned-by, to: "org:{by|slug}", name: "{by}"}]'
    first, second = statements("code,name,by\nAAA,One,Hill ICB\n", record(body))
    assert (first.key, first.by_name) == ("ods:AAA", False)
    assert (second.key, second.by_name, second.partial) == ("org:hill-icb", True, True)
    assert [(name.name, name.kind) for name in second.names] == [("Hill ICB", "as-written")]


def test_a_key_that_is_no_name_is_not_taken_for_one() -> None:
    mapping = 'format: interlock-map/1\nrecords:\n  - {kind: organisation, key: "org:{code|lower}", name: "{name}"}\n'
    assert [one.by_name for one in statements("code,name\nA1,One\nThree,Three\n", mapping)] == [False, True]
