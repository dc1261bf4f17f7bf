"""Refused rows: the first of each kind of reason are kept, and none is left uncounted."""

from __future__ import annotations

from db.refusals import KEPT, Refusals, kind_of, reasons
from db.reports import Reject


def _refused(*told: str, room: int = 50_000) -> Refusals:
    refused = Refusals(room)
    for line, reason in enumerate(told, 1):
        refused.add(Reject("file:a", line, reason, None))
    return refused


def test_reasons_that_differ_in_the_values_they_name_are_one_kind() -> None:
    assert kind_of("A99901 is on line 17 already") == kind_of("RLQ is on line 4 already") == "… is on line … already"
    assert kind_of("'St Mary's' is no number") == kind_of("'n/a' is no number") == "… is no number"
    assert kind_of("records[0].facts[12].value: is empty") == kind_of("records[1].facts[3].value: is empty")
    assert kind_of("has no code") != kind_of("has no name")


def test_the_first_thousand_of_each_kind_are_kept_and_all_are_counted() -> None:
    many = [f"A{number} has no name" for number in range(KEPT + 500)]
    refused = _refused("has no code", *many, "has no code")
    assert refused.count == KEPT + 502
    assert [row.line for row in refused.kept] == [*range(1, KEPT + 2), KEPT + 502]
    assert reasons(refused.kept) == [("… has no name", KEPT), ("has no code", 2)]


def test_no_file_has_so_many_reasons_that_they_are_kept_without_end() -> None:
    words = ["".join(chr(ord("a") + number // 26**place % 26) for place in range(4)) for number in range(20_000)]
    assert len(_refused(*words).kept) < KEPT + 200
    assert len(_refused("a", "b", *["b"] * 9, "c", room=3).kept) == 4
