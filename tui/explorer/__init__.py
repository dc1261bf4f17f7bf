"""The explorer: the register on the whole screen."""
