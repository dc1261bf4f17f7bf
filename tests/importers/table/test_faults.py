"""A mapping that is wrong is refused before a row is read, with file, line, key and the nearest right word."""

from __future__ import annotations

import pytest

from db.errors import InputError
from tests.importers.table.made import CLUBS, mapping, reading, record

WRONG = {
    "no mapping": ("- a\n", "m.yaml:1: a mapping is wanted at the top"),
    "another format": ("format: interlock-records/1\n", "m.yaml:1: format: is 'interlock-records/1', not"),
    "no format": ("records: []\n", "m.yaml:1: format: is missing"),
    "not YAML": ("format: [", "m.yaml:"),
    "unknown key at the top": (CLUBS + "delimeter: tab\n", "m.yaml:7: delimeter: unknown key, did you mean"),
    "no records": ("format: interlock-map/1\n", "m.yaml:1: records: is missing"),
    "empty records": ("format: interlock-map/1\nrecords: []\n", "m.yaml:2: records: is empty"),
    "unknown kind": (CLUBS.replace("organisation", "organization"), "m.yaml:4: records[0].kind: unknown kind"),
    "no kind": (CLUBS.replace("kind: organisation", "status: open"), "records[0].kind: is missing"),
    "neither key nor name": (
        "format: interlock-map/1\nrecords:\n  - {kind: person, summary: '{a}'}\n",
        "m.yaml:3: records[0]: has neither a key nor a name",
    ),
    "unknown key": (record("nmae: x"), "m.yaml:5: records[0].nmae: unknown key, did you mean 'name'?"),
    "unknown filter": (record('name: "{n|upcase}"'), "m.yaml:5: records[0].name: unknown filter 'upcase'"),
    "filter that wants a text": (record('name: "{n|before}"'), "filter 'before' wants a text behind a colon"),
    "filter that wants none": (record('name: "{n|upper:x}"'), "filter 'upper' takes no text"),
    "open brace": (record('name: "{n"'), "m.yaml:5: records[0].name: a brace is opened and not closed"),
    "closed brace": (record('name: "n}"'), "a brace is closed and not opened"),
    "empty braces": (record('name: "{}"'), "a column is wanted between the braces"),
    "item outside each": (record('name: "{item}"'), "there is no `each` around it"),
    "unknown word": (record("status: opne"), "m.yaml:5: records[0].status: unknown status 'opne', did you mean"),
    "unknown word to translate to": (
        record('status: {of: "{s}", words: {a: opne}}'),
        "m.yaml:5: records[0].status.words.a: unknown status 'opne', did you mean 'open'?",
    ),
    "unknown word for all others": (
        record('status: {of: "{s}", others: opne}'), "records[0].status.others: unknown status 'opne'",
    ),
    "unknown key of a choice": (record('status: {off: "{s}"}'), "records[0].status.off: unknown key, did you"),
    "choice of nothing": (record("status: {words: {a: open}}"), "records[0].status.of: is missing"),
    "no date": (record("opened: 1st of May"), "records[0].opened: '1st of May' is not a date"),
    "no pattern": (record("", "dates: [dd/mm/yy]\n"), "dates: 'dd/mm/yy' is no pattern of a date"),
    "no pattern in a choice": (record('opened: {of: "{d}", dates: DD}'), "records[0].opened.dates: 'DD' is no pattern"),
    "no key": (CLUBS.replace('"ods:{code}"', "abc"), "records[0].key: 'abc' is not a key"),
    "missing part": (record("facts:\n  - {text: x}"), "records[0].facts[0]: 'property' is missing"),
    "link without an end": (record("links:\n  - {type: part-of}"), "records[0].links[0]: wants either 'to' or 'from'"),
    "link between two ends": (
        record("links:\n  - {type: part-of, to: 'a:b', from: 'a:c'}"), "wants either 'to' or 'from'",
    ),
    "unknown link": (record("links:\n  - {type: partof, to: 'a:{b}'}"), "link type 'partof', did you mean 'part-of'?"),
    "link of a wrong kind": (
        record("links:\n  - {type: holds-post-in, to: 'a:{b}'}"),
        "records[0].links[0].type: 'holds-post-in' cannot start at a record of kind organisation, only person",
    ),
    "link of a type from a column": (record("links:\n  - {type: '{t}', to: 'a:{b}'}"), "must be one word"),
    "participants of an organisation": (
        record("participants: ['a:{b}']"), "only for records of kind arrangement, and this is of kind organisation",
    ),
    "unknown condition": (
        record("unless: {code: {stars: A}}"), "records[0].unless.code.stars: unknown key, did you mean 'starts'?",
    ),
    "condition of nothing": (record("when: {code: {}}"), "records[0].when.code: wants one of starts, ends"),
    "condition on null": (record("when: {code: null}"), "true stands for filled and false for empty"),
    "capitals that are neither": (record("when: {code: {capitals: no}}"), "capitals: is neither true nor false"),
    "item elsewhere": (record("when: {code: {elsewhere: item}}"), "code.elsewhere: 'item' is what `each` is at"),
    "item filled down": (record("", "fill_down: [item]\n"), "fill_down: 'item' is what `each` is at"),
    "conditions in a list": (record("when: [a]"), "records[0].when: a mapping is wanted here, from columns"),
    "split without a mark": (record("names: [{each: {of: '{a}'}, name: '{item}'}]"), "wants 'of'"),
    "unknown encoding": (record("", "encoding: rot13\n"), "encoding: 'rot13' is not known"),
    "long delimiter": (record("", "delimiter: ab\n"), "delimiter: 'ab' is not one mark"),
    "a full list of nothing": (record("", "full: true\n"), "full: says that editions list all there are"),
    "no id": (record("", "id: A/B\n"), "id: 'A/B' may hold small letters"),
    "header that is no line": (record("", "header: top\n"), "header: 'top' is neither the number of a line"),
    "no header and no columns": (record("", "header: none\n"), "`columns` has to list the names of all columns"),
    "tables and records": (record("", "tables: []\n"), "records: belongs into one of the `tables`"),
    "refusal without a reason": (record("", "refuse: [{when: {a: true}}]\n"), "refuse[0]: wants `reason`"),
    "refusal that is no mapping": (record("", "refuse: [a]\n"), "refuse[0]: a mapping with `when` or `unless`"),
    "no columns at all": (
        "format: interlock-map/1\nrecords:\n  - {kind: organisation, name: Same}\n", "names no column",
    ),
    "unknown vocabulary": (record("", "vocabulary: {rolls: []}\n"), "vocabulary.rolls: unknown vocabulary, did"),
    "another date of publication": (record("", "published: soon\n"), "published: 'soon' is not a date"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mapping_names_the_line_the_key_and_what_is_wanted(name: str) -> None:
    text, said = WRONG[name]
    with pytest.raises(InputError) as caught:
        mapping(text)
    assert str(caught.value).startswith("m.yaml:")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_column_that_the_file_lacks_is_told_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(InputError) as caught:
        reading("Code,Naem\nAAA,One\n", CLUBS)
    assert str(caught.value) == "m.yaml:6: column 'name' is not in table.csv; did you mean 'Naem'?"


def test_a_column_that_is_like_none_lists_what_there_is() -> None:
    with pytest.raises(InputError, match=r"m\.yaml:6: column 'name' is not in table\.csv; it has 'Code', 'Street'"):
        reading("Code,Street\nAAA,One\n", CLUBS)


def test_a_key_that_json_lacks_is_told_alike() -> None:
    with pytest.raises(InputError, match=r"m\.yaml:6: column 'name' is not in t\.json; did you mean 'named'\?"):
        reading('[{"code": "AAA", "named": "One"}]', CLUBS, "t.json")


def test_a_huge_mapping_is_refused() -> None:
    with pytest.raises(InputError, match="the most that a mapping may be"):
        mapping(CLUBS + "#" * 2_000_000)
