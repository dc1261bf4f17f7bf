"""Writing what is on the screen to a file: as its command writes it, in the form that the name of the file asks for."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from db.errors import UsageError
from db.files.placement import put_in_place
from db.files.scratch import scratch_folder
from db.shortages import not_started
from tui.explorer.command_line import BY_WORD, word_of
from tui.text.safe import ENCODING_MARK, delimited

FORMS = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".txt": "table",
    ".xlsx": "csv", ".svg": "",
}  # fmt: skip
"""Endings of names, and the format of the command line that a file is made from; a picture is made from the screen."""

CALLED = {
    ".csv": "table, commas between", ".tsv": "table, tabs between", ".json": "for programs, whole",
    ".jsonl": "for programs, a line each", ".md": "Markdown", ".txt": "as text", ".xlsx": "spreadsheet",
    ".svg": "picture of the screen",
}  # fmt: skip
"""What a file with each ending is."""

PICTURE = ".svg"
_SHEET = ".xlsx"
_FOR_PEOPLE = (".csv", ".tsv", _SHEET)
"""Files that a spreadsheet opens: tables for people of what has them."""
_HAVE_SHEETS = ("show", "find")
"""Commands that write tables for people."""
_ROWS = (*_FOR_PEOPLE, ".jsonl")
"""Files that hold rows, of a record those of its links."""

_EVERYTHING = "999999999"

Asking = Callable[[Sequence[str]], str]
"""Runs a command of the command line by its words and returns what it writes. Raises UsageError with its complaint."""


def file_named(text: str) -> Path:
    """Return the file that a person named. Raises UsageError where its ending says no form, or it cannot be there."""
    named = Path(os.path.expanduser(text.strip()))
    if named.suffix.lower() not in FORMS or "\0" in text:
        raise UsageError(f"{named.name}: the name has to end with one of {', '.join(FORMS)}")
    try:
        path = named.absolute()
    except OSError as error:
        raise UsageError(f"{named}: the folder one is in is gone; name one that is there") from error
    try:
        if not path.parent.is_dir():
            raise UsageError(f"{path.parent}: there is no such folder")
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file in it")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; choose another name") from error
    return path


_LETTERS = 24
"""Of a name that is proposed, so that its ending is in sight on a narrow screen."""


def usual_name(words: Sequence[str]) -> str:
    """Return a short name for the file of a command's answer: `RLQ.csv`, `tree-RLQ.csv`."""
    name, *rest = words
    if "--part" in rest:
        rest = [rest[rest.index("--part") + 1], *without_part(rest)]
    said = rest if name == "find" else [word.rpartition(":")[2] for word in rest]
    plain = re.sub(r"[^\w]+", "-", " ".join(said if name in ("show", "find") else (name, *said)), flags=re.ASCII)
    short = plain.strip("-")
    if len(short) > _LETTERS:
        whole, _, _ = short[: _LETTERS + 1].rpartition("-")
        short = whole or short[:_LETTERS]
    return f"{short.strip('-') or 'interlock'}.csv"


def is_file_name(line: str) -> bool:
    """Tell whether a line is the name of a file that can be written, and so no command."""
    return Path(line).suffix.lower() in FORMS and word_of(line) not in BY_WORD


def command_for(words: Sequence[str], ending: str) -> tuple[str, ...]:
    """Return the words of the command whose answer the file holds: all of it, for a spreadsheet a table for people.

    For programs, JSON has the whole record, JSONL its links: as of a day also those that nothing dates.
    """
    name, *rest = words
    if name in _HAVE_SHEETS and ending in _FOR_PEOPLE:
        return (name, "--sheet", FORMS[ending], *rest)
    if name == "show" and ending in (".json", ".jsonl"):
        rest = without_part(rest)
    if name == "show" and ending in _ROWS:
        name = "links"
        rest = ["--not-dated", *rest] if "--as-of" in rest else rest
    # What comes behind `--` would be no option.
    whole = ("--limit", _EVERYTHING) if name == "find" else ()
    return (name, "--format", FORMS[ending], *whole, *rest)


def without_part(words: Sequence[str]) -> list[str]:
    """Return the words of a command that is about a whole page, and no part of it."""
    at = words.index("--part") if "--part" in words else len(words)
    return [*words[:at], *words[at + 2 :]]


def run_command(words: Sequence[str]) -> str:
    """Run a command as a process of its own, as its output is the contract of files, too."""
    import subprocess  # with what it loads 8 ms, and csv below 2, that only files pay for

    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tui", *words], capture_output=True, stdin=subprocess.DEVNULL, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        )  # fmt: skip
    except OSError as error:
        raise UsageError(f"nothing is written: {not_started(error)}") from error
    # 1 says that there is nothing, which is an answer.
    if done.returncode not in (0, 1):
        raise UsageError(done.stderr.decode("utf-8", "replace").strip().removeprefix("interlock: ") or "it was ended")
    return done.stdout.decode("utf-8", "replace")


def write_file(path: Path, contents: bytes, *, over: bool) -> None:
    """Write a file that is whole or not there. Raises FileExistsError unless `over`, UsageError where it cannot be."""
    try:
        with scratch_folder(path.parent) as folder:
            fresh = folder / "export"
            fresh.write_bytes(contents)
            put_in_place(fresh, path, over=over)
    except FileExistsError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def only_rows(answer: str, ending: str, keys: Collection[str]) -> str:
    """Return the rows of an answer whose record is among `keys`. Raises UsageError for what has no rows."""
    if ending == ".jsonl":
        return "".join(line for line in answer.splitlines(keepends=True) if json.loads(line).get("key") in keys)
    if ending not in _ROWS:
        raise UsageError(f"a filter is set, and only {', '.join(_ROWS)} hold what it lets through; Esc takes it away")
    mark = "\t" if FORMS[ending] == "tsv" else ","
    text = answer.removeprefix(ENCODING_MARK)
    heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    if "key" not in heading:
        raise UsageError("a filter is set, and rows of this have no record to go by; Esc takes it away")
    at = heading.index("key")
    kept = "".join(delimited(row, mark) + "\n" for row in (heading, *(row for row in rows if row[at] in keys)))
    return (ENCODING_MARK if text != answer else "") + kept


def contents_of(answer: str, ending: str) -> bytes:
    """Return a file's bytes of what a command wrote."""
    if ending != _SHEET:
        return answer.encode("utf-8", "replace")
    from tui.text.workbook import MOST_ROWS, workbook  # 9 ms, and it is wanted seldom

    rows = list(csv.reader(io.StringIO(answer.removeprefix(ENCODING_MARK), newline="")))
    if len(rows) > MOST_ROWS:
        raise UsageError(f"{len(rows):,} rows: a sheet holds {MOST_ROWS:,}; write .csv")
    return workbook(rows)
