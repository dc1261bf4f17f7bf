"""Records by codes among the words of a text, and what is tied to those."""

from __future__ import annotations

from db.search.asking import without_question
from db.search.by_name import ByName
from db.search.codes import by_codes, codes_in, is_word
from db.search.layout import openness
from db.search.match import ACRONYM, CODE, Sureness, best_match, holds_all_in_names, is_public_body
from db.search.memory import SearchText
from db.search.rank import Ranked, behind_initials
from db.search.so_far import SoFar

_ABBREVIATING = "local-authority-code"
"""The scheme of codes that are abbreviations of names: `RUH` is Rushmoor."""


class CodesTyped:
    """Adds to what was found so far what the codes in its text mean."""

    def __init__(self, so_far: SoFar, closed: ByName | None) -> None:
        self._so_far, self._closed = so_far, closed
        self._by_code_alone: list[tuple[SearchText, Sureness]] = []

    def add(self) -> None:
        """Add records by a code.

        A code that stands alone is one. Beside other words it is one where they agree with it, its record having all of
        them, if with a typing error, unless the names of any record hold all that was typed: then it is a word like the
        others. A code that the words do not agree with is what was meant only where nothing is found.
        """
        so_far = self._so_far
        codes = codes_in(so_far.index.conn, without_question(so_far.query.text), so_far.index.memory)
        if codes is None or (codes.beside and any(holds_all_in_names(one.sureness) for one in so_far.found.values())):
            return
        beside, phrases = codes.beside, so_far.query.phrases
        for candidate, found in by_codes(codes, [so_far.index, *([self._closed.index] if self._closed else [])]):
            if (
                not beside
                or best_match(candidate, beside, phrases)
                or best_match(candidate, beside, phrases, so_far.alike(beside, 1))
            ):
                so_far.add_apart(candidate, found)
            elif found.kind == CODE:
                self._by_code_alone.append((candidate, found))
        if not beside:
            self._put_behind_initials()

    def _put_behind_initials(self) -> None:
        """Put codes that only abbreviate names behind the initials by which people know open bodies."""
        matches = self._so_far.found
        coded = {one.candidate.record_id: one for one in matches.values() if one.sureness.kind == CODE}
        if not coded or not any(_is_by_initials(one) for one in matches.values()):
            return
        sql = "SELECT 1 FROM identifier WHERE record_id = ? AND scheme = ? AND value = ? COLLATE NOCASE"
        for number, one in coded.items():
            if self._so_far.index.conn.execute(sql, (number, _ABBREVIATING, one.sureness.name)).fetchone():
                matches[one.candidate.id] = behind_initials(one)

    def add_by_rare(self) -> None:
        """Where nothing else is found, add records by a code that the other words do not agree with and is no word."""
        for candidate, found in self._by_code_alone if not self._so_far.found else ():
            if not is_word(found.name, self._so_far.vocabulary().has):
                self._so_far.add_apart(candidate, found)

    def add_by_any(self) -> None:
        """Where nothing else is found at all, add them by a code that is a word of the register as well."""
        for candidate, found in self._by_code_alone if not self._so_far.found else ():
            self._so_far.add_apart(candidate, found)


def _is_by_initials(one: Ranked) -> bool:
    """Whether a match is an open public body by initials that were given to it."""
    found = one.sureness
    return (
        found.kind == ACRONYM and bool(found.name) and is_public_body(one.candidate) and openness(one.candidate.id) < 2
    )
