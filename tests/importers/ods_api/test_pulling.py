"""A long pull goes on where it stopped, asks for nothing twice, and is begun anew when it is old."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import InputError, NotFoundError, UsageError
from importers.base import Input
from importers.ods_api import fetched_text
from importers.ods_api.cache import folder_of, keeping
from tests.importers.ods_api.server import TODAY, Clock, Reply, Server, fetcher, linked
from tests.importers.ods_json.things import record

SINCE = "2026-07-01"
SYNC = f"sync?LastChangeDate={SINCE}"
CODES = ("RX1", "RX2", "RX3")


@pytest.fixture
def changed(server: Server) -> Server:
    """A server on which three records changed."""
    server.answer(SYNC, linked(*CODES))
    for code in CODES:
        server.answer(f"organisations/{code}", record(code))
    return server


def pull(clock: Clock, today: date = TODAY, since: str = SINCE) -> list[str]:
    """Pull as an import does; returns the lines between heading and names."""
    with fetcher(clock, "", since, today) as known:
        return lines(known.fetch("ods-api"))


def lines(source: Input) -> list[str]:
    """The records in what was fetched."""
    heading, *records, names = source.read_bytes().decode().splitlines()
    assert json.loads(heading)["interlock"] == "ods-api/1"
    assert names.startswith(fetched_text.NAMES)
    return records


def test_each_record_that_changed_is_fetched_and_progress_is_told(changed: Server, clock: Clock) -> None:
    heard: list[tuple[str, int, int]] = []
    with fetcher(clock, "", SINCE) as known:
        known.on_fetch = lambda label, done, total, seconds: heard.append((label, done, total))
        records = lines(known.fetch("ods-api"))
    assert [json.loads(one)["Organisation"]["OrgId"]["extension"] for one in records] == list(CODES)
    assert heard == [("ods-api", number, 3) for number in range(3)]
    assert changed.asked == [SYNC, *(f"organisations/{code}" for code in CODES)]


def test_an_interrupted_pull_goes_on_where_it_stopped(changed: Server, clock: Clock) -> None:
    changed.answer("organisations/RX2", Reply(503))
    with pytest.raises(InputError, match=r"\(1 of 3 records are kept, the same command goes on from there\)"):
        pull(clock)
    changed.answer("organisations/RX2", record("RX2"))
    changed.asked.clear()
    assert len(pull(clock, TODAY + timedelta(days=1))) == 3
    assert changed.asked == ["organisations/RX2", "organisations/RX3"]


def test_a_pull_that_its_user_broke_off_goes_on_as_well(changed: Server, clock: Clock) -> None:
    def broken_off(label: str, done: int, total: int, seconds: float) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with fetcher(clock, "", SINCE) as known, pytest.raises(KeyboardInterrupt):
        known.on_fetch = broken_off
        known.fetch("ods-api")
    changed.asked.clear()
    assert len(pull(clock)) == 3
    assert changed.asked == ["organisations/RX3"]


@pytest.mark.parametrize("cut", [1, 40, 10_000])
def test_a_line_that_was_cut_off_in_the_middle_is_fetched_again(changed: Server, clock: Clock, cut: int) -> None:
    changed.answer("organisations/RX3", Reply(503))
    with pytest.raises(InputError):
        pull(clock)
    kept = folder_of(changed.base, SINCE) / "records.jsonl"
    os.truncate(kept, max(kept.stat().st_size - cut, 0))
    changed.answer("organisations/RX3", record("RX3"))
    assert [json.loads(one)["Organisation"]["OrgId"]["extension"] for one in pull(clock)] == list(CODES)


def test_a_whole_pull_is_taken_again_on_the_same_day_and_begun_anew_on_the_next(changed: Server, clock: Clock) -> None:
    first = pull(clock)
    asked = list(changed.asked)
    assert pull(clock) == first
    assert changed.asked == asked
    assert pull(clock, TODAY + timedelta(days=1)) == first
    assert changed.asked == asked * 2


def test_an_unfinished_pull_that_is_old_is_begun_anew(changed: Server, clock: Clock) -> None:
    changed.answer("organisations/RX2", Reply(503))
    with pytest.raises(InputError):
        pull(clock)
    changed.answer("organisations/RX2", record("RX2"))
    changed.asked.clear()
    pull(clock, TODAY + timedelta(days=8))
    assert changed.asked[0] == SYNC


def test_pulls_of_other_days_and_servers_are_apart(changed: Server, clock: Clock) -> None:
    changed.answer("sync?LastChangeDate=2026-07-02", linked("RX1"))
    assert (len(pull(clock)), len(pull(clock, since="2026-07-02"))) == (3, 1)
    assert folder_of("https://example.org", SINCE) != folder_of(changed.base, SINCE)


def test_a_record_that_is_not_there_any_more_is_a_line_that_says_so(changed: Server, clock: Clock) -> None:
    changed.answer(SYNC, linked("RX1", "RX9", "no-code"))
    _, gone, odd = (json.loads(one) for one in pull(clock))
    assert gone == {
        "refused": {"reason": "the API knows no record of RX9, though it lists it as changed", "value": "RX9"}
    }
    link = linked("no-code")["Organisations"][0]["OrgLink"]
    assert odd["refused"] == {"reason": "the API lists a change of what is no ODS code", "value": link}


def test_where_nothing_changed_there_is_nothing_to_import(server: Server, clock: Clock) -> None:
    server.answer(SYNC, {"Organisations": []})
    with pytest.raises(NotFoundError, match="ods-api: nothing changed since 2026-07-01"):
        pull(clock)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-01-03", "--since 2026-01-03: the API knows of changes in the last 185 days only, from 2026-01-04"),
        ("2025", "import the national XML release, and what changed after it"),
        ("2026-07-09", "--since 2026-07-09: lies ahead; give a day up to 2026-07-08"),
    ],
)
def test_a_day_that_the_api_refuses_is_refused_before_anything_is_asked(
    server: Server, clock: Clock, since: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        pull(clock, since=since)
    assert server.asked == []


@pytest.mark.parametrize(("since", "asked"), [("2026-01-04", "2026-01-04"), ("2026-06", "2026-06-01")])
def test_the_first_day_that_a_date_may_mean_is_asked(server: Server, clock: Clock, since: str, asked: str) -> None:
    with pytest.raises(InputError):
        pull(clock, since=since)
    assert server.asked == [f"sync?LastChangeDate={asked}"]


def test_without_a_day_the_command_says_how_to_give_one(server: Server, clock: Clock) -> None:
    with fetcher(clock, "") as known, pytest.raises(UsageError, match="import ods-api --since 2026-07-08"):
        known.fetch("ods-api")


def test_two_commands_never_write_one_pull(changed: Server, clock: Clock) -> None:
    with (
        keeping(folder_of(changed.base, SINCE), "ods-api"),
        pytest.raises(InputError, match="another import is fetching the same just now"),
    ):
        pull(clock)


def test_a_folder_that_cannot_be_written_is_named(changed: Server, clock: Clock, own_environment: Path) -> None:
    (own_environment / "cache").write_text("a file", "utf-8")
    with pytest.raises(InputError, match=r"cannot be written .*, where what is fetched is kept; check its permissions"):
        pull(clock)


def test_what_other_pulls_left_behind_is_removed_after_a_month(changed: Server, clock: Clock) -> None:
    old = folder_of("https://example.org", SINCE)
    old.mkdir(parents=True)
    (old / "records.jsonl").write_text("", "utf-8")
    os.utime(old / "records.jsonl", (0, 0))
    pull(clock)
    assert not old.exists()


def test_what_was_asked_is_none_of_the_records_that_are_kept(own_environment: Path) -> None:
    with keeping(folder_of("https://ods.example", SINCE), "ods-api") as kept:
        kept.begin(TODAY, CODES, "the heading")
        with kept.text.open("a", encoding="utf-8") as file:
            file.write("a record\n")
        assert list(kept.lines()) == ["a record\n"]
