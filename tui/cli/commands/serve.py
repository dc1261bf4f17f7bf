"""`interlock serve`: the explorer in a browser on this machine."""

from __future__ import annotations

import shlex
import sys

from db.errors import UsageError
from tui.cli.arguments import Arguments, Command, Option, number
from tui.cli.database import named_path, open_chosen
from tui.cli.lists import note

PORT = 8000
LOOPBACK = "127.0.0.1"

COMMAND = Command(
    name="serve",
    usage="[KEY]",
    options=(Option("--port", f"the port to listen on, instead of {PORT}", "N", number),),
    epilogue="Only browsers on this machine reach it, and nothing can be written from there: no files, no answers in "
    "review, no state. Ctrl-C ends it. It needs the extra `web`: pip install 'interlock[web]'.",
)


def run(arguments: Arguments) -> int:
    """Serve until interrupted. Raises UsageError where the extra is missing, or the port cannot be had."""
    port = arguments.number("--port", PORT)
    if not 0 < port < 65536:
        raise UsageError(f"--port: {port} is no port; it may be 1 to 65535")
    with open_chosen(arguments) as register:
        key = (register.resolve(arguments.phrase),) if arguments.words else ()
    try:
        from tui.explorer.served import serve  # with aiohttp 0.3 s
    except ImportError as error:
        raise UsageError("serve needs the extra 'web': pip install 'interlock[web]'") from error
    named = named_path(arguments)
    register_words = ("--builtin",) if arguments.flag("--builtin") else ("--db", named) if named else ()
    command = shlex.join((sys.executable, "-P", "-m", "tui", "open", *register_words, "--", *key))
    ready = f"the explorer is at http://{LOOPBACK}:{port} for browsers on this machine; Ctrl-C ends it"
    serve(command, LOOPBACK, port, lambda: note(ready))
    return 0
