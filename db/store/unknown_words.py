"""What it means that a register lacks a word: nobody defined it, or it is one that every register has."""

from __future__ import annotations

from db.errors import DatabaseError, InputError, InterlockError


def unknown_link_type(name: str) -> InterlockError:
    """Return the error to raise for a link type that a register lacks: that it is damaged, where the type is ours."""
    # YAML, 30 ms, for what is next to never asked.
    from db.vocabularies import load_vocabularies

    if any(name == ours.name for ours in load_vocabularies()[1]):
        return DatabaseError(
            f"the database is damaged (link type '{name}' is not in it); restore a backup, or import anew into another"
        )
    return InputError(f"unknown link type '{name}'; define it under vocabulary: link_types:")
