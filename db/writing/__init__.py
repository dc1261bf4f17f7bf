"""Writing: what was said, settled into the tables that people read, with every change logged."""
