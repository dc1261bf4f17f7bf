"""`interlock review`: what imports believe and leave for a person to confirm."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli import shapes
from tui.cli.arguments import Arguments, Command, Option, seconds
from tui.cli.commands import COMMANDS
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, upgrading, write_listing
from tui.cli.tables import TableColumn
from tui.cli.terminal import palette
from tui.text import questions
from tui.text.phrases import count

if TYPE_CHECKING:
    from db.entities.review import Reviewed
    from db.reports import Suggestion

COMMAND = Command(
    name="review",
    summary=COMMANDS["review"],
    usage="",
    options=(
        Option("--accept", "say yes to suggestions, ID=KEY to name the candidate", "ID", many=True),
        Option("--reject", "say no to suggestions", "ID", many=True),
        Option("--wait", "how long to wait for an import to end (unless asked: 5)", "SECONDS", seconds),
    ),
    most=0,
    epilogue="Several IDs are separated by commas. Accepting and rejecting is a run of its own: interlock undo takes "
    "it back. What cannot be taken is left as it is, with the reason, and its exit code is that of the whole. What is "
    "left is listed.",
)

_FIELDS = ("id", "what", "confidence", "rule", "candidates", "evidence", "key", "name", "question", "place")
_COLUMNS = (
    TableColumn("id", figures=True, cut=False, style="key"),
    TableColumn("sure", figures=True, cut=False),
    TableColumn("what", style="title"),
)


def run(arguments: Arguments) -> int:
    """Decide what is to be decided, then write the suggestions that wait."""
    accept = _choices(arguments.many("--accept"))
    reject = [_number(text) for text in arguments.many("--reject")]
    done = _decide(arguments, accept, reject) if accept or reject else None
    with open_chosen(arguments) as register:
        waiting = register.suggestions()
    form = arguments.text("--format") or "table"
    write_listing(_listing(waiting, form, done), form, palette(arguments.text("--color")))
    if done is not None:
        _tell(done)
    if form in ("table", "markdown"):
        note(f"{count(len(waiting), 'suggestion')} waiting" if waiting else "no suggestions are waiting")
    return done.refused[0][1].exit_code if done is not None and done.refused else 0


def _tell(done: Reviewed) -> None:
    """Tell on stderr what was decided, and what could not be and why."""
    for number, reason in done.refused:
        note(f"suggestion {number} was not taken: {reason}")
    both = (("accepted", done.accepted), ("rejected", done.rejected))
    parts = ", ".join(f"{len(those)} {word}" for word, those in both if those)
    run = done.run.run
    note(f"{parts} in run {run}; interlock undo {run} takes that back")


def _decide(arguments: Arguments, accept: dict[int, str | None], reject: list[int]) -> Reviewed:
    path = writing_path(arguments)
    from db.entities.review import review  # loads the writing half, 80 ms
    from db.files.scratch import ended_by_signals

    said = [f"--accept {one}={key}" if key else f"--accept {one}" for one, key in accept.items()]
    said += [f"--reject {one}" for one in reject]
    with ended_by_signals():
        return review(
            path, accept, reject, command=f"review {' '.join(said)}", wait=arguments.seconds("--wait", 5.0),
            on_wait=_waiting, on_upgrade=upgrading(path),
        )  # fmt: skip


def _waiting() -> None:
    # For whoever sits there: in a pipe an error has to be the one line that there is.
    if sys.stderr.isatty():
        note("waiting for an import to end…")


def _choices(texts: Iterable[str]) -> dict[int, str | None]:
    """Read what is accepted, by suggestion the candidate that is named. Raises UsageError where two are."""
    chosen: dict[int, str | None] = {}
    for text in texts:
        number, _, key = text.partition("=")
        named = key.strip() or None
        if chosen.setdefault(_number(number), named) != named:
            raise UsageError(f"--accept names suggestion {number.strip()} twice, with different candidates; choose one")
    return chosen


def _number(text: str) -> int:
    number = text.strip()
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise UsageError(f"{text!r} is not the number of a suggestion; interlock review lists them")
    return int(number)


def _listing(waiting: tuple[Suggestion, ...], form: str, done: Reviewed | None) -> Listing:
    rows = [shapes.suggestion(one) for one in waiting]
    if form in ("csv", "tsv"):
        rows = [
            {
                **row,
                "candidates": list(map(questions.candidate, one.candidates)),
                "evidence": [proof.id for proof in one.evidence],
            }
            for row, one in zip(rows, waiting, strict=True)
        ]
    sure = ["" if one.confidence is None else f"{one.confidence:.0%}" for one in waiting]
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


def _decided(done: Reviewed) -> shapes.Shape:
    """Return the run for JSON; where something was not taken, what was and what was not, too."""
    if not done.refused:
        return {"run": done.run.run}
    refused = [{"id": number, "reason": str(reason)} for number, reason in done.refused]
    return {"run": done.run.run, "accepted": done.accepted, "rejected": done.rejected, "refused": refused}
