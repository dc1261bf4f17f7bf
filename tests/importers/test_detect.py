"""The importer that is surest reads an input and says why; where none is, one line says what the input seems to be."""

from __future__ import annotations

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from db.errors import UsageError
from importers.detect import UnknownFormatError, describe, detect
from importers.registry import load
from tests.importers.things import Fake, given, registry


def test_the_surest_reads_it_and_says_why() -> None:
    choice = detect(given("x"), registry(Fake("a", 0.5), Fake("b", 0.9), Fake("c", 0.7)))
    assert (choice.importer.name, choice.guess.why) == ("b", "it is b")


def test_naming_a_format_overrides_what_it_looks_like() -> None:
    choice = detect(given("x"), registry(Fake("a", 0.1), Fake("b", 0.9)), as_name="a")
    assert (choice.importer.name, choice.guess.why) == ("a", "named with --as")


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown format 'ods': did you mean 'ods-csv'"):
        detect(given("x"), registry(Fake("ods-csv"), Fake("records")), as_name="ods")


def test_two_that_are_equally_sure_are_a_question() -> None:
    with pytest.raises(UnknownFormatError, match=r"^thing\.csv: fits b and c equally well; choose with --as b$"):
        detect(given("x"), registry(Fake("a", 0.5), Fake("c", 0.9), Fake("b", 0.9)))


def test_the_question_of_the_surest_is_asked_and_naming_the_format_answers_it() -> None:
    asking = Fake("b", 0.9, question="is a list that may be x and y alike; name the file after its list")
    with pytest.raises(UnknownFormatError, match=r"^thing\.csv: is a list that may be x and y alike; name the file"):
        detect(given("x"), registry(Fake("a", 0.5), asking))
    assert detect(given("x"), registry(Fake("a", 0.5), asking), as_name="b").importer.name == "b"


def test_a_weak_guess_is_none() -> None:
    with pytest.raises(UnknownFormatError, match="no format recognises"):
        detect(given("some words"), registry(Fake("a", 0.1)))


@pytest.mark.parametrize(
    ("content", "is_table"),
    [
        (b"Alliance,Members\nHill,RXX\n", True),
        (b"Our alliances\n\nAlliance;Members\nHill;RXX\n", True),
        (b'{"alliances": []}', True),
        (b"some words", False),
        (b"%PDF-1.7, a file", False),
    ],
)
def test_of_what_may_be_a_table_it_is_told_how_to_draft_a_mapping(content: bytes, is_table: bool) -> None:
    with pytest.raises(UnknownFormatError) as told:
        detect(given(content), registry(Fake("a", 0.1)))
    assert ("interlock map FILE" in str(told.value)) is is_table
    assert "--as (a)" in str(told.value)


def test_one_that_fails_to_look_is_named_and_stops_nobody() -> None:
    choice = detect(given("x"), registry(Fake("bad", 2.0), Fake("good")))
    assert choice.importer.name == "good"
    assert choice.failures == ("bad of tests failed to look at it: RuntimeError: cannot look",)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is blank"),
        (b"%PDF-1.7 \x00", "is a PDF"),
        (b"PK\x03\x04", "is a zip archive"),
        (b"\x00\x01\x02", "is binary data"),
        (b'{"a": 1}', "is JSON"),
        (b"<?xml version='1.0'?><HSCOrgRefData/>", "is XML"),
        (b"Dear all,\nhere it is", "is plain text"),
        (b"one word", "is plain text"),
        (b"code,name\nR1Z,Moorland\n", "is a comma-separated table of 2 columns with a heading (code, name)"),
        (b"a\tb\tc\td\n", "is a tab-separated table of 4 columns with a heading (a, b, c…)"),
        (b"1;2\n3;4\n", "is a semicolon-separated table of 2 columns without a heading"),
        ("<html><title>Bitte\n warten</title>".encode("utf-16"), 'is an HTML page titled "Bitte warten"'),
        (b"<html><title>\x1b[31mred</title>", 'is an HTML page titled "?[31mred"'),
    ],
)
def test_an_input_that_nobody_reads_is_described(content: bytes, seen: str) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        detect(given(content), registry(Fake("records", word=b"format:")))
    assert seen in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_web_page_in_place_of_a_table_is_named_as_one() -> None:
    page = "<!-- saved --><!DOCTYPE html><html><title>Access denied</title>"
    with pytest.raises(UnknownFormatError) as caught:
        detect(given(page), registry(Fake("records", word=b"format:")))
    assert str(caught.value).startswith('thing.csv: is an HTML page titled "Access denied", not a csv;')


@generated(st.binary(max_size=300))
def test_any_bytes_are_described_in_one_line(data: bytes) -> None:
    assert describe(given(data).sample()).isprintable()


@generated(st.binary(max_size=300))
def test_our_importers_look_at_any_bytes_without_harm(data: bytes) -> None:
    for entry in load().installed:
        guess = entry.importer.sniff(given(data).sample())
        assert guess is None or 0 <= guess.score <= 1
