"""`interlock review`: what imports believe and leave for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from db.errors import InterlockError, UsageError
from db.reading.suggestions import only
from tui.cli import report_shapes
from tui.cli.arguments import WAIT, Arguments, Command, Option, number
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, upgrading, waiting, write_listing
from tui.cli.shapes import Shape
from tui.cli.tables import TableColumn
from tui.text import questions
from tui.text.phrases import count

if TYPE_CHECKING:
    from pathlib import Path

    from db.entities.review import Reviewed
    from db.register import Register
    from db.reports import Suggestion

COMMAND = Command(
    name="review",
    options=(
        Option("--run", "only what this run asked", "RUN", number),
        Option("--kind", "only questions of this kind; again, or after a comma, for more", "KIND", many=True),
        Option("--name", "only those about a body or person with this text in a name or key", "TEXT"),
        Option("--above", "only those that are at least so sure", "PERCENT", number),
        Option("--accept", "say yes, ID=KEY to name who is meant; all says it to all that is listed", "ID", many=True),
        Option("--reject", "say no; all says it to all that is listed", "ID", many=True),
        WAIT,
    ),
    most=0,
    epilogue="Several IDs are separated by commas; KEY is any record, by its key, code or name. Accepting and "
    "rejecting is a run of its own: interlock undo takes it back. What cannot be taken is left as it is, with the "
    "reason, and its exit code is that of the whole. What is left is listed.",
)

ALL = "all"
"""Stands for the numbers of all that the filters let through."""
_Refused = tuple[int, InterlockError]
_FIELDS = ("id", "what", "confidence", "rule", "candidates", "evidence", "key", "name", "question", "place", "run")
_COLUMNS = (
    TableColumn("id", figures=True, cut=False, style="key"),
    TableColumn("sure", figures=True, cut=False),
    TableColumn("what", style="title"),
)


def run(arguments: Arguments) -> int:
    """Decide what is to be decided, then write the suggestions that wait."""
    done = None
    if arguments.many("--accept") or arguments.many("--reject"):
        path = writing_path(arguments)
        with open_chosen(arguments) as register:
            accept, reject, refused = _answers(arguments, register)
        done = _decide(arguments, path, accept, reject, refused)
    with open_chosen(arguments) as register:
        waiting = _wanted(arguments, register)
    form = arguments.form
    write_listing(_listing(waiting, form, done), arguments)
    if done is not None:
        _tell(done)
    if form in ("table", "markdown"):
        how = "" if done else "; --accept ID says yes, --reject ID says no"
        note(f"{count(len(waiting), 'suggestion')} waiting{how}" if waiting else "no suggestions are waiting")
    return done.refused[0][1].exit_code if done is not None and done.refused else 0


def _tell(done: Reviewed) -> None:
    """Tell on stderr what was decided, and what could not be and why."""
    for line in (*questions.refused(done), questions.decided(done)):
        note(line)


def _wanted(arguments: Arguments, register: Register) -> tuple[Suggestion, ...]:
    """Return the suggestions that wait and that the filters let through."""
    return only(
        register.suggestions(),
        run=arguments.number("--run", 0) if "--run" in arguments.given else None,
        kinds=arguments.many("--kind"),
        name=arguments.text("--name"),
        above=arguments.number("--above", 0) if "--above" in arguments.given else None,
    )


def _answers(arguments: Arguments, register: Register) -> tuple[dict[int, str | None], list[int], list[_Refused]]:
    """Read what is accepted and rejected, with those that name nobody, and why."""
    accepted, rejected = arguments.many("--accept"), arguments.many("--reject")
    listed = [one.id for one in _wanted(arguments, register)] if ALL in (*accepted, *rejected) else []
    accept: dict[int, str | None] = dict.fromkeys(listed) if ALL in accepted else {}
    reject = [*listed] if ALL in rejected else []
    reject += [_number(text) for text in rejected if text != ALL]
    refused: list[_Refused] = []
    for one, text in _choices(text for text in accepted if text != ALL).items():
        try:
            accept[one] = None if text is None else register.resolve(text)
        except InterlockError as error:
            refused.append((one, error))
            accept.pop(one, None)
    return accept, reject, refused


def _decide(
    arguments: Arguments, path: Path, accept: dict[int, str | None], reject: list[int], refused: list[_Refused]
) -> Reviewed | None:
    if not (accept or reject or refused):
        note("nothing is listed that could be answered")
        return None
    from db.entities.review import review  # loads the writing half, 80 ms
    from db.files.scratch import ended_by_signals

    said = [f"--accept {one}={key}" if key else f"--accept {one}" for one, key in accept.items()]
    said += [f"--reject {one}" for one in reject]
    with ended_by_signals():
        return review(
            path, accept, reject, command=f"review {' '.join(said)}", refused=refused,
            wait=arguments.wait, on_wait=waiting, on_upgrade=upgrading(path),
        )  # fmt: skip


def _choices(texts: Iterable[str]) -> dict[int, str | None]:
    """Read what is accepted, by suggestion the candidate that is named. Raises UsageError where two are."""
    chosen: dict[int, str | None] = {}
    for text in texts:
        asked, _, key = text.partition("=")
        named = key.strip() or None
        if chosen.setdefault(_number(asked), named) != named:
            raise UsageError(f"--accept names suggestion {asked.strip()} twice, with different candidates; choose one")
    return chosen


def _number(text: str) -> int:
    try:
        return number(text.strip())
    except ValueError as error:
        raise UsageError(f"{text!r} is not the number of a suggestion; interlock review lists them") from error


def _listing(waiting: tuple[Suggestion, ...], form: str, done: Reviewed | None) -> Listing:
    rows = [report_shapes.suggestion(one) for one in waiting]
    if form in ("csv", "tsv"):
        rows = [
            {
                **row,
                "candidates": list(map(questions.candidate, one.candidates)),
                "evidence": [proof.id for proof in one.evidence],
            }
            for row, one in zip(rows, waiting, strict=True)
        ]
    sure = [questions.certainty(one) for one in waiting]
    return Listing(
        name="suggestions",
        rows=rows,
        fields=_FIELDS,
        columns=(*_COLUMNS, TableColumn("candidates")) if form == "markdown" else _COLUMNS,
        cells=[
            (
                str(one.id),
                certainty,
                questions.question(one),
                *(["; ".join(map(questions.candidate, one.candidates))] * (form == "markdown")),
            )
            for one, certainty in zip(waiting, sure, strict=True)
        ],
        after={} if done is None else _decided(done),
        details=[[*map(questions.candidate, one.candidates), *questions.sources(one)] for one in waiting],
    )


def _decided(done: Reviewed) -> Shape:
    """Return the run for JSON; where something was not taken, what was and what was not, too."""
    if not done.refused:
        return {"run": done.run.run}
    refused = [{"id": asked, "reason": str(reason)} for asked, reason in done.refused]
    return {"run": done.run.run, "accepted": done.accepted, "rejected": done.rejected, "refused": refused}
