"""The explorer in a real terminal, measured beside the smallest app of its kind."""
