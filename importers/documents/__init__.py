"""Trees with line numbers, read from YAML and JSON: what the formats that people and servers write have in common."""
