"""The file of a register: opening, watching, checking and upgrading it."""
