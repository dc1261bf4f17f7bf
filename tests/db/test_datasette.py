"""A register in Datasette: numbers show as names that lead to their rows, and the machinery is out of the way."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from typing import Protocol

import httpx
import pytest
import yaml

from importers.builtin_register import create_register
from tests.schema_page import METADATA


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in register by the name that its metadata are for."""
    path = tmp_path_factory.mktemp("datasette") / "interlock.db"
    create_register(path)
    return path


class Client(Protocol):
    """What asks Datasette, in this process."""

    async def get(self, path: str) -> httpx.Response:
        """Return the answer to a request."""


def datasette(path: Path, metadata: object = None) -> Client:
    """Open a register in Datasette."""
    from datasette.app import Datasette  # a second that only these tests need

    client: Client = Datasette([str(path)], metadata=metadata).client
    return client


@pytest.fixture
def client(register: Path) -> Client:
    """Datasette with what this project tells it of a register."""
    return datasette(register, yaml.safe_load(METADATA.read_text("utf-8")))


async def test_a_participation_shows_the_names_of_both_ends(client: Client) -> None:
    answer = await client.get("/interlock/participations.json?body_code=RLQ&_shape=array")
    assert {(one["body"], one["arrangement"]) for one in answer.json()} >= {
        ("Wye Valley NHS Trust", "Foundation Group")
    }
    page = await client.get("/interlock/participations?body_code=RLQ")
    assert page.status_code == 200
    assert "Wye Valley NHS Trust" in page.text
    assert "Who takes part in which arrangement" in page.text


async def test_the_ends_of_a_link_are_names_and_lead_to_their_records(client: Client) -> None:
    answer = await client.get("/interlock/link.json?_labels=on&_shape=array&type_id=1&_size=max")
    ends = {(one["source_id"]["label"], one["type_id"]["label"], one["target_id"]["label"]) for one in answer.json()}
    assert ("Wye Valley NHS Trust", "participates-in", "Foundation Group") in ends
    (first, *_) = answer.json()
    page = await client.get(f"/interlock/link?id={first['id']}")
    number, name = first["target_id"]["value"], first["target_id"]["label"]
    assert f'<a href="/interlock/record/{number}">{name}</a>' in page.text


@pytest.mark.parametrize(
    ("table", "column", "label"), [("evidence", "source_id", "title"), ("name", "record_id", "name")]
)
async def test_what_belongs_to_something_says_to_what(client: Client, table: str, column: str, label: str) -> None:
    answer = await client.get(f"/interlock/{table}.json?_labels=on&_shape=array&_size=1")
    (row,) = answer.json()
    parent = {"source_id": "source", "record_id": "record"}[column]
    told = await client.get(f"/interlock/{parent}/{row[column]['value']}.json?_shape=array")
    assert row[column]["label"] == told.json()[0][label]


async def test_the_machinery_is_hidden(client: Client) -> None:
    answer = await client.get("/interlock.json")
    shown = {table["name"] for table in answer.json()["tables"] if not table["hidden"]}
    assert {"record", "name", "identifier", "link", "fact", "event", "evidence", "source", "run"} <= shown
    assert not [name for name in shown if name.startswith("_")]


async def test_without_metadata_the_machinery_sorts_apart_and_names_show_all_the_same(
    register: Path, tmp_path: Path
) -> None:
    client = datasette(Path(copyfile(register, tmp_path / "other.db")))
    shown = [table["name"] for table in (await client.get("/other.json")).json()["tables"] if not table["hidden"]]
    machinery = [name for name in shown if name.startswith("_")]
    assert machinery == shown[: len(machinery)] or machinery == shown[-len(machinery) :]
    answer = await client.get("/other/link.json?_labels=on&_shape=array&type_id=1&_size=1")
    assert answer.json()[0]["target_id"]["label"]
