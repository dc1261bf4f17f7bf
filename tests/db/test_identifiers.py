"""An identifier is written in one way, whatever was made of it on its way, and refused where it cannot be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import identifiers, keys

WRITTEN = {
    "ods": {"RLQ": "RLQ", "rlq": "RLQ", " RLQ ": "RLQ", "RLQ\u200b": "RLQ", "\ufeffRLQ": "RLQ", "ＲＬＱ": "RLQ",
            "R\u00adLQ": "RLQ", "001": "001", "00C": "00C", "5E1": "5E1", "60310": "60310", "RCKFC": "RCKFC",
            "G6V2S": "G6V2S", "D82044005": "D82044005"},
    "gss": {"e06000001": "E06000001", "Ｅ06000001": "E06000001", "S12000005": "S12000005"},
    "gb-coh": {"9506232": "09506232", "09506232": "09506232", "sc 123456": "SC123456", "SC1234": "SC001234",
               "R1234567": "R1234567", "IP12345R": "IP12345R"},
    "gb-chc": {"0201234": "201234", "201234": "201234", "1160024": "1160024", "SC 009481": "SC009481",
               "1160024-01": "1160024-1"},
    "uprn": {"100023336956": "100023336956"},
    "urn": {"100000": "100000"},
    "other": {"as it is ": "as it is ", "ＲＬＱ": "ＲＬＱ"},
}  # fmt: skip

REFUSED = {
    "ods": ["2016-05-01", "01/05/2016", "5.00E+01", "5E+10", "TRUE", "false", "Total", "50", "2016", "20160501", "R-2",
            "R LQ", "X", "#N/A", "n/a", "RLQ é", "x" * 13, "", "\u200b", "É12", "١٢٣"],
    "gss": ["E0600001", "E060000012", "X06000001", "06000001E", "E0600000１2"],
    "gb-coh": ["2016-05-01", "123456789", "ABC12345", "9.5E+06", "SC", ""],
    "gb-chc": ["1.16E+06", "123", "12345678", "00000", "1160024-", "SC"],
    "uprn": ["1.00023E+11", "1234567890123", "000", "E123"],
    "urn": ["1", "1234567", "abcdef"],
}  # fmt: skip


@pytest.mark.parametrize(("scheme", "text"), [(one, text) for one, texts in WRITTEN.items() for text in texts])
def test_an_identifier_is_written_in_one_way(scheme: str, text: str) -> None:
    assert identifiers.normalised(scheme, text) == WRITTEN[scheme][text]
    assert identifiers.normalised(scheme.upper(), text) == WRITTEN[scheme][text]


@pytest.mark.parametrize(("scheme", "text"), [(one, text) for one, texts in REFUSED.items() for text in texts])
def test_what_cannot_be_an_identifier_is_refused_with_the_reason(scheme: str, text: str) -> None:
    with pytest.raises(ValueError, match=r" is (no|a word and no) "):
        identifiers.normalised(scheme, text)
    assert not identifiers.is_one(scheme, text)


def test_the_reason_says_what_a_spreadsheet_may_have_done() -> None:
    with pytest.raises(ValueError, match=r"^'2016-05-01' is no ODS code but a date; a spreadsheet"):
        identifiers.normalised("ods", "2016-05-01")
    with pytest.raises(ValueError, match=r"^'5\.00E\+01' is no ODS code but a number; a spreadsheet"):
        identifiers.normalised("ods", "5.00E+01")
    with pytest.raises(ValueError, match=r"^'Total' is a word and no ODS code"):
        identifiers.normalised("ods", "Total")


def test_a_key_has_the_form_of_its_identifier() -> None:
    assert keys.parse("ODS:ｒlq\u200b") == "ods:RLQ"
    assert keys.parse("gb-coh:9506232") == keys.parse("GB-COH:09506232")
    with pytest.raises(ValueError, match="'50' is no ODS code"):
        keys.parse("ods:50")
    assert keys.split("ods:total") == ("ods", "total"), "what an older register holds can still be asked for"


@given(st.sampled_from([*WRITTEN]), st.text(max_size=14) | st.from_regex(r"[A-Za-z0-9 -]{1,12}", fullmatch=True))
def test_what_is_written_is_written_so_again(scheme: str, text: str) -> None:
    once = identifiers.written(scheme, text)
    assert identifiers.written(scheme, once) == once
    if identifiers.is_one(scheme, text):
        assert identifiers.normalised(scheme, once) == once
