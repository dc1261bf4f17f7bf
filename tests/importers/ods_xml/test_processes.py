"""Slices are handed to another process as they are, in order, whatever their size."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator

import pytest

from importers.ods_xml import handing
from importers.ods_xml.handing import Handing, Message, hand_out
from tests.importers.things import given


@pytest.fixture
def way() -> Iterator[Handing]:
    made = Handing(multiprocessing.get_context("fork"))
    yield made
    made.close()


def _handed(way: Handing, pieces: list[bytes]) -> list[Message]:
    """Hand slices over and an end, and return what arrives: by a thread, for the one waits for the other."""

    def hand() -> None:
        for number, piece in enumerate(pieces):
            way.put(number, piece)
        way.say("end")

    giving = threading.Thread(target=hand)
    giving.start()
    found = []
    for message in way.messages():
        found.append(message)
        if message[0] == "end":
            break
    giving.join()
    return found


def test_more_slices_than_there_is_room_for_arrive_in_order(way: Handing) -> None:
    pieces = [bytes([65 + number]) * (1000 + number) for number in range(9)]
    assert _handed(way, pieces) == [*(("slice", n, piece) for n, piece in enumerate(pieces)), ("end", 0, None)]


def test_a_slice_larger_than_the_shared_memory_arrives_whole(way: Handing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_SIZE", 5000)
    pieces = [b"a" * 5001, b"b" * 5000, b"c" * 200_000, b"d"]
    assert [value for _, _, value in _handed(way, pieces)] == [*pieces, None]


def test_messages_end_when_whoever_reads_has_ended(way: Handing) -> None:
    way.put(1, b"last")
    way.close(extracting=True)
    assert list(way.messages()) == [("slice", 1, b"last")]


def test_what_is_wrong_with_a_file_is_told_to_whose_turn_it_is(way: Handing) -> None:
    hand_out([given(b"<Other/>", "list.xml")], [way])
    way.close(extracting=True)
    assert list(way.messages()) == [("irregular", 0, None)]
