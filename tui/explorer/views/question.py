"""What a view asks: the words of a command and a day, by which two views are the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self


@dataclass(frozen=True, kw_only=True)
class ViewQuestion:
    """A question to the register; two are the same where they ask the same as of the same day."""

    TAKES_A_DAY: ClassVar[bool] = True
    """Whether its command can be asked as of a day; else it is always answered as of now."""
    HAS_PARTS: ClassVar[bool] = False
    """Whether its command can be asked for a part of what it shows."""

    as_of: str | None = None
    """The day that is read, None for now."""
    name: str = field(default="", compare=False)
    """What it is called; `ViewPage.name` once it has been read."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the command that shows the same, without the program's name and the day."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The record that it is about, to which the keys for a record's views apply; empty where there is none."""
        return ""

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the command that shows the same."""
        day = ("--as-of", self.as_of) if self.as_of and self.TAKES_A_DAY else ()
        return (*self.words, *day)

    @property
    def called(self) -> str:
        """What it is called, by its command as long as nobody knows better."""
        return self.name or " ".join(self.words)

    def on(self, day: str | None) -> Self:
        """Return the same question as of another day."""
        return replace(self, as_of=day)

    def asks_as(self, other: ViewQuestion | None) -> bool:
        """Whether another asks the same, be it as of another day."""
        return other is not None and self.on(None) == other.on(None)
