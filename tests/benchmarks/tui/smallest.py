"""The smallest Textual app with an Input: what any such program costs."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input


class SmallestApp(App[None]):
    """An Input, and nothing else."""

    def compose(self) -> ComposeResult:
        """Lay out the one thing there is."""
        yield Input()


if __name__ == "__main__":
    SmallestApp().run()
