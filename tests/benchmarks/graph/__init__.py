"""The graph questions, measured beside what one would use instead: `make bench-graph`."""
