"""`interlock completion`: what a shell completes behind `interlock`."""

from __future__ import annotations

import sys

from db.errors import UsageError
from db.nearest_word import nearest_word
from tui.cli.arguments import Arguments, Command
from tui.cli.completion import SCRIPTS

COMMAND = Command(
    name="completion",
    usage="bash | zsh | fish",
    least=1,
    most=1,
    epilogue="bash: interlock completion bash > ~/.local/share/bash-completion/completions/interlock\n"
    "zsh: interlock completion zsh > a folder of $fpath, as _interlock\n"
    "fish: interlock completion fish > ~/.config/fish/completions/interlock.fish",
)


def run(arguments: Arguments) -> int:
    """Write the script. Raises UsageError for another shell."""
    shell = arguments.words[0]
    if shell not in SCRIPTS:
        near = nearest_word(shell, SCRIPTS)
        raise UsageError(
            f"there is no completion for {shell!r}; " + (f"did you mean {near}?" if near else "bash, zsh or fish")
        )
    sys.stdout.write(SCRIPTS[shell]())
    return 0
