"""Completion scripts for shells, made from what the commands declare."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from tui.cli.arguments import GLOBAL_OPTIONS, Command, Option
from tui.cli.commands import COMMANDS, MODULES

PROGRAMS = ("interlock", "ilk")


def declared(name: str) -> Command:
    """Return a command as its module declares it."""
    command = import_module(f"tui.cli.commands.{MODULES.get(name, name)}").COMMAND
    assert isinstance(command, Command)
    return command


def every_command() -> tuple[Command, ...]:
    """Return all commands, in the order in which help lists them."""
    return tuple(map(declared, COMMANDS))


def bash() -> str:
    """Return the script for bash: commands, options, words of options; else files, as bash does."""
    lines = ["_interlock() {", "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}"]
    lines += ["    local command= options= i", "    COMPREPLY=()", "    for ((i = 1; i < COMP_CWORD; i++)); do"]
    lines += ["        case ${COMP_WORDS[i]} in", f"            {_either(_valued(GLOBAL_OPTIONS))}) ((i++)) ;;"]
    lines += ["            -*) ;;", "            *) command=${COMP_WORDS[i]}; break ;;", "        esac", "    done"]
    lines += ["    case $command in"]
    for one in every_command():
        lines.append(f"        {one.name}) options='{' '.join(option.name for option in one.options)}' ;;")
    lines += ["    esac", "    case $command:$before in"]
    lines += [f"        *:{one.name}) {_words(one.choices)}; return ;;" for one in GLOBAL_OPTIONS if one.choices]
    for one in every_command():
        lines += [f"        {one.name}:{o.name}) {_words(o.choices)}; return ;;" for o in one.options if o.choices]
        if plain := [f"{one.name}:{name}" for name in _valued(o for o in one.options if not o.choices)]:
            lines.append(f"        {_either(plain)}) return ;;")
    everywhere = " ".join(option.name for option in GLOBAL_OPTIONS)
    lines += ["    esac", "    if [[ $word == -* ]]; then"]
    lines += [f'        COMPREPLY=($(compgen -W "$options {everywhere}" -- "$word"))']
    lines += ["    elif [[ -z $command ]]; then", f"        {_words(COMMANDS)}", "    fi", "}"]
    return "\n".join([*lines, f"complete -o default -F _interlock {' '.join(PROGRAMS)}"]) + "\n"


def _words(words: Iterable[str]) -> str:
    return f"COMPREPLY=($(compgen -W '{' '.join(words)}' -- \"$word\"))"


def _valued(options: Iterable[Option]) -> list[str]:
    return [option.name for option in options if option.value]


def _either(words: Iterable[str]) -> str:
    return "|".join(words)


def zsh() -> str:
    """Return the script for zsh: the same, with what each command and option does."""
    everywhere = [f"    {_zsh_option(option)} \\" for option in GLOBAL_OPTIONS]
    lines = [f"#compdef {' '.join(PROGRAMS)}", "", "_interlock() {", "  local curcontext=$curcontext state line"]
    lines += ["  typeset -A opt_args", "  local -a commands", "  _arguments -C \\", *everywhere]
    lines += [
        "    '1:command:->command' '*::argument:->argument'",
        "  case $state in",
        "    command)",
        "      commands=(",
    ]
    lines += [f"        {_quoted(f'{name}:{summary}')}" for name, summary in COMMANDS.items()]
    lines += ["      )", "      _describe command commands", "      ;;", "    argument)", "      case $line[1] in"]
    for one in every_command():
        options = [f"          {_zsh_option(option)} \\" for option in (*one.options, *GLOBAL_OPTIONS)]
        lines += [f"        {one.name}) _arguments \\", *options, "          '*:word:_files' ;;"]
    lines += ["      esac", "      ;;", "  esac", "}", "", f"compdef _interlock {' '.join(PROGRAMS)}"]
    return "\n".join(lines) + "\n"


def _zsh_option(option: Option) -> str:
    """Return one option as `_arguments` takes it; a `*` in front where it may be given again."""
    told = option.help.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    value = "" if option.value is None else f":{option.value.replace(':', ' ')}:"
    value += f"({' '.join(option.choices)})" if option.choices else "_files" if option.value == "PATH" else ""
    return _quoted(f"{'*' if option.many else ''}{option.name}[{told}]{value}")


def fish() -> str:
    """Return the script for fish."""
    first = "not __fish_seen_subcommand_from " + " ".join(COMMANDS)
    lines = [
        f"complete -c interlock -n {_quoted(first)} -a {name} -d {_quoted(summary)}"
        for name, summary in COMMANDS.items()
    ]
    lines += [_fish_option("", option) for option in GLOBAL_OPTIONS]
    for one in every_command():
        lines += [_fish_option(f" -n '__fish_seen_subcommand_from {one.name}'", option) for option in one.options]
    return "\n".join([*lines, *(f"complete -c {name} -w interlock" for name in PROGRAMS[1:])]) + "\n"


def _fish_option(where: str, option: Option) -> str:
    name = f"-l {option.name[2:]}" if option.name.startswith("--") else f"-s {option.name[1:]}"
    value = f" -x -a {_quoted(' '.join(option.choices))}" if option.choices else " -r" if option.value else ""
    return f"complete -c interlock{where} {name}{value} -d {_quoted(option.help)}"


def _quoted(text: str) -> str:
    """Return a text in single quotes that all three shells read alike."""
    return "'" + text.replace("'", "’") + "'"


SCRIPTS = {"bash": bash, "zsh": zsh, "fish": fish}
