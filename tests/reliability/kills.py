"""Kills while something is written: the register is as before or as after, nothing stays behind, the next try works."""

from __future__ import annotations

import pytest

from tests.reliability.deeds import DEEDS, Workshop, dies_after
from tests.reliability.sampling import chance, samples
from tests.reliability.system_calls import can_trace, traced


@pytest.mark.skipif(not can_trace(), reason="no process can be traced here")
@pytest.mark.parametrize("name", DEEDS)
@samples(24)
def test_kills_at_system_calls(workshop: Workshop, name: str, number: int) -> None:
    stops = workshop.undisturbed(name).stops
    assert stops
    rng = chance(f"call/{name}", number)
    # Three of four where something changes, as often at calls that are made once as at those made by the hundred.
    places = rng.choice(sorted(stops.changing.items()))[1] if stops.changing and number % 4 else range(1, stops.number)
    place = rng.choice(places)
    workshop.prepare(name)
    traced(workshop.work(name), place)
    workshop.check(name)


@pytest.mark.parametrize("name", DEEDS)
@samples(8)
def test_kills_at_any_instant(workshop: Workshop, name: str, number: int) -> None:
    seconds = workshop.undisturbed(name).seconds
    workshop.prepare(name)
    dies_after(workshop.work(name), max(chance(f"instant/{name}", number).random() * seconds, 0.001))
    workshop.check(name)
