"""Which body gives some sort of care to an area that a text names, where its own name has not that area."""

from __future__ import annotations

from db.search.layout import openness
from db.search.match import OWN_NAMES, TIED, WORD, Sureness, best_match, is_public_body, reading
from db.search.so_far import SoFar

_CARE = frozenset(("ambulance", "ambulances", "paramedics", "999"))
"""What people say for care that one body gives to the areas of several boards."""
_BESIDE = frozenset(("nhs", "service", "services", "trust"))
_NAMED = "ambulance"
_MOST = 10
"""Bodies whose partners are looked at."""
_PARTNERS = "SELECT tied_id FROM _search_tie WHERE record_id = ?"


def add_carers_of_area(so_far: SoFar) -> None:
    """Add the partners of a body with the name of the area that have the other words: `ambulance devon`.

    Of those that are tied to a body as its index row has them. Nothing where anything open has all words itself.
    """
    words = {word for one in so_far.readings for word in one.needed}
    if words.isdisjoint(_CARE) or so_far.query.phrases:
        return
    if any(not one.sureness.by_tie and openness(number) < 2 for number, one in so_far.found.items()):
        return
    left = [word for word in so_far.readings[-1].text.split() if word not in _CARE | _BESIDE]
    if not left:
        return
    area = reading(" ".join(left))
    boards = [one for one in so_far.found.values() if is_public_body(one.candidate) and one.sureness.by_tie]
    for board in sorted(boards, key=lambda one: one.order)[:_MOST]:
        named = best_match(board.candidate, (area,), ())
        if named is None or named.where > OWN_NAMES:
            continue
        tied = [row[0] for row in so_far.index.conn.execute(_PARTNERS, (board.candidate.record_id,))]
        for partner in so_far.index.read(so_far.index.of_records(tied)):
            if is_public_body(partner) and openness(partner.id) < 2 and best_match(partner, (reading(_NAMED),), ()):
                missing = tuple(area.needed)
                made = Sureness(WORD, False, True, 0, TIED, 0, 0, False, len(partner.own), "", missing)
                so_far.add_apart(partner, made)
