"""Who loads whom, as a fresh Python sees it: start-up time is a promise, and layers hold only if nothing leaks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from importers.builtin_register import create_register, image
from tui.__main__ import _LEFT_TO_DO

HEAVY = {"textual", "rich", "sqlite_utils", "yaml", "lxml", "rapidfuzz", "python_calamine", "httpx", "click"}
"""Packages that only some commands need, and that cost more to load than the answer takes."""


def loaded_after(*statements: str) -> set[str]:
    """Names of the modules that a fresh Python holds after running the statements, packages included."""
    program = "\n".join(
        [*statements, "import sys", "held = sorted(sys.modules)", "import json", "print(json.dumps(held))"]
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    """The top-level names among them."""
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(
    "module", ["tui", "tui.cli.main", "tui.text.safe", "db", "db.register", "db.model", "importers"]
)
def test_nothing_heavy_is_loaded_by_what_every_command_loads(module: str) -> None:
    assert packages(loaded_after(f"import {module}")) & HEAVY == set()


def test_the_command_line_starts_without_the_parts_that_one_command_needs() -> None:
    modules = loaded_after("import tui.cli.main")
    assert packages(modules) & {"importers", "asyncio", "unittest", "http", "ssl"} == set()
    assert "tui.explorer.app" not in modules


def test_the_explorer_paints_before_it_loads_what_only_answers_need() -> None:
    modules = loaded_after("import tui.cli.main, tui.explorer.app")
    assert modules & {"db.model", "db.reports", "tomllib", "tui.explorer.screens.help"} == set()


def test_the_register_knows_neither_file_formats_nor_screens() -> None:
    modules = loaded_after(
        "import importlib, pkgutil, db",
        "for found in pkgutil.walk_packages(db.__path__, 'db.'): importlib.import_module(found.name)",
    )
    assert packages(modules) & {"importers", "tui", "textual", "lxml", "python_calamine"} == set()


def test_importers_know_no_screen() -> None:
    modules = loaded_after(
        "import importlib, pkgutil, importers",
        "for found in pkgutil.walk_packages(importers.__path__, 'importers.'): importlib.import_module(found.name)",
    )
    assert packages(modules) & {"tui", "textual", "rich"} == set()


def test_showing_a_record_of_a_database_loads_nothing_that_only_writing_needs(default_database: str) -> None:
    modules = loaded_after(
        "from db import open_register",
        f"with open_register({default_database!r}) as register: register.record('ods:RLQ')",
    )
    assert packages(modules) & (HEAVY | {"importers", "tui"}) == set()


def test_searching_a_database_loads_at_most_the_matcher(default_database: str) -> None:
    modules = loaded_after(
        "from db import open_register",
        f"with open_register({default_database!r}) as register: register.find('wye vally')",
    )
    assert packages(modules) & (HEAVY | {"importers", "tui"}) <= {"rapidfuzz"}


@pytest.mark.parametrize("place_for_own", [True, False])
def test_reading_the_built_in_register_that_is_kept_loads_nothing_that_only_making_it_needs(
    place_for_own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image()
    if not place_for_own:
        (tmp_path / "data").touch()
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    modules = loaded_after(
        "from db import open_register",
        f"with open_register(builtin={place_for_own}) as register: assert register.find('wye vally').hits",
        "assert register.label == 'built-in register'",
    )
    assert "importers.builtin_image" in modules
    making = {"importers.builtin_register", "hashlib", "pathlib", "shutil", "tempfile", "db.files.scratch"}
    assert modules & making == set()


def test_a_search_that_finds_a_person_tells_of_their_posts_without_loading_whole_records(default_database: str) -> None:
    modules = loaded_after(
        "from db import open_register",
        f"with open_register({default_database!r}) as register: hits = register.find('wye vally').hits",
        "assert any(hit.brief.posts for hit in hits)",
    )
    assert "db.model" not in modules


def test_a_search_from_the_shell_compiles_no_annotations_of_named_tuples(default_database: str) -> None:
    """As texts, which `from __future__ import annotations` makes of them, they would be compiled, each by itself."""
    loaded_after(
        "import builtins",
        "usual, compiled = builtins.compile, []",
        "def compile(source, name, mode, *more, **others):",
        "    compiled.extend([source] if (name, mode) == ('<string>', 'eval') else [])",
        "    return usual(source, name, mode, *more, **others)",
        "builtins.compile = compile",
        "from tui.cli.main import main",
        f"assert main(['find', 'wye vally', '--db', {default_database!r}]) == 0",
        "assert not compiled, compiled",
    )


@pytest.mark.parametrize("words", [["find", "wye vally"], ["show", "RLQ"]])
def test_reading_loads_nothing_that_has_something_left_to_do_at_the_end(
    words: list[str], default_database: str
) -> None:
    modules = loaded_after(
        "from tui.cli.main import main",
        "import io, sys",
        "written, sys.stdout = sys.stdout, io.StringIO()",
        f"assert main([*{words!r}, '--db', {default_database!r}]) == 0",
        "sys.stdout = written",
    )
    assert modules & set(_LEFT_TO_DO) == set()


@pytest.mark.parametrize("loaded", ["sys", "threading", "weakref"])
def test_a_command_ends_at_once_unless_something_may_be_left_to_do(loaded: str) -> None:
    program = (
        f"import atexit, {loaded}, sys; from tui.__main__ import start; atexit.register(print, 'at the end'); start()"
    )
    done = subprocess.run([sys.executable, "-c", program, "help", "find"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("interlock find TEXT")
    assert done.stdout.endswith("at the end\n") == (loaded != "sys")


def test_an_import_into_a_database_of_this_schema_loads_nothing_that_only_making_one_needs(
    default_database: str,
) -> None:
    modules = loaded_after(
        "from pathlib import Path",
        "from importers.run import import_sources",
        "from db.store.session import ImportSession",
        f"with ImportSession.begin(Path({default_database!r}), command='import', dry_run=True) as session:",
        "    session.finish()",
    )
    assert packages(modules) & {"sqlite_utils", "click", "dateutil"} == set()


@pytest.fixture(scope="module")
def default_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database as the first command makes it, holding the built-in register."""
    path = tmp_path_factory.mktemp("home") / "interlock.db"
    create_register(path)
    return str(path)
