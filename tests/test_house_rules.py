"""The rules of the house that a machine can check, over every file that is or would be tracked."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from db.garbage_collection import without_collecting
from tests.syntax import statements_in

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

CODE = ("db", "importers", "tui")

CALLED_BY_TEXTUAL = re.compile(
    r"(on|watch|validate|compute|action|key|check)_\w+|compose|render|render_lines?|get_content_\w+|get_default_screen"
)
"""Methods whose name says what Textual calls them for; what they do is said where it surprises."""

KEPT = "tests/db/old/"
"""Registers of older versions, written down by a program."""

ITSELF = frozenset({"tests/test_house_rules.py"})

UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")

OF_A_MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users)/\w|/work(?:space|s)?/|/tmp/\w|py"
    + r"pi\.org|python"
    + r"hosted\.org|--find-links|--index-url"
)
"""Paths that exist on somebody's machine only, and hosts that somebody's packages come from."""

AMERICAN = re.compile(
    r"\b(colors?|colored|behaviors?|favorites?|neighbors?|labeled|canceled|canceling|modeled|gray|centered|catalogs?"
    r"|(?:organi|recogni|normali|summari|initiali|seriali|reali|optimi|prioriti|customi|speciali|capitali|categori)"
    r"z(?:e[sdr]?|ing|ations?)|analyz(?:e[sdr]?|ing))\b"
)
"""A short list of spellings; in prose only, as interfaces of others have their own."""


def listed_files() -> list[Path]:
    """Files that git tracks or would, so that a broken rule shows before it is committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is no git checkout, so what belongs to it is not known")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def texts() -> dict[Path, str]:
    """Every listed file that is text, by its path in the project."""
    found: dict[Path, str] = {}
    for path in listed_files():
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(ROOT)] = data.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def modules() -> dict[Path, ast.Module]:
    """Every Python file, parsed; not kept, as looks for garbage in all of them would slow later tests."""
    with without_collecting():
        return {path: ast.parse(text) for path, text in texts().items() if path.suffix == ".py"}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions in a module, nested ones and methods included."""
    for node in statements_in(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_holds_more_than_one_idea() -> None:
    long = {str(path): text.count("\n") for path, text in texts().items() if path.suffix in {".py", ".tcss", ".sql"}}
    assert {path: lines for path, lines in long.items() if lines > LONGEST_FILE and not path.startswith(KEPT)} == {}


def test_every_function_fits_on_a_page(modules: dict[Path, ast.Module]) -> None:
    long = [
        f"{path}:{function.lineno} {function.name} has {lines} lines"
        for path, tree in modules.items()
        for function in functions(tree)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


SAID = re.compile(r"\d (?:ms|s)\b|a tenth of a second|[Aa]s (?:above|in `)|POSIX|Windows|not there on every system")
"""What is said where something is loaded late: how much that saves, or that it is not there everywhere."""
OF_ALL_METHODS = "# Methods load what answers them"
"""How a class begins whose methods each load what they need."""


def loaded_late(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """First and last line of what functions import, statements that follow one another as one."""
    lines = sorted(
        {
            (node.lineno, node.end_lineno or node.lineno)
            for function in functions(tree)
            for node in statements_in(ast.Module(function.body, []))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )
    while lines:
        first, last = lines.pop(0)
        while lines and lines[0][0] <= last + 2:
            last = lines.pop(0)[1]
        yield first, last


def test_what_is_loaded_late_says_what_that_saves(modules: dict[Path, ast.Module]) -> None:
    silent = []
    for path, tree in modules.items():
        text = texts()[path]
        if path.parts[0] not in CODE or OF_ALL_METHODS in text:
            continue
        lines = text.splitlines()
        for first, last in loaded_late(tree):
            begin = first - 1
            while lines[begin - 1].lstrip().startswith("#"):
                begin -= 1
            if not SAID.search("\n".join(lines[begin:last])):
                silent.append(f"{path}:{first}")
    assert silent == []


def undocumented(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[int, str]]:
    """Public functions and classes without a docstring, with their line; private and nested ones need none."""
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
        exempt = marks & {"override", "overload", "setter"} or (inside and CALLED_BY_TEXTUAL.fullmatch(node.name))
        if not exempt and ast.get_docstring(node) is None:
            yield node.lineno, f"{inside}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{node.name}.")


def test_everything_public_says_what_it_is_for(modules: dict[Path, ast.Module]) -> None:
    silent = [
        f"{path}:{line} {name}"
        for path, tree in modules.items()
        if path.parts[0] in CODE
        for line, name in undocumented(tree.body)
    ]
    assert silent == []


def test_every_module_says_what_it_is_for(modules: dict[Path, ast.Module]) -> None:
    silent = [str(path) for path, tree in modules.items() if tree.body and ast.get_docstring(tree) is None]
    assert silent == []


def test_packages_do_nothing_when_they_are_imported(modules: dict[Path, ast.Module]) -> None:
    """An `__init__` that imports puts its cost under everyone who wants another module of the package."""
    loading = [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        if path.name == "__init__.py"
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and getattr(node, "module", None) not in {"__future__", "typing"}
    ]
    assert loading == []


def matching(pattern: re.Pattern[str], *, apart_from: frozenset[str] = frozenset()) -> list[str]:
    """Places in any file where the pattern stands."""
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts().items()
        if str(path) not in apart_from
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished_in_a_comment() -> None:
    assert matching(UNFINISHED) == []


def test_nothing_names_a_machine_or_a_host_of_packages() -> None:
    assert matching(OF_A_MACHINE, apart_from=ITSELF) == []
    beside = re.compile(re.escape(f"{ROOT.parent}/")) if len(ROOT.parts) > 2 else OF_A_MACHINE
    assert matching(beside, apart_from=ITSELF) == []


def test_indentation_is_made_of_spaces() -> None:
    suffixes = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".sql", ".tcss", ".sh"}
    tabbed = [
        str(path) for path, text in texts().items() if path.suffix in suffixes and re.search(r"^ *\t", text, re.M)
    ]
    assert tabbed == []


def test_no_lock_file_that_names_hosts_is_tracked() -> None:
    assert [str(path) for path in texts() if path.name in {"uv.lock", "poetry.lock", "pdm.lock"}] == []


def test_the_tests_of_a_module_run_one_after_the_other(request: pytest.FixtureRequest) -> None:
    """What a module makes for its tests is made anew each time that one of another came between."""
    turns = [module for module, _ in groupby(item.path for item in request.session.items)]
    assert [module for module, count in Counter(turns).items() if count > 1] == []


def prose(holding: re.Pattern[str]) -> Iterator[tuple[Path, int, str]]:
    """What people read, line by line: documents without their code, comments, and docstrings.

    Only of files that hold what is looked for, as most do not, and to take one apart takes a while.
    """
    for path, text in texts().items():
        if not holding.search(text):
            continue
        if path.suffix == ".md":
            bare = re.sub(r"```.*?```", lambda block: "\n" * block.group().count("\n"), text, flags=re.S)
            yield from ((path, number, line) for number, line in enumerate(bare.splitlines(), 1))
        elif path.suffix == ".py":
            yield from ((path, number, line) for number, line in comments(text))
            for node in statements_in(ast.parse(text)):
                if (
                    isinstance(node, ast.Expr)
                    and isinstance(node.value, ast.Constant)
                    and isinstance(node.value.value, str)
                ):
                    yield path, node.lineno, node.value.value


def comments(text: str) -> Iterator[tuple[int, str]]:
    """The comments of a Python file."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_prose_is_spelt_the_british_way() -> None:
    found = [
        f"{path}:{number}: {match.group()}"
        for path, number, line in prose(AMERICAN)
        for match in AMERICAN.finditer(re.sub(r"`[^`]*`|https?://\S+", "", line))
    ]
    assert found == []
