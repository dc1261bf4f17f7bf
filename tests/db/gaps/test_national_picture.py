"""The gaps of the built-in register are such as one would act on; each was worked out by hand from the files named."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from db.register import open_register
from db.reports import CLOSED_PARTICIPANT, LIKELY_TWIN, PAST_END, Gap
from tests.layers.ready_made import as_shipped


@pytest.fixture(scope="module")
def national(country: Path) -> tuple[Gap, ...]:
    """All gaps of the register as it is shipped."""
    with as_shipped(country), open_register(builtin=True) as register:
        return tuple(gap for gap in register.gaps() if not gap.usual)


def test_the_participations_that_dangle_after_april_2026_are_told_by_name(national: tuple[Gap, ...]) -> None:
    # By icbs.json twelve boards passed on on 1 April 2026, by trusts.json Bridgewater (RY2) and the Tavistock (RNK),
    # and North Bristol (RVJ) on 1 July. RVJ and RY2 stand in the cancer alliances (lines 134 and 37; RNK has none, in
    # line 203), RVJ in the epilepsy networks (line 111) and in a science centre (line 2526 of
    # arrangements-2026-11.json). Each board convened a system and was on its partnership. By the small areas of 2024
    # Norfolk and Waveney (lines 197 to 204) lies in Norfolk and Suffolk, Frimley (246 on) in three councils of
    # Berkshire, in Hampshire and in Surrey.
    dangling: dict[str, set[str]] = defaultdict(set)
    for gap in national:
        if gap.what == CLOSED_PARTICIPANT and gap.participant and (gap.participant.closed or "") >= "2026-03-31":
            dangling[gap.participant.key].add(gap.key)
    assert dangling["ods:RVJ"] == {"ods:N48", "arr:open-uk-swipe", "arr:bristol-health-partners-ahsc"}
    assert dangling["ods:RY2"] == {"ods:N68"}
    codes = "QH8 QHG QJG QM7 QMJ QMM QNQ QNX QRV QU9 QUE QXU"
    boards = [f"ods:{code}" for code in codes.split()]
    assert sorted(dangling.keys() - {"ods:RVJ", "ods:RY2"}) == boards
    for board in boards:
        endings = [
            sum(key.endswith(end) for key in dangling[board]) for end in ("-ics", "-integrated-care-partnership")
        ]
        assert endings == [1, 1], board

    def health_boards(key: str) -> set[str]:
        ending = "-health-and-wellbeing-board"
        return {one.removeprefix("arr:").removesuffix(ending) for one in dangling[key] if one.endswith(ending)}

    assert health_boards("ods:QMM") == {"norfolk", "suffolk"}
    assert health_boards("ods:QNQ") == {"bracknell-forest", "slough", "windsor-and-maidenhead", "hampshire", "surrey"}


def test_the_centres_whose_designation_ran_out_are_told(national: tuple[Gap, ...]) -> None:
    # Eight rows of arrangements-2026-11.json end on 2025-03-31 without a status: whether they were renewed is not told.
    ended = [gap for gap in national if gap.what == PAST_END]
    assert {gap.date for gap in ended} == {"2025-03-31"}
    assert len(ended) == len([gap for gap in ended if gap.key.endswith("-ahsc")]) == 8


def test_no_organisation_and_no_arrangement_stands_twice(national: tuple[Gap, ...]) -> None:
    twins = [gap for gap in national if gap.what == LIKELY_TWIN]
    # People of one name are asked about in review; sites of one place are codes of different bodies for it.
    told = [gap for gap in twins if not gap.key.startswith("person:") and not gap.run_by]
    # A company that lists only name, and the code of its name under which a service prescribes.
    assert {(gap.key, gap.other.key) for gap in told if gap.other and gap.may_run} == {("ods:Y04364", "ods:NTV")}
    assert [gap for gap in told if not gap.may_run] == []


def test_each_gap_has_a_command_and_all_of_them_fit_a_page(national: tuple[Gap, ...]) -> None:
    assert all(gap.mend for gap in national)
    assert len(national) < 300
