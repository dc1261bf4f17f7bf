"""Names in capitals are shown in readable case, and nothing about them changes but the case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.readable_case import readable, usage

NAMES = {
    "FELL INTEGRATED CARE (FIC) PCN": "Fell Integrated Care (FIC) PCN",
    "WEST OF DALE (WOD) PCN (DALE)": "West of Dale (WOD) PCN (Dale)",
    "MPA PCN": "MPA PCN",
    "MOORLAND AND DALES NHS FOUNDATION TRUST": "Moorland and Dales NHS Foundation Trust",
    "THE SURGERY": "The Surgery",
    "DR PW DALE'S PRACTICE": "Dr PW Dale's Practice",
    "DR A DALE": "Dr A Dale",
    "DR NG & PARTNERS": "Dr Ng & Partners",
    "DR LI": "Dr Li",
    "DR MA & PARTNERS": "Dr Ma & Partners",
    "DR MA DALE": "Dr MA Dale",
    "PATEL DA": "Patel DA",
    "DALE DRS ON CALL": "Dale Drs on Call",
    "DRS DALE, FELL & BECK": "Drs Dale, Fell & Beck",
    "KING'S AND QUEENS' HOSPITAL": "King's and Queens' Hospital",
    "O'DALE AND MCFELL": "O'Dale and McFell",
    "ST.ANNE'S, ST ANNE": "St.Anne's, St Anne",
    "STOKE-ON-TRENT": "Stoke-on-Trent",
    "WELLS-NEXT-THE-SEA": "Wells-next-the-Sea",
    "NEWCASTLE-UNDER-LYME": "Newcastle-under-Lyme",
    "DALE WALK-IN CENTRE": "Dale Walk-in Centre",
    "2ND FLOOR, 1W09": "2nd Floor, 1W09",
    "FELLS - THE GP HUB (THE OLD MILL)": "Fells - The GP Hub (The Old Mill)",
    "HMP/YOI FELL": "HMP/YOI Fell",
    "C/O NHS ENGLAND": "c/o NHS England",
    "DALE A&E": "Dale A&E",
    "A.B. DALE LTD": "A.B. Dale Ltd",
    "NHS FELL ICB - 98Z": "NHS Fell ICB - 98Z",
    "HENRY VIII WARD": "Henry VIII Ward",
    "MEDICAL CTR, MILL RD": "Medical Ctr, Mill Rd",
    "HED, HORN & WITH LOC TEAM": "Hed, Horn & With Loc Team",
    "FELL & THE DALES, BY & FOR ALL": "Fell & the Dales, by & for All",
    "DALE PARTNERSHIP (AWC)": "Dale Partnership (AWC)",
    "JONES IN": "Jones IN",
    "LAMA LA": "Lama LA",
    "DALE WALK IN": "Dale Walk in",
    "LLANFAIR, YNYS MÔN": "Llanfair, Ynys Môn",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_capitals_reads_as_people_write_it(name: str) -> None:
    assert readable(name) == NAMES[name]


LEFT = [
    "Beck Surgery", "NHS Fell iCB", "BMI The Fell Hospital", "Dale - And More", "Friends Of", "Pharmacy On-Line",
    "SECAmb, NAViGO and UHFell", "GPs and ICBs", "Yorkshire and The Humber", "McDale de la Fell", "", "12-14", "(&)",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_has_small_letters_or_no_letters_is_left_alone(name: str) -> None:
    assert readable(name) == name


SLIPS = {
    "Dale And Fell NHS Foundation TRust": "Dale and Fell NHS Foundation Trust",
    "Dale Upon Fell": "Dale upon Fell",
    "University Hospitals Of Dale": "University Hospitals of Dale",
    "Dale Gp Group Cic (Nhs Beds)": "Dale GP Group CIC (NHS Beds)",
    "Care For 'All'": "Care for 'All'",
    "Dale Walk-In Centre": "Dale Walk-in Centre",
}


@pytest.mark.parametrize("name", SLIPS)
def test_plain_slips_in_small_letters_are_mended(name: str) -> None:
    assert readable(name) == SLIPS[name]


@given(st.lists(st.sampled_from(["Dale", *SLIPS, *LEFT, "And", "Of", "TRust", "Gp", "-", "(", "x"])))
def test_what_was_mended_stays_as_it_is(parts: list[str]) -> None:
    once = readable(" ".join(parts))
    assert readable(once) == once or once.isupper()


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_only_the_case_of_letters_ever_changes(text: str) -> None:
    assert readable(text).casefold() == text.casefold()


@given(st.lists(st.sampled_from(["DR", "ST", "MCFELL", "O'DALE", "AND", "NHS", "-", "'", "(", "1ST", "A&E", "X"])))
def test_readable_text_stays_as_it_is(words: list[str]) -> None:
    once = readable(" ".join(words))
    assert readable(once) == once or once.isupper()


def test_the_data_changes_no_letters() -> None:
    assert all(written.upper() == word for word, written in usage().fixed.items())


def test_real_names_keep_their_letters(shared: Path) -> None:
    path = shared / "data/ods-csv/etr-2025-07.csv"
    if not path.exists():
        pytest.skip("etr-2025-07.csv is not among the shared files")
    with path.open(newline="", encoding="utf-8") as stream:
        names = [row[1] for row in csv.reader(stream)]
    shown = [readable(name) for name in names]
    assert [name.upper() for name in shown] == names
    assert all("NHS" in name and "Trust" in name for name in shown)
