"""Questions that wait for a person, as a view that keeps the answers given until they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from db.reading.suggestions import only
from db.register import Register
from db.reports import Suggestion
from tui.explorer.pages.review import GivenAnswer, review_items
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import changes, questions


@dataclass(frozen=True)
class ReviewView(View):
    """What imports leave for a person to confirm."""

    TAKES_A_DAY = False
    NEEDS_WIDTH = True

    kinds: tuple[str, ...] = ()
    about: str | None = None
    """A text in the name or key of those whom a question is about."""
    above: int | None = None
    """How sure questions are at least, of a hundred."""
    run: int | None = None
    """The run that asked them."""
    answers: dict[int, GivenAnswer] = field(default_factory=dict, compare=False)
    """Those given and not written yet; they stay as long as the visit does."""
    found: list[Suggestion] = field(default_factory=list, compare=False)
    """The questions as they were last read, none where nothing can be written."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock review` takes them."""
        given = (("--name", self.about), ("--above", self.above), ("--run", self.run))
        said = [("--kind", kind) for kind in self.kinds] + [(name, str(one)) for name, one in given if one is not None]
        return ("review", *(word for pair in said for word in pair))

    def ask(self, reader: Register) -> ViewPage:
        """Read the questions; answers to those that are no longer asked are dropped."""
        found = only(reader.suggestions(), run=self.run, kinds=self.kinds, name=self.about, above=self.above)
        self.found[:] = found if reader.path is not None else ()
        for number in self.answers.keys() - {one.id for one in found}:
            del self.answers[number]
        proofs = {proof.id: proof for one in found for proof in one.evidence}
        unwritable = changes.UNWRITABLE if reader.path is None else ""
        named = [key for one in found for key in (one.key, *(candidate.key for candidate in one.candidates)) if key]
        items = however_arranged(partial(review_items, found, self.answers, unwritable, reader.kinds(named)))
        return ViewPage("review", questions.TITLE.lower(), items, tuple(proofs.values()))
