"""What comes with the program for shells: completion scripts that they accept, and the man page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.commands.conftest import Interlock
from tests.man_page import PAGE, page
from tui.cli.arguments import GLOBAL_OPTIONS
from tui.cli.commands import COMMANDS
from tui.cli.completion import SCRIPTS, every_command

TRY = """
COMP_WORDS=({line}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); _interlock; printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_names_every_command_and_option_and_the_shell_takes_it(shell: str, interlock: Interlock) -> None:
    script = interlock("completion", shell).stdout
    options = [option for command in every_command() for option in command.options]
    for word in (*COMMANDS, *(option.name.lstrip("-") for option in (*options, *GLOBAL_OPTIONS))):
        assert re.search(rf"(?<![\w-])(--?)?{re.escape(word)}(?![\w-])", script), word
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, check=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("interlock fin", {"find"}),
        ("interlock --format ''", {"table", "json", "jsonl", "csv", "tsv", "markdown"}),
        ("interlock --db x.db tim", {"timeline"}),
        ("interlock tree --dep", {"--depth"}),
        ("interlock tree RLQ --direction ''", {"in", "out"}),
        ("interlock tree --depth ''", {""}),
        ("interlock import ''", {""}),
    ],
)
def test_bash_completes_what_may_stand_there(line: str, offered: set[str]) -> None:
    done = subprocess.run(
        ["bash", "-c", SCRIPTS["bash"]() + TRY.format(line=line)], capture_output=True, check=True, encoding="utf-8"
    )
    assert set(done.stdout.split("\n")[:-1]) == offered


def test_another_shell_is_refused_with_those_that_there_are(interlock: Interlock) -> None:
    done = interlock("completion", "fisch")
    assert done.returncode == 2
    assert "did you mean fish?" in done.stderr


def test_the_man_page_is_made_from_the_commands() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_no_line_of_the_man_page_is_a_request_by_mistake() -> None:
    requests = {line.split()[0] for line in page().splitlines() if line[:1] in (".", "'")}
    assert requests == {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br"}
