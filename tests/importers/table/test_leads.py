"""A cell that names a lead names a person only where it is plainly one."""

from __future__ import annotations

import pytest

from importers.table.language.leads import one_person, rest_of_lead

ONE = {
    "Dr Ann Example OBE (Chief Officer, Riverside CCG)": ("Dr Ann Example OBE", "Chief Officer, Riverside CCG"),
    "Ann Example, Chair": ("Ann Example", "Chair"),
    "Ann Example, Chief Officer (interim)": ("Ann Example", "Chief Officer (interim)"),
    "Ann Example": ("Ann Example", None),
    "Sir Ben O'Brien-Smith, Chief Executive, Hill and Dale NHS Trust": (
        "Sir Ben O'Brien-Smith", "Chief Executive, Hill and Dale NHS Trust",
    ),
    "Ann Example, Corporate Director, Adult Care & Deputy Chief Executive, Hill Council": (
        "Ann Example", "Corporate Director, Adult Care & Deputy Chief Executive, Hill Council",
    ),
    "Ann Example (Accountable Officer, Hill, Dale and Vale Groups (HDVs))": (
        "Ann Example", "Accountable Officer, Hill, Dale and Vale Groups (HDVs)",
    ),
    "Ludwig van der Berg (Hill CCG?)": ("Ludwig van der Berg", "Hill CCG?"),
    "Élodie Müller, Chair": ("Élodie Müller", "Chair"),
}  # fmt: skip

NOBODY_OR_SEVERAL = (
    "tbc",
    "TBC (interim arrangements)",
    "",
    "Vacant post",
    "Independent Chair",
    "Chief Executive, Hill Trust",
    "Hill Partnership Board",
    "Ann Example, Executive Chair Ben Sample, Chief Executive, Hill Trust",
    "Ann Example (Chief Executive of the Hill Authority (HA) Ben Sample, Chief Officer, Hill Partnership",
    "Ann Example (Chair, Hill CCG) / Ms Bea Sample, lead for Dale",
    "Ann Example, Chief Executive of Hill Trust and Ben Sample, Chief Executive of Dale Trust",
    "Ann Example; Ben Sample",
    "Hill ICS: Ann Example (Chair)",
    "Ann and Ben Example",
    "Ann",
    "a b",
    "Ann Example 2",
    "Ann Example, " + "x" * 500,
)


@pytest.mark.parametrize("text", ONE)
def test_one_person_is_a_name_and_what_is_said_beside_it(text: str) -> None:
    assert (one_person(text), rest_of_lead(text)) == ONE[text]


@pytest.mark.parametrize("text", NOBODY_OR_SEVERAL)
def test_nobody_and_several_people_are_no_person(text: str) -> None:
    assert (one_person(text), rest_of_lead(text)) == (None, None)
