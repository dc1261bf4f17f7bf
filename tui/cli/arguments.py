"""Reading a command line: options before or after arguments, filters that begin with `-`, errors that name the nearest.

A command is declared as data (`Command`), so that help, the parser and the documentation cannot differ. The standard
library's parser takes `-status:closed` for options and loses words after `--` when options and words are mixed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from db import dates
from db.errors import UsageError
from db.graph.choice import LinkChoice
from db.nearest_word import nearest_word


def number(text: str) -> int:
    """Read a count, 0 or more. Raises ValueError."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def seconds(text: str) -> float:
    """Read a time in seconds, 0 or more. Raises ValueError."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e6:
        raise ValueError(f"{text!r} is not a number of seconds")
    return value


def date(text: str) -> str:
    """Read a date as the register writes it, partial or not, but with a year. Raises ValueError."""
    if text.startswith("XXXX"):
        raise ValueError(f"{text!r} has no year")
    return dates.parse(text)


def text(value: str) -> str:
    """Take a value as it is; an empty one is a mistake, usually an unset variable. Raises ValueError."""
    if not value:
        raise ValueError("the value is empty")
    return value


class Option(NamedTuple):
    """One option: without `value` a flag; `many` may be given again, or take several separated by commas."""

    name: str
    help: str
    value: str | None = None
    read: Callable[[str], object] = text
    many: bool = False
    choices: tuple[str, ...] = ()


class Command(NamedTuple):
    """A command as data: its words (`usage`), how many it needs, and its options beside the global ones."""

    name: str
    usage: str = ""
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int | None = None
    filters: bool = False
    """Whether words may be filters, so that `-kind:person` is a word and no option."""
    epilogue: str = ""


FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")
COLOURS = ("auto", "always", "never")

GLOBAL_OPTIONS = (
    Option("--db", "database to use, instead of $INTERLOCK_DB or your own", "PATH"),
    Option("--builtin", "read the built-in register alone"),
    Option("--format", "how to write the answer: " + ", ".join(FORMATS), "FORMAT", choices=FORMATS),
    Option("--color", "colour: auto (on a terminal), always or never", "WHEN", choices=COLOURS),
    Option("--debug", "show where an error came from"),
    Option("--help", "show this help"),
    Option("--version", "show the version"),
)

AS_OF = Option("--as-of", "the register as it stood on that day", "DATE", dates.parse_day)

WAIT = Option("--wait", "how long to wait for an import to end (unless asked: 5)", "SECONDS", seconds)

SHORT = {"-h": "--help", "-V": "--version"}


class Arguments:
    """What a command line said: the words in order, and the options by name."""

    def __init__(self, words: tuple[str, ...], options: dict[str, object]) -> None:
        self.words = words
        self._options = options

    def flag(self, name: str) -> bool:
        """Tell whether a flag was given."""
        return self._options.get(name) is True

    def text(self, name: str) -> str | None:
        """Return an option's text, None where it was not given."""
        value = self._options.get(name)
        return value if isinstance(value, str) else None

    @property
    def form(self) -> str:
        """The format in which the answer is wanted."""
        return self.text("--format") or "table"

    def number(self, name: str, default: int) -> int:
        """Return an option's whole number."""
        value = self._options.get(name)
        return value if isinstance(value, int) else default

    def limit(self, usual: int | None) -> int | None:
        """Return how many of a list are asked for with `--limit`, else as many as `usual`; None means all."""
        value = self._options.get("--limit", usual)
        return value if isinstance(value, int) else None

    def seconds(self, name: str, default: float) -> float:
        """Return an option's seconds."""
        value = self._options.get(name)
        return value if isinstance(value, float) else default

    @property
    def links(self) -> LinkChoice:
        """Which links a question to the graph is about, by `--type`, `--not` and `--all`."""
        return LinkChoice(self.many("--type"), self.many("--not"), self.flag("--all"))

    @property
    def wait(self) -> float:
        """Seconds to wait for an import to end, before something is written."""
        return self.seconds(WAIT.name, 5.0)

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values given to an option that may be repeated."""
        value = self._options.get(name)
        return tuple(str(one) for one in value) if isinstance(value, list) else ()

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the options that were given, in order."""
        return tuple(self._options)

    @property
    def phrase(self) -> str:
        """The words as one text, so that a name of several words needs no quotes."""
        return " ".join(self.words)


def split_command(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the command, which is the first word that is no global option or its value, and the words without it."""
    takes_value = {option.name for option in GLOBAL_OPTIONS if option.value}
    position = 0
    while position < len(words):
        word = words[position]
        if word == "--":
            break
        if not word.startswith("-") or word == "-":
            return word, [*words[:position], *words[position + 1 :]]
        position += 2 if word in takes_value else 1
    return None, list(words)


def parse(command: Command, words: Sequence[str]) -> Arguments:
    """Read a command's words and options. Raises UsageError, one line that names the nearest option."""
    options = {option.name: option for option in (*command.options, *GLOBAL_OPTIONS)}
    found: list[str] = []
    values: dict[str, object] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            found += rest
            break
        if not word.startswith("-") or word == "-" or (command.filters and _is_filter(word)):
            found.append(word)
            continue
        name, equals, value = word.partition("=")
        option = options.get(SHORT.get(name, name))
        if option is None:
            raise UsageError(_unknown_option(command, name, options))
        if option.value is None:
            if equals:
                raise UsageError(f"{name} takes no value")
            values[option.name] = True
            continue
        if not equals:
            if not rest:
                raise UsageError(f"{name} needs a value: {name} {option.value}")
            value = rest.pop(0)
        _keep(option, value, values)
    arguments = Arguments(tuple(found), values)
    if not (arguments.flag("--help") or arguments.flag("--version")):
        _check_count(command, found)
    return arguments


def _is_filter(word: str) -> bool:
    """Tell a filter turned round (`-status:closed`) from an option."""
    name, colon, _ = word[1:].partition(":")
    return bool(colon) and name.isalpha()


def _keep(option: Option, given: str, values: dict[str, object]) -> None:
    """Check an option's value and put it beside the others."""
    parts = [part.strip() for part in given.split(",") if part.strip()] if option.many else [given]
    for part in parts or [""]:
        if option.choices and part not in option.choices:
            near = nearest_word(part, option.choices)
            hint = f"did you mean {near}?" if near else "it may be " + ", ".join(option.choices)
            raise UsageError(f"{option.name}: {part!r} is not known; {hint}")
        try:
            value = option.read(part)
        except ValueError as error:
            raise UsageError(f"{option.name}: {error}") from error
        if option.many:
            kept = values.setdefault(option.name, [])
            if isinstance(kept, list):
                kept.append(value)
        else:
            values[option.name] = value


def _unknown_option(command: Command, name: str, options: Iterable[str]) -> str:
    near = nearest_word(name, options)
    hint = f"did you mean {near}?" if near else f"see {_called(command)} --help"
    return f"{command.name or 'a quick look'} has no option {name}; {hint}"


def _called(command: Command) -> str:
    return f"interlock {command.name}".rstrip()


def _check_count(command: Command, words: Sequence[str]) -> None:
    if len(words) < command.least:
        wanted = command.usage.split(" [")[0]
        raise UsageError(f"{command.name} needs {wanted}: interlock {command.name} {command.usage}")
    if command.most is not None and len(words) > command.most:
        surplus, name = words[command.most], command.name
        raise UsageError(f"{name} does not know what to do with {surplus!r}; see interlock {name} --help")
