"""Crosswalks hold codes in the form that registers write, each once, and are what is made of the lists they name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from db import keys
from db.crosswalk import FILES, bodies, same_body
from db.store.crosswalk_source import crosswalk_source
from tests.crosswalks import FOLDER, made


def test_a_code_is_written_as_the_register_writes_it_and_means_one_body() -> None:
    codes = [code for body in bodies() for code in body.codes if len(body.codes) > 1]
    assert [code for code in codes if keys.parse(code) != code] == []
    assert [code for code, count in Counter(codes).items() if count > 1] == []


@pytest.mark.parametrize("crosswalk", FILES)
def test_a_crosswalk_says_where_it_is_from(crosswalk: str) -> None:
    source = crosswalk_source(crosswalk)
    assert source.title and source.publisher and source.licence and source.published


def test_a_crosswalk_is_what_is_made_of_the_lists(shared: Path) -> None:
    for name, text in made(shared).items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name}: run `make crosswalks`"


def test_a_council_has_one_key_for_each_of_its_codes() -> None:
    codes = ("ods:212", "gss:E08000035", "local-authority-code:LDS", "local-authority-eng:LDS", "snac:00DA")
    assert {body.key for code in codes if (body := same_body(code))} == {"ods:212"}
