"""Writing: statements are ingested, resolved to records, and projected into the tables that people read."""
