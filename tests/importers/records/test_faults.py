"""What is wrong in a file is said in one line: the file, the line, the key, and the nearest right word."""

from __future__ import annotations

import pytest

from db.errors import InputError
from tests.importers.records.files import HEADER, STORY, complaints, in_section, reading, rows

WRONG_RECORDS = """
[arrangements]
nam: A ⏎ key: arr:a
    3: nam: unknown key, did you mean 'name'?
name: A ⏎ Since: 2016
    4: Since: unknown key, did you mean 'opened'?
name: A ⏎ end-date: 2016
    4: end-date: unknown key, did you mean 'closed'?
name: A ⏎ members: [ods:RLQ]
    4: members: unknown key, did you mean 'participants'?
name: A ⏎ participants: [{body: ods:RLQ}]
    4: participants[0].body: unknown key, did you mean 'who'?
name: A ⏎ participants: [{who: ods:RLQ, since: 2024}]
    4: participants[0].since: unknown key, did you mean 'start'?
name: A ⏎ type: grupe-model
    4: type: unknown arrangement type 'grupe-model', did you mean 'group-model'?
name: A ⏎ type: Group Model
    4: type: unknown arrangement type 'Group Model', did you mean 'group-model'?
name: A ⏎ status: plannd
    4: status: unknown status 'plannd', did you mean 'planned'?
name: A ⏎ form: contrat
    4: form: unknown form 'contrat', did you mean 'contract'?
name: A ⏎ basis_status: maybe
    4: basis_status: unknown basis status 'maybe'; it may be inferred, stated, unknown
name: A ⏎ names: [{name: B, kind: acronim}]
    4: names[0].kind: unknown kind of name 'acronim', did you mean 'acronym'?
name: A ⏎ links: [{type: part-off, to: arr:b}]
    4: links[0].type: unknown link type 'part-off', did you mean 'part-of'?
name: A ⏎ facts: [{property: expected-saving, value: 1}]
    4: facts[0].property: unknown property 'expected-saving', did you mean 'expected-savings'?
name: A ⏎ events: [{kind: decision-du, text: x}]
    4: events[0].kind: unknown kind of event 'decision-du', did you mean 'decision-due'?
name: A ⏎ events: [{kind: decision-due}]
    4: events[0]: 'text' is missing
name: A ⏎ opened: last year
    4: opened: 'last year' is not a date: write 2016, 2016-07, 2016-07-08 or XXXX-07-08
name: A ⏎ opened: 2016-13
    4: opened: '2016-13' is not a date: there is no month 13
name: A ⏎ participants: [{who: nobody}]
    4: participants[0].who: 'nobody' is not a key: write scheme:value, such as ods:RLQ or arr:foundation-group
name: A ⏎ participants: [{role: member}]
    4: participants[0]: 'who' is missing
name: A ⏎ participants: {who: {a: b}}
    4: participants.who: a key is wanted here, not a mapping
name: [A]
    3: name: a text is wanted here
nmae: A
    3: nmae: unknown key, did you mean 'name'?
name: A ⏎ values: [{what: opend, value: 2016}]
    4: values[0].what: unknown detail 'opend', did you mean 'opened'?
name: A ⏎ values: [{what: opened, value: 2016-13}]
    4: values[0].value: '2016-13' is not a date: there is no month 13
name: A ⏎ values: [{what: status, value: opne, evidence: []}]
    4: values[0].value: unknown status 'opne', did you mean 'open'?
name: A ⏎ values: [{what: status, value: open, why: newest}]
    4: values[0].why: unknown rule 'newest', did you mean 'newer'?
name: A ⏎ participants: [{who: ods:RLQ, values: [{what: role, value: host}]}]
    4: participants[0].values[0].what: unknown detail 'role'; it may be end, legal_end, legal_start, start, status
name: A ⏎ links: [{type: part-of}]
    4: links[0]: wants either 'to' or 'from', the key of the record at the other end
name: A ⏎ links: [{type: part-of, to: arr:a}]
    4: links[0].to: ties the record to itself
name: A ⏎ links: [{type: holds-post-in, to: ods:RLQ}]
    4: links[0].type: 'holds-post-in' cannot start at a record of kind arrangement, only person
[people]
name: A B ⏎ posts: [{in: doc:x}]
    4: posts[0].in: doc:x: 'holds-post-in' cannot lead to a record of kind document, only organisation or arrangement
name: A B ⏎ posts: [{in: ods:X1, kind: site}]
    4: posts[0].in: ods:X1: 'holds-post-in' cannot lead to a record of kind site, only organisation or arrangement
name: A B ⏎ participants: []
    4: participants: only for records of kind arrangement, and this is of kind person
name: A B ⏎ type: boss
    4: type: unknown type of person 'boss'; a word of your own goes into `vocabulary: person_types:`
name: A B ⏎ same_person: yes
    4: same_person: 'yes' is neither true nor false
name: 李明
    3: name: has no letters that a key could be made of; give the record a key
posts: []
    3: the record has neither a key nor a name
key: person ⏎ name: A B
    3: key: 'person' is not a key: write scheme:value, such as ods:RLQ or arr:foundation-group
[organisations]
key: person:a ⏎ name: A B
    3: key: 'person:' is for keys of kind person, and this is a record of kind organisation
key: file:a ⏎ name: A B
    3: key: 'file:' is for imported files, and this is a record of kind organisation
name: A ⏎ kind: site
    4: kind: is site, but the record stands in the list for kind organisation
name: A ⏎ evidence: p1
    4: evidence: names no source, and the file has no `cites` for it to mean
name: A ⏎ evidence: {source: doc:a, basis: state}
    4: evidence.basis: unknown basis of evidence 'state', did you mean 'stated'?
name: A ⏎ evidence: {source: doc:a, confidence: 80}
    4: evidence.confidence: '80' is not a number from 0 to 1
name: A ⏎ facts: [{property: expected-savings}]
    4: facts[0]: says nothing: it needs a value, a text or both
name: A ⏎ facts: [{property: expected-savings, value: 99999999999999999999}]
    4: facts[0].value: the number is too large; write it in quotes, as a text
name: A ⏎ names: ['']
    4: names[0]: is empty
name: A ⏎ address: Hereford
    4: address: a mapping is wanted here, with keys such as lines, town, county
key: ods:A1 ⏎ verbatim: A
    4: verbatim: is the spelling of a name, and the record gives none
just a text
    3: a record is wanted here: a mapping with a key or a name
[documents]
name: A ⏎ title: B
    4: title: means the same as 'name'; leave one of them out
title: A ⏎ publishr: B
    4: publishr: unknown key, did you mean 'publisher'?
[sites]
name: A ⏎ publisher: B
    4: publisher: only for records of kind document, and this is of kind site
"""
"""Entries, each with what is said of it on the line below; ⏎ stands for a new line."""

