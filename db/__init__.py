"""The register: schema, reads, writes, search and time. It knows no file format and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.register import open_register

__all__ = ["open_register"]


def __getattr__(name: str) -> object:
    """Offer `db.open_register` without loading it for those who only want another module of the package."""
    if name == "open_register":
        # 5 ms, which whoever wants another module of the package does without.
        from db.register import open_register

        return open_register
    raise AttributeError(f"module 'db' has no attribute {name!r}")
