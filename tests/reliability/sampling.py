"""Samples by number and seed: the same seed makes the same ones, `TIMES` as many as are usual."""

from __future__ import annotations

import os
from random import Random

import pytest

SEED = int(os.environ.get("SEED", "11"))
TIMES = int(os.environ.get("TIMES", "1"))
SECONDS = float(os.environ.get("SAMPLING_SECONDS", "inf"))
"""After so many seconds no sample is begun any more; what is left out is counted."""


def samples(usual: int, most: int = 10**6) -> pytest.MarkDecorator:
    """Run a test with the numbers of as many samples as are asked for, and as there are, as `number`."""
    return pytest.mark.parametrize("number", range(min(usual * TIMES, most)), ids=lambda number: f"seed{SEED}-{number}")


def chance(what: str, number: int) -> Random:
    """What decides a sample, whatever ran before it."""
    return Random(f"{SEED}/{what}/{number}")
