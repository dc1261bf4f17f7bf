"""Tables of any shape (CSV, TSV, XLSX, JSON, JSONL), read by a mapping that says which column means what."""
