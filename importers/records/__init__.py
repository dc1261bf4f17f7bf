"""The records format: files that people write by hand, in YAML, JSON or JSONL, and the export that writes it back."""
