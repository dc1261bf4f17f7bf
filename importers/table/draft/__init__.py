"""A mapping drafted from a file's headings and values, for a person to correct."""
