"""The importer as `import` sees it: how it recognises its files, and what it hands over."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import InputError
from importers.base import Importer, Input, ReadOptions, Sample
from importers.documents import builder
from importers.limits import Limits
from importers.paths import file_input
from importers.records.importer import importer
from importers.text import peek
from tests.bombs import trees
from tests.importers.records.files import STORY

BUILTIN = Path(__file__).parents[3] / "importers" / "builtin" / "stories"


def as_input(text: str, name: str = "story.yaml") -> Input:
    """Return a text as a file to import."""
    data = text.encode()
    return Input(name, f"folder/{name}", lambda: io.BytesIO(data), len(data), f"/somewhere/{name}")


def guessed(text: str, name: str = "x") -> float:
    """Return how sure the importer is of a text."""
    data = text.encode()
    guess = importer.sniff(Sample(name, data, peek(data), len(data)))
    return guess.score if guess else 0.0


def test_it_is_an_importer() -> None:
    assert isinstance(importer, Importer)
    assert (importer.name, importer.extensions[0]) == ("records", "yaml")


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "# yaml-language-server: $schema=schema.json\n\n" + STORY,
        "\ufeff" + STORY,
        "id: x\nformat: 'interlock-records/1'\n",
        '{"format":"interlock-records/1"}',
        '{\n  "id": "x",\n  "format" : "interlock-records/9"\n}',
    ],
)
def test_the_header_tells_the_format_whatever_the_file_is_called(text: str) -> None:
    assert guessed(text, "list.csv") == 1.0


def test_a_line_of_json_with_a_kind_of_record_is_likely_ours() -> None:
    assert 0.2 <= guessed('{"kind": "person", "name": "Ann Example"}\n') < 1
    assert guessed('{"kind": "cat", "name": "Tom"}\n') == 0
    assert guessed("name,kind\n") == 0


def test_what_it_hands_over_knows_where_it_came_from() -> None:
    source = importer.read(as_input(STORY), ReadOptions()).source
    assert source.path == "/somewhere/story.yaml"
    assert source.digest == hashlib.sha256(STORY.encode()).hexdigest()
    assert importer.read(as_input(STORY), ReadOptions(published="2020")).source.published == "2020"


def test_messages_call_the_file_what_the_user_did() -> None:
    with pytest.raises(InputError, match=r"^folder/story\.yaml:1: "):
        importer.read(as_input("a: 1"), ReadOptions())


@pytest.mark.parametrize("name", ["large.yaml", "large.json", "large.jsonl"])
def test_a_record_over_the_limit_is_refused_at_once(name: str, tmp_path: Path) -> None:
    trees.one_long_text(tmp_path / name, 6)
    with pytest.raises(InputError) as refused:
        importer.read(file_input(str(tmp_path / name), named=True), ReadOptions())
    line = 3 if name == "large.yaml" else 1
    said = "holds a record of more than 4 MB, the most that 400 MB of memory are for; --memory 800 allows more."
    assert str(refused.value) == f"{tmp_path / name}:{line}: {said}"


@pytest.mark.parametrize("write", [trees.records_yaml, trees.records_json_on_one_line, trees.records_lines])
def test_a_file_of_too_many_records_is_refused_with_the_line(
    write: Callable[[Path, int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "RECORDS", 120_000)
    path = tmp_path / "many"
    write(path, 1_201)
    source = replace(file_input(str(path), named=True), limits=Limits(4))
    with pytest.raises(InputError, match=r"many:\d+: holds more than 1,200 records, .*--memory 8 allows more"):
        importer.read(source, ReadOptions())
    assert len(importer.read(replace(source, limits=Limits(8)), ReadOptions()).rows) == 1_201  # type: ignore[arg-type]


def test_progress_can_know_how_many_rows_there_are() -> None:
    found = importer.read(as_input(STORY), ReadOptions()).rows
    assert len(found) == len(list(found)) == 4  # type: ignore[arg-type]


@pytest.mark.parametrize("file", sorted(BUILTIN.glob("*.yaml")), ids=lambda file: file.name)
def test_the_built_in_register_is_written_without_a_fault(file: Path) -> None:
    from db.statements import RowSaid

    for row in importer.read(as_input(file.read_text("utf-8"), file.name), ReadOptions()).rows:
        assert isinstance(row, RowSaid), row
