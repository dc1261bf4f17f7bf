"""Records by their initials beside a word of their names: `lcc lancashire`, `ncc norfolk`."""

from __future__ import annotations

from db.search.expressions import acronym_match, words_match
from db.search.match import OWN_NAMES, WORD, Sureness, best_match, reading
from db.search.so_far import SoFar

_SHORTEST, _LONGEST = 3, 6
"""Letters of a word that may be initials."""
_MOST_WORDS = 3
_MOST = 60
"""Records that are looked at for each word."""


def by_initials_beside(so_far: SoFar) -> None:
    """Where nothing is found, add open records of which one word is the initials and the others are in their names."""
    words = so_far.query.readings[-1].split()
    if so_far.found or so_far.query.phrases or not 1 < len(words) <= _MOST_WORDS:
        return
    index = so_far.index
    for word in words:
        if not (word.isalpha() and _SHORTEST <= len(word) <= _LONGEST):
            continue
        left = " ".join(one for one in words if one != word)
        if not left:
            return
        beside = reading(left)
        match = f"({acronym_match([word])}) AND ({words_match([left], so_far.begun, exactly=True)})"
        for candidate in index.read(index.matching(match, _MOST)):
            found = best_match(candidate, (beside,), ())
            if found is not None and found.where <= OWN_NAMES and found.kind <= WORD and not found.by_tie:
                made = Sureness(WORD, False, False, 0, OWN_NAMES, 0, 0, False, len(candidate.own), "", (word,))
                so_far.add_apart(candidate, made)
