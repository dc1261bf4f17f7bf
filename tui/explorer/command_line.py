"""What is typed behind `:`, taken apart: the words and options of the command line, without the quotes of a shell.

What may stand behind a word is said by `Action.command`, as help writes it: `KEY` and one capital letter are records,
the first may be left out in brackets and then is the one that is open; `…` takes any number of words; words between
bars are those that may be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.errors import UsageError, quoted
from db.keys import KINDS
from db.nearest_word import nearest_word
from tui.cli.arguments import Arguments, Command, Option, parse
from tui.explorer.actions import ACTIONS, Action
from tui.text.safe import clip

BY_WORD = {action.word: action for action in ACTIONS if action.word}
"""Everything that the line can do, by its word."""

ALIASES = {"asof": "as-of", "q": "quit"}
"""What people type for a word as well."""

KIND_WORDS = tuple(f"{kind}s" for kind in KINDS)
"""Words that list all records of a kind."""

_SHORTEST_KIND = 3
"""Letters of a kind that stand for it: `:arr`."""

_TOKEN = re.compile(r'"[^"]*(?:"|$)|(?:[^\s"]|(?<=:)"[^"]*(?:"|$))+')
_NEAR_OPTION = re.compile(r"; did you mean (--[\w-]+)\?")
_USAGE = re.compile(r"\[[^\]]*\]|\S+")
_IN_A_SHELL = re.compile(r"`interlock ([a-z-]+)([^`]*)`")
_QUOTES = str.maketrans("“”„", '"' * 3)


class TypedWord(NamedTuple):
    """One word of a line, or several in quotes, and where it begins."""

    start: int
    text: str
    is_whole: bool
    """Whether its quotes, if it has any, are closed."""


class Operand(NamedTuple):
    """What a command takes at one place behind its word."""

    name: str
    is_optional: bool
    takes_many: bool

    @property
    def is_record(self) -> bool:
        """Whether a record is named there."""
        return self.name == "KEY" or (len(self.name) == 1 and self.name.isupper())

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may stand there, none where any may."""
        return tuple(self.name.split("|")) if self.name.islower() else ()


@dataclass(frozen=True, slots=True)
class CommandAsked:
    """A line that can be done: the action and what was said with it."""

    action: Action
    words: tuple[str, ...]
    """What stands behind its word, the record that is open in front where it was left out."""
    arguments: Arguments
    """Its options."""


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line that lists records: a kind or type in some spellings of which the first that is known counts."""

    word: str
    filters: tuple[str, ...]
    rest: str


class LineEnd(NamedTuple):
    """What the end of a line is the beginning of."""

    what: str
    """command, record, choice, option, file, day, or nothing."""
    text: str = ""
    start: int = 0
    """Where in the line it begins."""
    choices: tuple[Option | str, ...] = ()


def words_of(line: str) -> tuple[TypedWord, ...]:
    """Return the words of a line; double quotes hold several together, an apostrophe is a letter."""
    found = []
    for token in _TOKEN.finditer(line.translate(_QUOTES)):
        text = token.group()
        # The quotes of `place:"St Helens"` are the search's, and stay.
        found.append(TypedWord(token.start(), text.strip('"') if text[0] == '"' else text, text.count('"') % 2 == 0))
    return tuple(found)


def word_of(line: str) -> str:
    """Return the word of a command that a line begins with."""
    words = words_of(line)
    return ALIASES.get(words[0].text, words[0].text) if words else ""


def operands_of(action: Action) -> tuple[Operand, ...]:
    """Return what may stand behind an action's word."""
    return tuple(
        Operand(token.strip("[]").rstrip("…"), token.startswith("["), token.rstrip("]").endswith("…"))
        for token in _USAGE.findall(action.command.partition(" ")[2])
    )


def read(line: str, here: str | None, options: Sequence[Option] = ()) -> CommandAsked | ListedLine:
    """Return what a line asks for; `here` is the key of the record that is open, `options` what its command takes.

    Raises UsageError, one line that says what to write.
    """
    words = words_of(line)
    if not words:
        raise UsageError("nothing to do: type a command, such as :help")
    if not all(word.is_whole for word in words):
        raise UsageError(f"a quote is not closed: {quoted(words[-1].text)}")
    word, given = word_of(line), [one.text for one in words[1:]]
    action = BY_WORD.get(word)
    if action is None:
        return _listed(word, given)
    operands, usage = operands_of(action), action.command.partition(" ")[2]
    most = None if any(operand.takes_many for operand in operands) else len(operands)
    command = Command(word, usage, tuple(options), most=most, filters="FILTERS" in usage)
    taken = {option.name for option in options}
    try:
        arguments = parse(command, given)
    except UsageError as error:
        told = in_the_explorer(_of_taken_options(str(error), taken))
        raise UsageError(f"{told}; write :{action.command}") from error
    for name in arguments.given:
        if name not in taken:
            raise UsageError(f":{word} takes no {name} here; write :{action.command}")
    said = _filled(action, operands, arguments.words, here)
    for operand, one in zip(operands, said, strict=False):
        if operand.choices and one not in operand.choices:
            raise UsageError(f":{word}: {quoted(one)} is not known; it may be {', '.join(operand.choices)}")
    return CommandAsked(action, said, arguments)


