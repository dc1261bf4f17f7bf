"""The page on the commands says of each command and option what the parser knows, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db import errors
from tui.cli.arguments import FORMATS, GLOBAL_OPTIONS, SHORT
from tui.cli.commands import COMMANDS, EXIT_CODES
from tui.cli.completion import declared

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text("utf-8")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def part(heading: str) -> str:
    """The text under a heading, up to the next."""
    return re.split(r"^#{2,3} ", PAGE.split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.M)[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_documented_with_its_words_and_options(name: str) -> None:
    command = declared(name)
    assert command.name == name
    described = part(f"### {name}")
    assert f"`interlock {name} {command.usage}".rstrip() in described
    named = {*OPTION.findall(described), *re.findall(r"`(-[a-z]) ", described)}
    assert named >= {option.name for option in command.options}
    known = {option.name for option in (*command.options, *GLOBAL_OPTIONS)}
    assert named <= known


def test_no_other_command_is_documented() -> None:
    assert re.findall(r"^### (\w+)$", PAGE, flags=re.M) == list(COMMANDS)


def test_options_for_every_command_are_documented() -> None:
    described = part("## Options for every command")
    assert {option.name for option in GLOBAL_OPTIONS} == set(OPTION.findall(described))
    assert all(f"`{short}`" in described for short in SHORT)
    assert all(f"`{form}`" in described for form in FORMATS)


def test_exit_codes_are_documented_and_cover_every_error() -> None:
    described = {int(code): means for code, means in re.findall(r"^\| (\d+) \| (.+) \|$", part("## Exit codes"), re.M)}
    assert described == EXIT_CODES
    raised = {error.exit_code for error in vars(errors).values() if hasattr(error, "exit_code")}
    assert raised <= set(EXIT_CODES)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_of_a_command_shadows_a_global_one(name: str) -> None:
    assert not {option.name for option in declared(name).options} & {option.name for option in GLOBAL_OPTIONS}
