"""What a person is asked, in words: the bodies by name and place, and who says what the question is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.text import evidence_words, phrases
from tui.text.held_posts import posts_in_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.entities.review import Reviewed
    from db.reports import Candidate, Suggestion

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SOURCES = 3
"""Sources named of one question; how many more there are is said."""


MEANT = "the one meant is"
"""What is asked for another record that a question is about."""
TITLE = "Questions that wait for a person"
HOW = "Mark a question and say yes or no to it; on a record below it, yes says that this one is meant."
"""What to do with questions, over a list of them."""

_NOT_TOLD = "No source tells that they are, and they have no post in common."
"""Why two people of one name are asked about, and not joined."""


def question(asked: Suggestion) -> str:
    """Return the question with the names of the bodies beside their keys, and its days as people write them."""
    names = {one.key: phrases.named(one.name, one.key, posts_in_short(one.posts)) for one in asked.candidates}
    if asked.key and asked.name:
        names[asked.key] = phrases.named(asked.name, asked.key, asked.place or posts_in_short(asked.posts))
    if not names:
        return asked.what
    # What is quoted in it is somebody's own words.
    parts = re.split("(“.*”)", asked.what)
    keys = re.compile("|".join(rf"(?<![\w:-]){re.escape(key)}(?![\w:-])" for key in names))
    for place in range(0, len(parts), 2):
        days = _DAY.sub(lambda day: phrases.date(day[0]), parts[place])
        parts[place] = keys.sub(lambda key: names[key[0]], days)
    words = "".join(parts)
    if asked.rule == "same-name":
        words += f" {_NOT_TOLD}"
    return words if asked.key is None or asked.key in asked.what else f"{names[asked.key]}: {words}"


def candidate(one: Candidate) -> str:
    """Return who may be meant: key, name, where it is, and how like it is."""
    score = "" if one.score is None else f"  {one.score:g}"
    name = phrases.CODE_ONLY if phrases.is_bare(one.name, one.key) else one.name
    return f"{one.key}  {phrases.joined(name, one.place or posts_in_short(one.posts) or '')}{score}"


def sources(asked: Suggestion) -> Iterator[str]:
    """Yield who says what the question is about, a line for each source: title, publisher and day, and the places."""
    by = evidence_words.by_source(asked.evidence)
    for several in by[:_SOURCES]:
        source = several[0].source
        places = ", ".join(one.locator for one in several[:_SOURCES] if one.locator)
        more = f" and {len(several) - _SOURCES:,} more" if len(several) > _SOURCES else ""
        yield f"said by {phrases.joined(source.title, phrases.source(source), places + more)}"
    if len(by) > _SOURCES:
        yield f"and by {phrases.count(len(by) - _SOURCES, 'other source')}"


def answer(accepted: bool, name: str = "") -> str:
    """Return an answer that has been given and not written yet: `yes`, `no`, `yes, Wye Valley NHS Trust`."""
    return f"yes, {name}" if name else "yes" if accepted else "no"


def answers(accepted: int, rejected: int) -> str:
    """Return how many answers have been given: `3 answers: 2 yes, 1 no`."""
    parts = [f"{number:,} {word}" for number, word in ((accepted, "yes"), (rejected, "no")) if number]
    return f"{phrases.count(accepted + rejected, 'answer')}: {', '.join(parts)}"


def decided(done: Reviewed) -> str:
    """Return what was decided, and what takes it back: `2 accepted, 1 rejected in run 7; interlock undo 7 takes …`."""
    both = (("accepted", done.accepted), ("rejected", done.rejected))
    parts = ", ".join(f"{len(those)} {word}" for word, those in both if those)
    run = done.run.run
    return f"{parts} in run {run}; interlock undo {run} takes that back"


def refused(done: Reviewed) -> Iterator[str]:
    """Yield what could not be decided, and why."""
    for asked, reason in done.refused:
        yield f"suggestion {asked} was not taken: {reason}"


def certainty(asked: Suggestion) -> str:
    """Return how sure it is that the answer is yes, nothing where nobody assessed it."""
    return "" if asked.confidence is None else f"{asked.confidence:.0%}"
