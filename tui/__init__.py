"""Everything that a person meets: the commands and the explorer."""