WRONG_FILES = """
a: 1
    1: is no records file: `format: interlock-records/1` is missing
fromat: interlock-records/1
    1: is no records file: `format: interlock-records/1` is missing (it has 'fromat')
format: interlock-records/2
    1: format: is 'interlock-records/2', and this version reads interlock-records/1
format: x
    1: format: is 'x', not interlock-records/1
- a
    1: a mapping is wanted at the top, that starts with `format: interlock-records/1`
HEADER ⏎ organizations: []
    2: organizations: unknown key, did you mean 'organisations'?
HEADER ⏎ organisations: {a: b}
    2: organisations: a list is wanted here: start each entry with '- '
HEADER ⏎ complete: maybe
    2: complete: 'maybe' is neither true nor false
HEADER ⏎ published: soon
    2: published: 'soon' is not a date: write 2016, 2016-07, 2016-07-08 or XXXX-07-08
HEADER ⏎ id: two words
    2: id: 'two words' may hold letters, digits, '.', '_' and '-' only
HEADER ⏎ cites: announcement
    2: cites: 'announcement' is not a key: write scheme:value, such as ods:RLQ or arr:foundation-group
HEADER ⏎ sources: [{key: file:a}]
    2: sources[0]: 'title' is missing
HEADER ⏎ vocabulary: {role: []}
    2: vocabulary.role: unknown vocabulary, did you mean 'roles'?
HEADER ⏎ vocabulary: {roles: [{name: x}]}
    2: vocabulary.roles[0]: 'definition' is missing
HEADER ⏎ vocabulary: []
    2: vocabulary: a mapping is wanted here, with keys such as roles and link_types
HEADER ⏎ vocabulary: ⏎   link_types: [{name: x, forward: a, reverse: b, definition: d, source: s, owner: me}]
    3: vocabulary.link_types[0].owner: 'me' is neither source nor target
HEADER ⏎ a: b: c
    2: is not YAML here: mapping values are not allowed in this context.
"""
"""Files, each with what is said of it on the line below."""


