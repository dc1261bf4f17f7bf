"""The register as it stood on a day: what known dates exclude is left out, what is undated stays."""

from db import dates
from db.errors import UsageError

NOT_YET_OPEN = "not yet open"
"""Status of a record on a day before it opened; no source says it, so no vocabulary holds it."""

_MONTHS = 6
"""For which a list speaks at least."""


class Day:
    """One day, against which dates that may be partial or unknown are held."""

    __slots__ = ("iso",)

    def __init__(self, text: str) -> None:
        """Take a date, in words or not; a month or a year stands for its last day. Raises UsageError."""
        try:
            last = dates.latest(dates.parse_day(text))
        except ValueError as error:
            raise UsageError(f"as-of date: {error}") from error
        assert last is not None  # it has a year
        self.iso = last

    def precedes(self, start: str | None) -> bool:
        """Tell whether `start` is known to be later than the day."""
        first = dates.earliest(start)
        return first is not None and first > self.iso

    def follows(self, end: str | None) -> bool:
        """Tell whether `end` is known to be earlier than the day; an end's own day still counts."""
        last = dates.latest(end)
        return last is not None and last < self.iso

    def excludes(self, start: str | None, end: str | None) -> bool:
        """Tell whether what is known of `start` and `end` rules the day out."""
        return self.precedes(start) or self.follows(end)

    def state(
        self, is_open: bool | None, status: str | None, opened: str | None, closed: str | None
    ) -> tuple[bool | None, str | None]:
        """Return whether a record was open on the day and its status then, from what they are now and its dates."""
        if self.precedes(opened):
            return False, NOT_YET_OPEN
        if self.follows(closed):
            return False, status if is_open is False else "closed"
        if is_open is False and dates.latest(closed) is not None:
            return True, "open" if status == "closed" else None
        return is_open, status

    def is_spoken_for(self, listed: str | None, months: int = _MONTHS) -> bool:
        """Tell whether a list of the day `listed` speaks for this one, of its year or of the `months` after it."""
        first = dates.earliest(listed)
        if first is None or first > self.iso:
            return False
        year, month = divmod(int(first[:4]) * 12 + int(first[5:7]) - 1 + months, 12)
        return self.iso <= max(f"{first[:4]}-12-31", f"{year:04d}-{month + 1:02d}-{first[8:]}")

    def is_listed_around(self, first: str | None, last: str | None) -> bool:
        """Tell whether lists have something on the day, or before it and after, by the first and the last that do."""
        around = last is not None and not self.precedes(first) and not self.follows(last)
        return around or self.is_spoken_for(last)


def day_or_none(text: str | None) -> Day | None:
    """Return the day that a text means, None where none is asked for. Raises UsageError."""
    return None if text is None else Day(text)
