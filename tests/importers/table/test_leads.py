"""A cell that names a lead names a person only where it is plainly one."""

from __future__ import annotations

import pytest

from importers.table.language.leads import NamedPerson, one_person, people_in, rest_of_lead, vacancy

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


SEVERAL = {
    "Sir Ben Sample and Dr Ann Example OBE": (("Sir Ben Sample", None), ("Dr Ann Example OBE", None)),
    "Ann Example (chair), Ben Sample": (("Ann Example", "chair"), ("Ben Sample", None)),
    "Ann Example; Ben Sample, Bea Berg & L. van der Berg": (
        ("Ann Example", None), ("Ben Sample", None), ("Bea Berg", None), ("L. van der Berg", None),
    ),
    "Ann Example, Executive Chair Ben Sample, Chief Executive, Hill NHS Trust Bea Berg, Programme Director": (
        ("Ann Example", "Executive Chair"),
        ("Ben Sample", "Chief Executive, Hill NHS Trust"),
        ("Bea Berg", "Programme Director"),
    ),
    "Ann Example (Chief Executive of the Hill Authority (HA) Ben Sample, Chief Officer, Hill Partnership": (
        ("Ann Example", "Chief Executive of the Hill Authority (HA)"),
        ("Ben Sample", "Chief Officer, Hill Partnership"),
    ),
    "Ann Example, Chief Executive of Hill Trust and Ben Sample, Chief Executive of Dale Trust": (
        ("Ann Example", "Chief Executive of Hill Trust"), ("Ben Sample", "Chief Executive of Dale Trust"),
    ),
    "Ann Example, Chair, Upper AHSN Hill ICS: Ben Sample (Chair, Hill CCG)": (
        ("Ann Example", "Chair, Upper AHSN"), ("Ben Sample", "Hill ICS: Chair, Hill CCG"),
    ),
    "agreed in 2022; Ann Example and Ben Sample in September 2024": (
        ("Ann Example", None), ("Ben Sample", "in September 2024"),
    ),
    "Ann Example / vacant": (("Ann Example", None),),
    "Ann Example, Chief Executive, Hill NHS Trust and Dale NHS Trust": (
        ("Ann Example", "Chief Executive, Hill NHS Trust and Dale NHS Trust"),
    ),
    "Ann Example (Chair, Ealing, West Hill and North Dale Groups)": (
        ("Ann Example", "Chair, Ealing, West Hill and North Dale Groups"),
    ),
    "one board; joint chair Sir Ben Sample from 2025, chief executive Ann Example": (
        ("Sir Ben Sample", "joint chair from 2025"), ("Ann Example", "chief executive"),
    ),
    "one senior team; Hill Council; North Region, Wave 2": (),
}  # fmt: skip


@pytest.mark.parametrize("text", SEVERAL)
def test_everyone_whom_a_cell_names_is_a_person_with_what_it_says_of_that_one(text: str) -> None:
    assert tuple((one.name, one.post) for one in people_in(text)) == SEVERAL[text]


def test_who_came_after_is_told_of_those_before() -> None:
    assert people_in("Ann Example, then Ben Sample as interim, then Bea Berg from January 2025") == (
        NamedPerson("Ann Example", None, True),
        NamedPerson("Ben Sample", "as interim", True),
        NamedPerson("Bea Berg", "from January 2025", False),
    )
    assert people_in("Ann Example appointed 19 May 2023; Ben Sample interim for both in October 2025") == (
        NamedPerson("Ann Example", "appointed 19 May 2023", True),
        NamedPerson("Ben Sample", "interim for both in October 2025", False),
    )


def test_what_is_told_of_something_else_goes_with_nobody() -> None:
    assert people_in("Ann Example; each trust keeps its own board") == (NamedPerson("Ann Example", None),)
    assert people_in("Ann Example; still so in autumn 2025") == (NamedPerson("Ann Example", "still so in autumn 2025"),)


@pytest.mark.parametrize("text", ["tbc", "TBC (interim arrangements)", "Vacant", "To be confirmed", "Ann Example; tba"])
def test_a_post_that_nobody_holds_is_a_vacancy(text: str) -> None:
    assert vacancy(text) == text
    assert not people_in(text) or "Ann" in text


@pytest.mark.parametrize("text", ["Ann Example (interim)", "Independent Chair", "", "Nonesuch Trust"])
def test_what_does_not_say_that_nobody_holds_it_is_none(text: str) -> None:
    assert vacancy(text) is None
