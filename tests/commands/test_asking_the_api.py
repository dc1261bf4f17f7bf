"""`interlock import ods:CODE` and `import ods-api --since DATE` as people and scripts use them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from importers.ods_api.addresses import VARIABLE
from tests.commands.conftest import Asking, Interlock
from tests.importers.ods_api.server import Reply, Server, linked, serving
from tests.importers.ods_json.things import record

SINCE = (date.today() - timedelta(days=9)).isoformat()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server to which the setting points; its address has a secret in it."""
    with serving() as known:
        monkeypatch.setenv(VARIABLE, known.base.replace("//", "//someone:s3cret@"))
        yield known


def test_a_key_asks_for_the_record_of_now(interlock: Interlock, server: Server, tmp_path: Path) -> None:
    server.answer("organisations/RX1", record())
    database = tmp_path / "new.db"
    done = interlock("import", "ods:rx1", "--db", database, "--format", "json")
    assert done.returncode == 0, done.stderr
    (source,) = json.loads(done.stdout)["sources"]
    assert (source["format"], source["read"], source["added"]) == ("ods-api", 1, 1)
    assert source["published"] == date.today().isoformat()
    shown = interlock("show", "RX1", "--db", database, "--format", "json")
    assert "One NHS Trust" in shown.stdout
    assert "s3cret" not in done.stdout + done.stderr + shown.stdout


def test_all_that_changed_is_imported_and_the_command_remembered(
    interlock: Interlock, server: Server, tmp_path: Path
) -> None:
    server.answer("sync", linked("RX1", "RX9"))
    server.answer("organisations/RX1", record())
    database = tmp_path / "new.db"
    done = interlock("import", "ods-api", "--since", SINCE, "--db", database)
    assert done.returncode == 0, done.stderr
    assert f"{server.base}/sync:2: the API knows no record of RX9, though it lists it as changed: RX9" in done.stderr
    runs = json.loads(interlock("runs", "--db", database, "--format", "json").stdout)["runs"]
    assert runs[-1]["command"] == f"import ods-api --since {SINCE}"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ods:RX9",), 3, "ods:RX9: the API knows no record of RX9; check the code"),
        (("ods:?",), 2, "names no ODS code"),
        (("ods-api", "--since", "2015-01-01"), 2, "import the national XML release"),
        (("etr.csv", "--since", SINCE), 2, "--since: is for the source ods-api only"),
        (("ods-api", "--since", SINCE), 1, f"nothing changed since {SINCE}"),
    ],
)
def test_what_cannot_be_had_is_one_line_without_secrets(
    interlock: Interlock, server: Server, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    server.answer("sync", {"Organisations": []})
    done = interlock("import", *words, "--db", tmp_path / "new.db")
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert "s3cret" not in done.stderr
    assert not (tmp_path / "new.db").exists()


def test_a_server_that_refuses_leaves_no_database_behind(interlock: Interlock, server: Server, tmp_path: Path) -> None:
    server.answer("organisations/RX1", Reply(403))
    done = interlock("import", "ods:RX1", "--db", tmp_path / "new.db")
    assert done.returncode == 3
    assert done.stderr.startswith(f"interlock: {server.base}/organisations/RX1: the server answers 403")
    assert not (tmp_path / "new.db").exists()


def test_a_file_of_that_name_is_read_by_its_path(interlock: Interlock, tmp_path: Path) -> None:
    (tmp_path / "ods:RX1").write_text(json.dumps(record()), "utf-8")
    done = interlock("import", "./ods:RX1", "--db", tmp_path / "new.db", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["sources"][0]["format"] == "ods-json"


def test_the_formats_name_both(asked: Asking) -> None:
    formats = asked("formats")["formats"]
    assert {"ods-api", "ods-json"} <= {one["name"] for one in formats}
