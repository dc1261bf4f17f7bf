"""Choosing the importer of an input by its content and saying why, or what a file seems to be that none takes."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from db.errors import InputError
from importers.base import BY_MAPPING, Guess, Importer, Input, Sample
from importers.registry import Registry

CERTAIN_ENOUGH = 0.2
"""A guess below this is no guess: better to ask for `--as` than to read a file wrongly."""

TIE = 0.02
"""Scores nearer than this are equal, so that two formats that fit alike are a question and not a coin toss."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive (or an Office file, which is one)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (xls, doc)"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|title)\b", re.I | re.S
)
_TITLE = re.compile(r"<title[^>]*>\s*(.{1,60}?)\s*</title", re.I | re.S)
_MARKS = re.compile(r"[,;\t|]")
"""What may stand between the cells of a table that begins with notes."""
_WORD = re.compile(r"[A-Za-z][A-Za-z _./()&-]*\d{0,4}[A-Za-z]*")


class UnknownFormatError(InputError):
    """No importer, or more than one equally, takes the input; in a folder it is passed over rather than fatal."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The importer that reads an input, how sure that is and why."""

    importer: Importer
    guess: Guess
    failures: tuple[str, ...] = ()
    """Importers that failed while they looked, for a warning."""


def detect(source: Input, registry: Registry, as_name: str | None = None) -> Detection:
    """The importer with the highest score, or the one named.

    Raises `UnknownFormatError` where none fits, several fit equally or the best has a question, `UsageError` for an
    unknown `as_name`.
    """
    if as_name is not None:
        return Detection(registry.named(as_name).importer, Guess(1.0, "named with --as"))
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
    return Detection(choice, best, failures=tuple(failures))


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
    told = f"{source.label}: is {seen}, which no format recognises"
    may_be_table = seen == "JSON" or "table" in seen or (seen == "plain text" and _MARKS.search(sample.text))
    return (
        f"{told}; {BY_MAPPING}; or name a format with --as ({names})"
        if may_be_table
        else (f"{told}; name one with --as ({names})")
    )


def is_html(text: str) -> bool:
    """Whether the text is an HTML page, the usual answer of a website that did not give the file."""
    return _HTML.match(text.removeprefix("\ufeff")) is not None


def describe(sample: Sample) -> str:
    """What the input seems to be, such as `an HTML page titled "Just a moment..."`; continues "it is …"."""
    head = sample.head
    if not head:
        return "empty"
    if head.startswith(b"PK") and b"[Content_Types].xml" in head:
        return "an Excel workbook (xlsx)" if b"xl/" in head or sample.extension == "xlsx" else "an Office file"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if is_html(sample.text):
        title = _TITLE.search(sample.text)
        return f'an HTML page titled "{_printable(title[1])}"' if title else "an HTML page"
    # A stray NUL does not make a text binary, and in UTF-16 every other byte is one.
    if sample.text.count("\x00") * 20 > len(sample.text):
        return "binary data"
    text = sample.text.lstrip("\ufeff \t\r\n")
    if not text:
        return "blank"
    if text.startswith("<"):
        return "XML"
    if text.startswith(("{", "[")):
        return "JSON"
    return _table(text)


def has_heading(cells: list[str]) -> bool:
    """Whether a first row is a heading: every cell filled with a word or two, none a code, a date or a number."""
    filled = [cell.strip() for cell in cells]
    return len(filled) > 1 and all(_WORD.fullmatch(cell) and len(cell) <= 60 for cell in filled)


def _table(text: str) -> str:
    lines = text.splitlines()[:5]
    for delimiter, what in ((",", "comma"), ("\t", "tab"), (";", "semicolon"), ("|", "bar")):
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not rows or len(rows[0]) < 2 or len({len(row) for row in rows[:-1]}) > 1 or len(rows[-1]) < 2:
            continue
        if has_heading(rows[0]):
            return f"a {what}-separated table of {len(rows[0])} columns with a heading ({_short(rows[0])})"
        return f"a {what}-separated table of {len(rows[0])} columns without a heading"
    return "plain text"


def _printable(text: str) -> str:
    """On one line, without anything that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))


def _short(cells: list[str]) -> str:
    shown = ", ".join(cell.strip() for cell in cells[:3])
    return f"{shown}…" if len(cells) > 3 else shown
