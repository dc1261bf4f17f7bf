"""Processes that share the reading: what is wrong with a file is told, and none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
from functools import cache
from pathlib import Path

import pytest

from db.errors import InputError
from importers.base import Input, IrregularError
from importers.ods.statements import StatementMaker
from importers.ods_xml.processes import slices_read
from importers.ods_xml.slices import SliceReader
from tests.importers.ods_xml.held import Register
from tests.importers.things import given
from tests.national.country import Country
from tests.national.markup import document
from tests.national.things import File


@pytest.fixture
def reader() -> SliceReader:
    return SliceReader(StatementMaker("2026-08-28"), Register())


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 4_000)


@cache
def _text(bodies: int) -> str:
    return document(File(list(Country(bodies, 5).orgs(archived=False))))


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipes that hold little, so that whoever writes into one waits for who reads."""
    monkeypatch.setattr("importers.ods_xml.processes._widen", lambda _: None)


def country(bodies: int = 100) -> Input:
    return given(_text(bodies), "full.xml")


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_slices_of_all_files_come_in_order(reader: SliceReader, processes: int) -> None:
    sources = [country(), country()]
    alone = list(slices_read(sources, reader, 0))
    assert len(alone) > 20
    assert list(slices_read(sources, reader, processes)) == alone


@pytest.mark.parametrize("processes", [0, 1, 2, 3])
def test_what_is_not_written_as_a_release_is_left_to_the_parser(reader: SliceReader, processes: int) -> None:
    with pytest.raises(IrregularError):
        list(slices_read([country(), given("<Other/>", "list.xml")], reader, processes))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", [0, 1, 2, 3])
def test_a_file_that_cannot_be_read_is_refused(reader: SliceReader, processes: int, tmp_path: Path) -> None:
    gone = Input("gone.xml", "gone.xml", lambda: open(tmp_path / "gone.xml", "rb"))
    with pytest.raises(InputError, match=r"^gone\.xml: cannot be read"):
        list(slices_read([country(), gone], reader, processes))
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("narrow")
def test_processes_end_with_whoever_asked_for_them(reader: SliceReader) -> None:
    found = slices_read([country(300)], reader, 2)
    assert next(found) is not None
    assert len(multiprocessing.active_children()) == 2
    found.close()
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("narrow")
def test_a_process_that_was_ended_from_outside_is_told_in_one_line(reader: SliceReader) -> None:
    found = slices_read([country(300)], reader, 2)
    next(found)
    for process in multiprocessing.active_children():
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    with pytest.raises(InputError, match=r"^full\.xml: a process that read it was ended from outside"):
        list(found)
