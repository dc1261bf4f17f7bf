"""That a person may have the mouse for the terminal, as for selecting text, while the explorer runs."""

from __future__ import annotations

from abc import abstractmethod

from textual.driver import Driver


class MouseChoice(Driver):
    """What a driver of Textual needs besides what it has, so that the mouse can be given away and taken again."""

    def use_mouse(self, wanted: bool) -> None:
        """Ask the terminal to tell of the mouse, or to keep it for itself."""
        if wanted and not self._mouse:
            self._mouse = True
            self._enable_mouse_support()
        elif self._mouse and not wanted:
            self._disable_mouse_support()
            self._mouse = False
        self.flush()

    @abstractmethod
    def _enable_mouse_support(self) -> None:
        """Ask the terminal to tell of the mouse."""

    @abstractmethod
    def _disable_mouse_support(self) -> None:
        """Ask the terminal to tell of it no longer."""
