"""What a person says to suggestions: a rejection is remembered, an acceptance is a statement by a source of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from db import keys
from db.dates import today
from db.entities import leads, removal
from db.entities.by_hand import session_on
from db.entities.decide import RULE as BY_NAME
from db.entities.suggestions import SAME_CODE, SAME_NAME
from db.errors import InterlockError, NotFoundError, UsageError
from db.reports import Run
from db.statements import End, LinkSaid, NameSaid, Reading, RowSaid, SourceSaid, Statement
from db.store import doubted_names, kept_open, unlisted_bodies
from db.store.resolve_closing import SUCCESSION
from db.store.session import ImportSession

FORMAT = "review"
_MARGIN = 10.0
"""By how many points a candidate must lead the next to be the one that is meant when none is named."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An open suggestion; `candidates` are its keys with their scores and what else the rule keeps."""

    number: int
    rule: str
    what: str
    key: str | None
    kind: str | None
    candidates: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a person's answers: the run, the suggestions that were decided, and why others were not."""

    run: Run
    accepted: tuple[int, ...]
    rejected: tuple[int, ...]
    refused: tuple[tuple[int, InterlockError], ...]


def review(
    path: Path, accept: Mapping[int, str | None], reject: Sequence[int], *, command: str,
    refused: Sequence[tuple[int, InterlockError]] = (), wait: float = 5.0,
    on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None,
) -> Reviewed:  # fmt: skip
    """Accept and reject suggestions in one run, which can be undone; `accept` names a candidate or leaves it open.

    What cannot be decided is left as it is and told, and the rest is done. Where nothing is left to do, raises
    NotFoundError or UsageError as the first was refused; DatabaseError.
    """
    with session_on(path, "review", command, wait, on_wait, on_upgrade) as session:
        return answer(session, accept, reject, refused)


def answer(
    session: ImportSession, accept: Mapping[int, str | None], reject: Sequence[int],
    before: Sequence[tuple[int, InterlockError]] = (),
) -> Reviewed:  # fmt: skip
    """Do what `review` does in a session that has just begun, and finish it."""
    accepted: dict[int, tuple[_Asked, Statement]] = {}
    rejected: list[int] = []
    refused: list[tuple[int, InterlockError]] = [*before]
    for number in dict.fromkeys((*accept, *reject)):
        try:
            if number in accept and number in reject:
                raise UsageError(f"suggestion {number} cannot be accepted and rejected at once")
            asked = _asked(session, number)
            if number in accept:
                accepted[number] = asked, _accepted(session, asked, accept[number])
            else:
                rejected.append(number)
        except (NotFoundError, UsageError) as error:
            refused.append((number, error))
    if refused and not (accepted or rejected):
        raise type(refused[0][1])("; ".join(str(error) for _, error in refused))
    for number in (*accepted, *rejected):
        session.decide(number, "accepted" if number in accepted else "rejected")
    for asked, statement in accepted.values():
        # What has closed by today may be open again later, as the codes that somebody has may not.
        day = today() if statement.decided else None
        source = SourceSaid(f"file:review-{keys.slug(asked.what)}", f"Accepted in review: {asked.what}", published=day)
        session.take(Reading(source, (RowSaid(1, (statement,)),)), format=FORMAT)
    return Reviewed(session.finish(), tuple(accepted), tuple(rejected), tuple(refused))


def _asked(session: ImportSession, number: int) -> _Asked:
    row = session.suggestion(number)
    if row is None:
        raise NotFoundError(f"there is no suggestion {number}; interlock review lists them")
    rule, what, state, key, kind, candidates = row
    if state != "open":
        raise UsageError(f"suggestion {number} was {state} already; interlock undo takes the run back that did it")
    found = tuple({"key": one} if isinstance(one, str) else one for one in json.loads(candidates))
    return _Asked(number, rule, what, key, kind, found)


def _accepted(session: ImportSession, asked: _Asked, chosen: str | None) -> Statement:
    """Return what accepting a suggestion says. Raises UsageError where it does not say which record is meant, or that
    cannot be; NotFoundError for a record that there is not."""
    if asked.rule == doubted_names.RULE and asked.key is not None and asked.kind is not None:
        name = NameSaid(str(asked.candidates[0]["as"]), "as-written")
        return Statement(asked.key, asked.kind, partial=True, names=(name,))
    if asked.rule == BY_NAME and asked.key is not None:
        # The name may mean a record by now that it did not mean when it was asked about.
        return session.one_body.joining(_meant(asked, chosen), asked.what.partition(" ")[0])
    if asked.rule in (SAME_CODE, SAME_NAME) and asked.key is not None:
        key, other = session.one_body.both(asked.key, _meant(asked, chosen))
        return session.one_body.joining(key, other)
    if asked.rule == removal.RULE and asked.key is not None:
        if chosen is None:
            raise UsageError(f"suggestion {asked.number}: say which is meant, as --accept {asked.number}=KEY")
        return session.one_body.joining(chosen, asked.key)
    if asked.rule == unlisted_bodies.RULE and asked.key is not None:
        to = (LinkSaid(SUCCESSION, End(_meant(asked, chosen))),) if asked.candidates or chosen else ()
        return Statement(asked.key, "organisation", partial=True, decided=True, status="closed", links=to)
    if asked.rule == leads.RULE and asked.key is not None and asked.kind is not None:
        person, kind = session.one_body.known(_meant(asked, chosen))
        if kind != "person":
            raise UsageError(f"suggestion {asked.number}: {person} is of kind {kind}; name the person who leads it")
        post = LinkSaid("holds-post-in", End(asked.key, kind=asked.kind), role="lead")
        return Statement(person, kind, partial=True, links=(post,))
    if asked.rule == kept_open.RULE and asked.key is not None:
        closed = str(asked.candidates[0]["closed"])
        return Statement(asked.key, "organisation", partial=True, decided=True, status="closed", closed=closed)
    raise UsageError(
        f"suggestion {asked.number} ({asked.rule}) cannot be accepted here: say it in a file in the records format "
        "and import that, then reject the suggestion"
    )


def _meant(asked: _Asked, chosen: str | None) -> str:
    """Return the key that is named, else that of the candidate which leads clearly."""
    if chosen is not None:
        return chosen
    known = [str(one["key"]) for one in asked.candidates]
    if not known:
        raise UsageError(f"suggestion {asked.number}: say which is meant, as --accept {asked.number}=KEY")
    scores = [float(str(one.get("score", 0))) for one in asked.candidates]
    if len(scores) > 1 and scores[0] - scores[1] < _MARGIN:
        raise UsageError(
            f"suggestion {asked.number} has candidates that are equally good: say which, as --accept "
            f"{asked.number}={known[0]}; it has {', '.join(known)}"
        )
    return known[0]
