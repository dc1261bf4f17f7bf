"""A link type that a register lacks: nobody defined it, or the register is damaged."""

from __future__ import annotations

import pytest

from db.errors import DatabaseError, InputError
from db.store.unknown_words import unknown_link_type


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("succeeded-by", DatabaseError, "the database is damaged (link type 'succeeded-by' is not in it); restore"),
        ("sits-beside", InputError, "unknown link type 'sits-beside'; define it under vocabulary: link_types:"),
    ],
)
def test_a_link_type_that_every_register_has_is_missing_from_a_damaged_one_alone(
    name: str, kind: type[Exception], said: str
) -> None:
    error = unknown_link_type(name)
    assert type(error) is kind
    assert str(error).startswith(said)
