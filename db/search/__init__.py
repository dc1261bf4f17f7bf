"""Search: an index of every name and word, and finding what a person half remembers in it."""
