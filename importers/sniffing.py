"""Choosing the importer of an input by its content, and saying why that one."""

from __future__ import annotations

from dataclasses import dataclass

from db.errors import InputError
from importers.base import Guess, Importer, Input, Sample
from importers.detect import describe
from importers.registry import Registry

CERTAIN_ENOUGH = 0.2
"""A guess below this is no guess: better to ask for `--as` than to read a file wrongly."""

TIE = 0.02
"""Scores nearer than this are equal, so that two formats that fit alike are a question and not a coin toss."""


class UnknownFormatError(InputError):
    """No importer, or more than one equally, takes the input; in a folder it is passed over rather than fatal."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The importer that reads an input, how sure that is and why."""

    importer: Importer
    guess: Guess
    named: bool = False
    """Whether the user chose it with `--as`."""
    failures: tuple[str, ...] = ()
    """Importers that failed while they looked, for a warning."""


def choose(source: Input, registry: Registry, as_name: str | None = None) -> Choice:
    """The importer with the highest score, or the one named.

    Raises `UnknownFormatError` where none fits, several fit equally or the best has a question, `UsageError` for an
    unknown `as_name`.
    """
    if as_name is not None:
        return Choice(registry.named(as_name).importer, Guess(1.0, "named with --as"), named=True)
    sample = source.sample()
    guesses, failures = _guesses(sample, registry)
    if not guesses:
        raise UnknownFormatError(_unknown(source, sample, registry))
    best, choice = guesses[0]
    if best.question is not None:
        raise UnknownFormatError(f"{source.label}: {best.question}")
    rivals = [importer.name for guess, importer in guesses[1:] if best.score - guess.score < TIE]
    if rivals:
        tied = " and ".join([choice.name, *rivals])
        raise UnknownFormatError(f"{source.label}: fits {tied} equally well; choose with --as {choice.name}")
    return Choice(choice, best, failures=tuple(failures))


def _guesses(sample: Sample, registry: Registry) -> tuple[list[tuple[Guess, Importer]], list[str]]:
    """Every guess worth having, best first; an importer that raises is left out and named."""
    guesses: list[tuple[Guess, Importer]] = []
    failures: list[str] = []
    for entry in registry.installed:
        try:
            guess = entry.importer.sniff(sample)
        except Exception as error:  # a plug-in's bug must not keep the others from reading
            failures.append(f"{entry.name} of {entry.origin} failed to look at it: {type(error).__name__}: {error}")
            continue
        if guess is not None and guess.score >= CERTAIN_ENOUGH:
            guesses.append((guess, entry.importer))
    guesses.sort(key=lambda pair: (-pair[0].score, pair[1].name))
    return guesses, failures


def _unknown(source: Input, sample: Sample, registry: Registry) -> str:
    """One line: what the file seems to be, and how to go on."""
    seen = describe(sample)
    if seen in ("empty", "blank"):
        return f"{source.label}: is {seen}, there is nothing to import"
    if "HTML page" in seen and sample.extension not in ("html", "htm"):
        ending = sample.extension or "data file"
        return f"{source.label}: is {seen}, not a {ending}; a website sent that instead of the file: fetch it again"
    names = ", ".join(entry.name for entry in registry.installed)
    own = ", or a mapping of your own with --map" if "with a heading" in seen or seen == "JSON" else ""
    return f"{source.label}: is {seen}, which no format recognises; name one with --as ({names}){own}"
