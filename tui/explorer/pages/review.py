"""Questions that wait for a person: who may be meant, who says so, and the answers that are about to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from db.reports import Candidate, Suggestion
from tui.explorer.pages.beside import named, said, titled
from tui.explorer.pages.items import BLANK, NUMBER, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases, questions
from tui.text.held_posts import posts_in_short
from tui.text.page_parts import Target

WRITE = "write"
"""Ident of the line that writes the answers given."""
_ROWS = 6


class GivenAnswer(NamedTuple):
    """What a person says to a question, before it is written; with a key, which record is meant."""

    accept: bool
    key: str | None = None
    name: str = ""


Answers = Mapping[int, GivenAnswer]
"""Answers by the number of their question."""


class QuestionLine(NamedTuple):
    """The question that a line is about, and the record that it names, where it is a candidate's."""

    number: int
    candidate: Candidate | None = None


def ident_of(number: int) -> str:
    """Return the ident of the first line of a question."""
    return f"asked:{number}"


def is_head(ident: str) -> bool:
    """Tell whether a line is the first of a question."""
    return ident.startswith("asked:") and ident.count(":") == 1


def question_at(ident: str, found: Sequence[Suggestion]) -> QuestionLine | None:
    """Return what a line asks, by its ident."""
    word, _, place = ident.partition(":")
    number, _, candidate = place.partition(":")
    if word != "asked" or not number.isdigit():
        return None
    one = next((one for one in found if one.id == int(number)), None)
    if one is None:
        return None
    return QuestionLine(one.id, one.candidates[int(candidate)] if candidate else None)


def review_items(
    found: Sequence[Suggestion],
    answers: Answers,
    unwritable: str,
    kinds: Mapping[str, str],
    cells: int,
    symbols: Symbols,
) -> tuple[ListItem, ...]:
    """Return the questions, the surest first, each with its candidates and sources, under the answers given so far.

    `kinds` are those of the records that they name, by their keys.
    """
    items = [titled(questions.TITLE, len(found), cells, ident="title")]
    if unwritable:
        items.append(said(unwritable, cells, ident="unwritable", style="standing"))
    elif answers:
        accepted = sum(one.accept for one in answers.values())
        words = f"Write {questions.answers(accepted, len(answers) - accepted)}"
        items.append(ListItem(((piece(words, "more", cells),),), WRITE, deed=command(answers)))
    elif found:
        items.append(said(questions.HOW, cells, ident="how"))
    for one in found:
        items += [BLANK, *_question(one, answers.get(one.id), kinds, cells, symbols)]
    return tuple(items)


def command(answers: Answers) -> str:
    """Return the words of the command that writes the answers."""
    said_of = [
        f"--accept {number}={one.key}" if one.key else f"--{'accept' if one.accept else 'reject'} {number}"
        for number, one in answers.items()
    ]
    return f"review {' '.join(said_of)}"


def _question(
    one: Suggestion, answer: GivenAnswer | None, kinds: Mapping[str, str], cells: int, symbols: Symbols
) -> Iterator[ListItem]:
    """Yield a question, then a line for each record that may be meant."""
    sure = questions.certainty(one)
    head = piece(f"{phrases.readable(one.rule)}{f', {sure} sure' if sure else ''}", "label", cells - 2)
    rows: list[Row] = [(NUMBER, head)]
    if answer:
        told = piece(f"  {questions.answer(answer.accept, answer.name)}", "standing", cells - length(rows[0]))
        rows = [(NUMBER, head, told)]
    text = questions.question(one)
    rows += [(piece("  "), piece(row, "prose")) for row in wrap(text, cells - 2, _ROWS)]
    rows += [(piece("  "), piece(row, "dim")) for line in questions.sources(one) for row in wrap(line, cells - 2, 4)]
    target = Target(one.key, one.name, kinds.get(one.key, "")) if one.key and one.name else None
    evidence = tuple(proof.id for proof in one.evidence)
    yield ListItem(tuple(rows), ident_of(one.id), target, evidence=evidence, copy=copied(str(one.id), text))
    for n, candidate in enumerate(one.candidates):
        named_as = phrases.CODE_ONLY if phrases.is_bare(candidate.name, candidate.key) else candidate.name
        target = Target(candidate.key, named_as, kinds.get(candidate.key, ""))
        yield _candidate(one.id, n, candidate, target, answer, cells, symbols)


def _candidate(
    number: int, place: int, one: Candidate, target: Target, answer: GivenAnswer | None, cells: int, symbols: Symbols
) -> ListItem:
    """Return a record that may be meant, with where it is and how like it is; marked where it was chosen."""
    score = "" if one.score is None else f"{one.score:g}% alike"
    about = phrases.joined(phrases.code(one.key), one.place or posts_in_short(one.posts) or "", score)
    rows = [(piece("  "), *row) for row in named(target, cells - 2, symbols)]
    chosen = answer is not None and answer.accept and answer.key == one.key
    words = (piece(f"  {about}", "dim"), *((piece("  meant", "standing"),) if chosen else ()))
    if length((*rows[-1], *words)) <= cells:
        rows[-1] = (*rows[-1], *words)
    else:
        rows += [(piece("      "), piece(row, "dim")) for row in wrap(about, cells - 6, 2)]
    return ListItem(tuple(rows), f"{ident_of(number)}:{place}", target, copy=copied(one.key, one.name, about))