def _filled(action: Action, operands: tuple[Operand, ...], said: tuple[str, ...], here: str | None) -> tuple[str, ...]:
    """Return the words with the record that is open in front, where one may be left out and was.

    Raises UsageError where that is not enough.
    """
    may_fill = bool(operands) and operands[0].is_record and operands[0].is_optional
    if may_fill and here and len(said) < len(operands):
        said = (here, *said)
    least = sum(not operand.is_optional or (operand.is_record and not n) for n, operand in enumerate(operands))
    if len(said) < least:
        open_first = ", or open a record first" if may_fill and not here else ""
        raise UsageError(f"more is needed: write :{action.command.replace('[', '').replace(']', '')}{open_first}")
    return said


def _of_taken_options(error: str, taken: Container[str]) -> str:
    """Return what the parser of the command line says, without an option like it that only a shell offers."""
    near = _NEAR_OPTION.search(error)
    return error[: near.start()] if near and near[1] not in taken else error


def in_the_explorer(error: str) -> str:
    """Return what went wrong as it is said here: commands with a colon, nothing of what is true in a shell alone."""
    return re.sub(r"(; see interlock|: interlock).*", "", as_typed_here(error))


def as_typed_here(text: str) -> str:
    """Return a text that names commands of a shell with those that can be typed behind `:` as they are typed there."""
    return _IN_A_SHELL.sub(lambda found: f":{found[1]}{found[2]}" if found[1] in BY_WORD else found[0], text)


def _listed(word: str, rest: list[str]) -> ListedLine:
    """Return the search for a word that is no command: a kind, or a type in the singular or plural."""
    plain = word.casefold()
    if not all(letter.isalnum() or letter == "-" for letter in plain):
        raise UsageError(unknown(word))
    kinds = [kind for kind in KINDS if len(plain) >= _SHORTEST_KIND and f"{kind}s".startswith(plain)]
    kinds += ["person"] if plain == "people" else []
    singular = [plain.removesuffix("s"), plain.removesuffix("es"), f"{plain.removesuffix('ies')}y"]
    types = tuple(f"type:{one}" for one in dict.fromkeys((plain, *singular)) if one)
    return ListedLine(word, tuple(f"kind:{kind}" for kind in kinds) or types, " ".join(rest))


def unknown(word: str) -> str:
    """Return what to say of a word that is neither a command nor a kind or type of record."""
    near = nearest_word(word, (*BY_WORD, *KIND_WORDS))
    hint = f"did you mean :{near}?" if near else "Tab lists what there is"
    return f"no command, kind or type {quoted(clip(word, 40))}; {hint}"


def wanted(line: str, options: Sequence[Option] = ()) -> LineEnd:
    """Return what the end of a line is the beginning of, so that it can be completed."""
    words = words_of(line)
    ended = not line or line[-1].isspace()
    if not words or (len(words) == 1 and not ended):
        return LineEnd("command", words[0].text if words else "", words[0].start if words else len(line))
    action = BY_WORD.get(word_of(line))
    last = TypedWord(len(line), "", True) if ended and words[-1].is_whole else words[-1]
    if action is None:
        return LineEnd("", last.text, last.start)
    if last.text.startswith("-"):
        return LineEnd("option", last.text, last.start, tuple(options))
    operands = operands_of(action)
    behind = [word for word in words[1:] if not word.text.startswith("-") and word.start < last.start]
    operand = operands[min(len(behind), len(operands) - 1)] if operands else None
    if operand is None or (len(behind) >= len(operands) and not operand.takes_many):
        return LineEnd("", last.text, last.start)
    if operand.name == "FILE":
        return LineEnd("file", last.text, last.start)
    if operand.name == "DAY":
        start = behind[0].start if behind else last.start
        return LineEnd("day", line[start:].strip(), start)
    if operand.choices:
        return LineEnd("choice", last.text, last.start, operand.choices)
    if not (operand.is_record or "KEY" in operand.name):
        return LineEnd("", last.text, last.start)
    if operand.takes_many and len(operands) == 1 and behind:
        # The words of one name, up to the end of the line.
        return LineEnd("record", line[behind[0].start :].strip('" '), behind[0].start)
    return LineEnd("record", last.text, last.start)


def query_of(words: Sequence[str]) -> str:
    """Return words as one text that a search reads."""
    return " ".join(word if '"' in word else in_quotes(word) for word in words)


def in_quotes(text: str) -> str:
    """Return a word as it has to stand on the line."""
    return f'"{text}"' if not text or any(letter.isspace() for letter in text) else text