def cases(table: str) -> list[tuple[str, str, str]]:
    """Return section, text and complaint of each case of a table."""
    found: list[tuple[str, str, str]] = []
    section, text = "", ""
    for line in table.strip().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.startswith("    "):
            found.append((section, text, line.strip()))
        else:
            text = line
    return found


def test_a_misspelled_role_names_the_nearest() -> None:
    text = STORY.replace("role: member, evidence", "role: hots, evidence")
    assert complaints(text) == ["story.yaml:22: participants[0].role: unknown role 'hots', did you mean 'host'?"]


def test_the_other_records_of_the_file_are_taken() -> None:
    assert len(rows(STORY.replace("status: planned", "status: plannd"))) == 4


@pytest.mark.parametrize(("section", "entry", "expected"), cases(WRONG_RECORDS))
def test_a_wrong_record_is_refused_with_place_and_remedy(section: str, entry: str, expected: str) -> None:
    assert complaints(in_section(section, *entry.split(" ⏎ "))) == [f"story.yaml:{expected}"]


def test_a_key_like_no_other_is_answered_with_all_and_a_name_for_a_key_with_where_that_is_told() -> None:
    (unknown,) = complaints(in_section("arrangements", "name: A", "links: [{type: part-of, to: arr:b, qqq: 1}]"))
    assert unknown.startswith("story.yaml:4: links[0].qqq: unknown key; it may be end, evidence, facts, from, kind, ")
    (named,) = complaints(in_section("arrangements", "name: A", "participants: [Wye Valley NHS Trust]"))
    assert named.endswith("such as ods:RLQ or arr:foundation-group; `interlock find` tells the key of a name")


def test_two_records_of_one_key_name_the_first() -> None:
    text = HEADER + "people:\n  - name: Dr Ann Example\n  - {name: Bob Example}\n  - name: Ann Example\n"
    assert complaints(text) == ["story.yaml:5: key: person:ann-example is already on line 3; give each record its own"]


def test_a_kind_that_the_file_contradicts_is_refused() -> None:
    text = HEADER + (
        "sites: [{key: ods:S1, name: S}]\n"
        "people:\n"
        "  - {name: A B, posts: [{in: ods:S1}]}\n"
        "  - {name: C D, links: [{type: part-of, to: ods:S1, kind: person}]}\n"
    )
    assert complaints(text) == [
        "story.yaml:4: posts[0].in: ods:S1: 'holds-post-in' cannot lead to a record of kind site, "
        "only organisation or arrangement",
        "story.yaml:5: links[0].kind: is person, but ods:S1 is in this file as site",
    ]


@pytest.mark.parametrize(("_", "text", "expected"), cases(WRONG_FILES))
def test_a_file_that_is_none_is_refused_whole(_: str, text: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        reading(text.replace("HEADER ⏎ ", HEADER).replace(" ⏎ ", "\n"))
    assert str(caught.value) == f"story.yaml:{expected}"


def test_a_message_stays_short_and_on_one_line_whatever_the_file_holds() -> None:
    text = in_section("organisations", "name: A", 'type: "a\\n\\x1b[31m\\u202e' + "x" * 5000 + '"', '"\\n": 1')
    (complaint,) = complaints(text)
    assert complaint.isprintable()
    assert len(complaint) < 250
