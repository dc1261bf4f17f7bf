"""The national layers of the built-in register: what they hold, whether it is true, and from where it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from db.register import Register
from db.search.check import check
from importers.builtin_folders import VARIABLE
from importers.builtin_sources import MANIFEST, builtin_plan, layers
from importers.detect import detect
from importers.registry import load
from importers.table.contents import Contents
from importers.table.language.map_file import load_map
from importers.table.which_map import recognised
from tests.depth import DEEP
from tests.layers.__main__ import BY_HAND, FOLDER
from tests.layers.counts import differing
from tests.layers.page import PAGE, table
from tests.layers.ready_made import open_as_shipped
from tests.layers.recipes import RECIPES
from tests.truth.page import measured
from tests.truth.rules import RULES


@pytest.fixture(scope="module")
def register(country: Path) -> Iterator[Register]:
    """The whole built-in register."""
    with open_as_shipped(country) as opened:
        yield opened


@pytest.fixture(scope="module")
def file(country: Path) -> Path:
    """The file in which it is kept."""
    (found,) = (country / "interlock").glob("builtin-*.db")
    return found


def test_every_file_of_the_layers_is_made_and_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    told = {layer.file for layer in layers()}
    assert told == set(RECIPES) | BY_HAND - {MANIFEST}
    assert {path.name for path in FOLDER.iterdir()} == told | {MANIFEST}


def test_it_holds_what_the_public_files_do(file: Path, shared: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert differing(connection, shared / "data") == []


def test_all_of_it_together_is_true(file: Path) -> None:
    found = measured(file)
    assert {rule.about: found[rule.about] for rule in RULES} == {rule.about: rule.must_be for rule in RULES}


def test_its_index_is_what_it_would_be_if_it_were_made_anew(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copyfile(file, tmp_path / "copy.db"))) as conn:  # the check asks by writing
        assert check(conn) == []


def test_each_layer_is_a_source_with_day_and_licence_and_from_no_machine(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    rows = register.ask(lambda held: held.execute("SELECT key, published, licence, path FROM source").fetchall())
    assert {path for *_, path in rows} == {None}
    held = {key: (published, licence) for key, published, licence, _ in rows}
    for layer in layers():
        dated = layer.day if layer.format != "records" else None
        day, licence = held[f"{layer.source}-{dated}" if dated else layer.source]
        assert day == layer.day, layer.file
        assert (licence or "").replace("Open Government Licence v3.0", "OGL-UK-3.0") == layer.licence, layer.file


@pytest.mark.parametrize(
    ("one", "other"),
    [("RWA", "RJL"), ("RTR", "RVW"), ("REM", "REP"), ("REM", "RBQ"), ("RLQ", "RJC")],
)
def test_a_group_that_a_list_notes_on_one_member_has_them_all(register: Register, one: str, other: str) -> None:
    groups = (
        "SELECT arrangement_key FROM participations JOIN record ON record.key = arrangement_key"
        " WHERE body_code = ? AND record.type IN ('group-model', 'boards-in-common', 'joint-board-committee')"
    )
    both = register.ask(lambda held: [{key for (key,) in held.execute(groups, (code,))} for code in (one, other)])
    assert both[0] & both[1]


def test_an_act_lists_nobody_on_its_own_day(register: Register) -> None:
    board = register.record("arr:leeds-health-and-wellbeing-board")
    assert {(one.listed_first, one.listed_last) for one in board.links} == {("2024", "2024")}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("leeds", "ods:212"),
        ("derriford", "ods:RK950"),
        ("humber group", "arr:nhs-humber-health-partnership-boards-in-common"),
        ("shared chief executive shropshire", "arr:shropshire-shared-chief-executive"),
        ("leeds health and wellbeing board", "arr:leeds-health-and-wellbeing-board"),
    ],
)
def test_what_people_look_for_first_is_there(register: Register, asked: str, wanted: str) -> None:
    assert wanted in [hit.brief.key for hit in register.find(asked, limit=3).hits]


@pytest.mark.skipif(not DEEP, reason="looks at each layer with every mapping: make test-deep")
def test_each_layer_is_told_by_its_content_as_its_public_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    told = {layer.file: layer for layer in layers()}
    for planned in builtin_plan().planned:
        layer = told.get(planned.source.name)
        if layer is not None:
            assert detect(planned.source, load()).importer.name == layer.format
            if layer.mapping is not None:
                assert recognised(Contents(planned.source), False)[0].id == layer.mapping


def test_the_manifest_names_mappings_that_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    folder = FOLDER.parents[1] / "table" / "maps"
    for name in {layer.mapping for layer in layers() if layer.mapping}:
        assert load_map((folder / f"{name}.yaml").read_bytes(), name, name).id == name


def test_the_page_tells_of_each_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert table() in PAGE.read_text("utf-8"), "run `make docs`"
