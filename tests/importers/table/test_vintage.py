"""Dates are read as a mapping says they are written, and never otherwise."""

from __future__ import annotations

import pytest

from importers.table.language.date_patterns import compiled, reader

READ = {
    "YYYYMMDD": ("20160401", "2016-04-01"),
    "DD/MM/YYYY": ("01/04/2016", "2016-04-01"),
    "D/M/YYYY": ("1/4/2016", "2016-04-01"),
    "D Month YYYY": ("1st April 2016", "2016-04-01"),
    "DD-Mon-YYYY": ("01-APR-2016", "2016-04-01"),
    "Month YYYY": ("april 2016", "2016-04"),
    "MM.YYYY": ("04.2016", "2016-04"),
    "YYYY": ("2016", "2016"),
    "YYYY-MM-DD hh:mm:ss": ("2016-04-01 23:59:59", "2016-04-01"),
    "(YYYY)": ("(2016)", "2016"),
}


@pytest.mark.parametrize("pattern", READ)
def test_a_date_of_the_pattern_is_read(pattern: str) -> None:
    text, wanted = READ[pattern]
    assert reader([pattern])(text) == wanted


def test_a_date_of_the_register_is_read_whatever_the_pattern() -> None:
    assert reader(["DD/MM/YYYY"])("2016-04") == "2016-04"


@pytest.mark.parametrize("text", ["20160431", "2016/04/01", "20161301", "", "x", "Mayo 2016"])
def test_what_is_no_date_of_the_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|is no month"):
        reader(["YYYYMMDD", "Month YYYY"])(text)


@pytest.mark.parametrize("pattern", ["", "DD", "YYYY-DD", "YYYY YYYY", "MM Month YYYY", "yyyy"])
def test_a_pattern_that_makes_no_date_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"no pattern of a date|twice"):
        compiled(pattern)
